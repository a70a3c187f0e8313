import { invites, invitesToGather, offersHosting, saysYes } from '../support/hosting.ts'
import type { HttpCommunity } from '../support/http-community.ts'
import { type HttpRefusal, NO_ASK } from './http-refusal.ts'
import { ada, ben, cyd, dov, NOWHERE } from './refusal-case.ts'

const NO_GATHERING = `invitation_${'x'.repeat(22)}`

/** A gathering of Ada's from tomorrow on for two days, to which Ben has said yes. */
async function gathering(there: HttpCommunity): Promise<string> {
  const invitationId = await invitesToGather(there, ada, there.day(1), there.day(3))
  await saysYes(there, ben, invitationId)
  return invitationId
}

/** The same, while it is open. */
async function underWay(there: HttpCommunity): Promise<string> {
  const invitationId = await gathering(there)
  await there.later(2)
  return invitationId
}

/** The same, with everybody at home. */
async function atHome(there: HttpCommunity): Promise<string> {
  const invitationId = await underWay(there)
  await there.does(ada, 'MakeYourselfAtHome', { invitationId })
  return invitationId
}

async function over(there: HttpCommunity): Promise<string> {
  const invitationId = await gathering(there)
  await there.later(4)
  return invitationId
}

type Given = (there: HttpCommunity) => Promise<string>
const dates = (there: HttpCommunity) => ({ startsAt: there.day(5), endsAt: there.day(6) })

/** One case: a person gives a command about a gathering that stands so. */
function about(
  command: string,
  code: string,
  because: string,
  given: Given,
  by: string,
  more: (there: HttpCommunity) => object = () => ({}),
): HttpRefusal {
  return {
    command,
    code,
    because,
    when: async (there) => there.sends(by, command, { invitationId: await given(there), ...more(there) }),
  }
}

const nowhere: Given = async () => NO_GATHERING
const aProject: Given = (there) => invites(there, ada)
const gave = (more: object) => () => ({ phase: 'during', what: 'Soup.', ...more })
const felt = () => ({ dignity: 5, wellbeing: 5, autonomy: 5, couldSayNo: 5 })

export const GATHERING_REFUSALS: readonly HttpRefusal[] = [
  about('OpenGathering', 'NOT_A_HOST', 'Ben is a guest', gathering, ben),
  about('OpenGathering', 'GATHERING_OVER', 'it has ended', over, ada),
  about('OpenGathering', 'ALREADY_OPEN', 'it opened by its date', underWay, ada),
  about('OpenGathering', 'NOT_FOUND', 'a project is no gathering', aProject, ada),
  about(
    'OpenGathering',
    'INVITATION_NOT_ACCEPTED',
    'nobody has said yes',
    (there) => invitesToGather(there, ada, there.day(1), there.day(3)),
    ada,
  ),
  about(
    'OpenGathering',
    'HOSTING_ALONE',
    'the community asks for two hosts',
    async (there) => {
      await there.does(ada, 'AmendPolicy', { changes: { hostingAlone: 'require' } })
      return gathering(there)
    },
    ada,
  ),
  ...(['MoveGathering', 'CancelGathering'] as const).flatMap((command) => {
    const more = command === 'MoveGathering' ? dates : () => ({})
    return [
      about(command, 'NOT_A_HOST', 'Ben is a guest', gathering, ben, more),
      about(command, 'NOT_PRESENT', 'everybody present may now, and Cyd is not', atHome, cyd, more),
      about(command, 'GATHERING_OVER', 'it has ended', over, ada, more),
      about(command, 'NOT_FOUND', 'there is none', nowhere, ada, more),
    ]
  }),
  about('MoveGathering', 'UNDER_WAY', 'it has begun', underWay, ada, dates),
  about('MoveGathering', 'VALIDATION_FAILED', 'it would end before it begins', gathering, ada, (there) => ({
    startsAt: there.day(6),
    endsAt: there.day(5),
  })),
  about('CloseGathering', 'NOT_A_HOST', 'Ben is a guest', underWay, ben),
  about('CloseGathering', 'NOT_PRESENT', 'Cyd is not there', atHome, cyd),
  about('CloseGathering', 'GATHERING_NOT_OPEN', 'it has not begun', gathering, ada),
  about('CloseGathering', 'NOT_FOUND', 'there is none', nowhere, ada),
  about('MakeYourselfAtHome', 'NOT_A_HOST', 'Ben is a guest', underWay, ben),
  about('MakeYourselfAtHome', 'GATHERING_NOT_OPEN', 'it has not begun', gathering, ada),
  about('MakeYourselfAtHome', 'ALREADY_AT_HOME', 'everybody is', atHome, ada),
  about('MakeYourselfAtHome', 'NOT_FOUND', 'there is none', nowhere, ada),
  about(
    'MakeYourselfAtHome',
    'NO_GUESTS',
    'the one guest has gone',
    async (there) => {
      const invitationId = await underWay(there)
      await there.does(ben, 'WithdrawAcceptance', { invitationId })
      return invitationId
    },
    ada,
  ),
  about('TakeUpHome', 'NOT_AT_HOME_YET', 'no host has said so', underWay, ben),
  about('TakeUpHome', 'NOT_PRESENT', 'Cyd is not there', atHome, cyd),
  about('TakeUpHome', 'ALREADY_TAKEN_UP', 'former hosts have', atHome, ada),
  about('TakeUpHome', 'NOT_FOUND', 'there is none', nowhere, ada),
  about('RecordContribution', 'HOURS_OUT_OF_RANGE', 'no month has as many', over, ben, gave({ hours: 201 })),
  about('RecordContribution', 'HOURS_OUT_OF_RANGE', 'nobody gives less than nothing', over, ben, gave({ hours: -1 })),
  about(
    'RecordContribution',
    'VALIDATION_FAILED',
    'a size says the hours',
    over,
    ben,
    gave({ hours: 1, size: 'weeks' }),
  ),
  about('RecordContribution', 'NOT_FOUND', 'a project is no gathering', aProject, ben, gave({ hours: 1 })),
  about('OfferHosting', 'NOT_A_HOST', 'Ben is a guest', gathering, ben, () => ({ toId: cyd })),
  about('OfferHosting', 'GATHERING_NOT_OPEN', 'it has ended', over, ada, () => ({ toId: cyd })),
  about('OfferHosting', 'ALREADY_A_HOST', 'Ada hosts it', gathering, ada, () => ({ toId: ada })),
  about('OfferHosting', 'UNKNOWN_REFERENCE', 'there is none', nowhere, ada, () => ({ toId: cyd })),
  about('OfferHosting', 'UNKNOWN_REFERENCE', 'there is no such member', gathering, ada, () => ({
    toId: NOWHERE.person,
  })),
  about('OfferHosting', 'RESPOND_BY_IN_PAST', 'nobody can answer by yesterday', gathering, ada, (there) => ({
    toId: cyd,
    respondBy: there.day(-1),
  })),
  hosting('NOT_YOURS_TO_ACCEPT', 'whoever asked is not asked', ada),
  hosting('NOT_FOUND', 'Dov is no party of it', dov),
  hosting('GATHERING_NOT_OPEN', 'it has ended since', cyd, (there) => there.later(4)),
  hosting('ASK_CLOSED', 'Ada has withdrawn it', cyd, (there, askId) => there.does(ada, 'WithdrawAsk', { askId })),
  {
    command: 'AcceptHosting',
    code: 'ALREADY_A_HOST',
    because: 'Cyd has said yes to another host',
    when: async (there) => {
      const invitationId = await invitesToGather(there, ada, there.day(1), there.day(3))
      await there.does(ben, 'JoinAsInviter', { invitationId })
      const [first, second] = [
        await offersHosting(there, ada, cyd, invitationId),
        await offersHosting(there, ben, cyd, invitationId),
      ]
      await there.does(cyd, 'AcceptHosting', { askId: first })
      return there.sends(cyd, 'AcceptHosting', { askId: second })
    },
  },
  {
    command: 'AcceptHosting',
    code: 'NOT_FOUND',
    because: 'nobody asked that',
    when: (there) => there.sends(cyd, 'AcceptHosting', { askId: NO_ASK }),
  },
  about('ReflectOnHosting', 'NOT_A_GUEST', 'Ada hosted it', over, ada, felt),
  about('ReflectOnHosting', 'NOT_A_GUEST', 'it has not begun', gathering, ben, felt),
  about('ReflectOnHosting', 'UNKNOWN_REFERENCE', 'there is none', nowhere, ben, felt),
  about(
    'ReflectOnHosting',
    'ALREADY_REFLECTED',
    'Ben has said so',
    async (there) => {
      const invitationId = await over(there)
      await there.does(ben, 'ReflectOnHosting', { invitationId, ...felt() })
      return invitationId
    },
    ben,
    felt,
  ),
]

/** A yes to the hosting that Ada asks Cyd for. */
function hosting(
  code: string,
  because: string,
  by: string,
  since: (there: HttpCommunity, askId: string) => Promise<unknown> = async () => undefined,
): HttpRefusal {
  return {
    command: 'AcceptHosting',
    code,
    because,
    when: async (there) => {
      const askId = await offersHosting(there, ada, cyd, await gathering(there))
      await since(there, askId)
      return there.sends(by, 'AcceptHosting', { askId })
    },
  }
}

import type { HttpCommunity } from '../support/http-community.ts'
import { objected, setAside, submitted } from '../support/rounds.ts'
import type { HttpRefusal } from './http-refusal.ts'
import { ada, ben, cyd, dov } from './refusal-case.ts'

const eve = `person_${'e'.repeat(22)}`

const proposes = (there: HttpCommunity, more: object) =>
  there.sends(ada, 'SubmitProposal', { title: 'A bench', driver: 'Nobody can sit.', text: 'We build one.', ...more })

/** Ways in which a proposal is closed to further acts, by how it came to be. */
const closed: Readonly<Record<string, (there: HttpCommunity) => Promise<string>>> = {
  'it was withdrawn': async (there) => {
    const proposalId = await submitted(there, ada)
    await there.does(ada, 'WithdrawProposal', { proposalId })
    return proposalId
  },
  'nothing moved for thirty days': async (there) => {
    const proposalId = await submitted(there, ada)
    await there.later(30)
    return proposalId
  },
  'it was adopted': async (there) => {
    const proposalId = await submitted(there, ada)
    for (const by of [ben, cyd]) await there.does(by, 'GiveConsent', { proposalId, version: 1 })
    await there.later(5)
    await there.does(dov, 'AdoptProposal', { proposalId, version: 1 })
    return proposalId
  },
}

/** What each command about a proposal sends, beside its id. */
const IN_A_ROUND: Readonly<Record<string, { readonly by: string; readonly input: object }>> = {
  AskClarifyingQuestion: { by: ben, input: { text: 'Of wood?' } },
  GiveConsent: { by: ben, input: { version: 1 } },
  StandAside: { by: ben, input: { version: 1 } },
  RevokeConsent: { by: ben, input: {} },
  RaiseConcern: { by: ben, input: { text: 'The rain.' } },
  RaiseObjection: { by: ben, input: { version: 1, argument: 'Too loud.' } },
  AskForTime: { by: ben, input: {} },
  AmendProposal: { by: ada, input: { text: 'Two benches.' } },
  ProposeTrial: { by: ada, input: { until: '2031-01-01' } },
  AdoptProposal: { by: ben, input: { version: 1 } },
  WithdrawProposal: { by: ada, input: {} },
}

const CLOSED_ROUNDS: readonly HttpRefusal[] = Object.entries(IN_A_ROUND).flatMap(([command, { by, input }], i) => {
  // Each way of being closed in turn; all of them for consent.
  const ways = Object.entries(closed).filter((_, at) => command === 'GiveConsent' || at === i % 3)
  return ways.map(([because, closing]) => ({
    command,
    code: 'PROPOSAL_CLOSED',
    because,
    when: async (there: HttpCommunity) => there.sends(by, command, { proposalId: await closing(there), ...input }),
  }))
})

/** Commands that only somebody of the electorate gives, in an open round. */
const ANSWERS = ['GiveConsent', 'StandAside', 'RevokeConsent', 'RaiseObjection', 'AskForTime']

const NOT_OPEN_TO: readonly HttpRefusal[] = ANSWERS.flatMap((command) => [
  {
    command,
    code: 'NOT_ELIGIBLE',
    because: 'Eve joined after the round opened',
    when: async (there) => {
      const proposalId = await submitted(there, ada)
      await there.does(eve, 'JoinCommunity', { displayName: 'Eve' })
      return there.sends(eve, command, { proposalId, ...IN_A_ROUND[command]?.input })
    },
  },
  {
    command,
    code: 'ROUND_NOT_OPEN',
    because: 'it opens tomorrow',
    when: async (there) => {
      const proposalId = await submitted(there, ada, { opensAt: there.day(1) })
      return there.sends(ben, command, { proposalId, ...IN_A_ROUND[command]?.input })
    },
  },
])

const STALE: readonly HttpRefusal[] = ['GiveConsent', 'StandAside', 'RaiseObjection', 'AdoptProposal'].map(
  (command) => ({
    command,
    code: 'STALE_VERSION',
    because: 'there is a second version',
    when: async (there) => {
      const proposalId = await submitted(there, ada)
      await there.does(ada, 'AmendProposal', { proposalId, text: 'Two benches.' })
      return there.sends(ben, command, { proposalId, ...IN_A_ROUND[command]?.input })
    },
  }),
)

const NOT_BENS: readonly HttpRefusal[] = ['AmendProposal', 'ProposeTrial', 'WithdrawProposal'].map((command) => ({
  command,
  code: 'NOT_THE_PROPOSER',
  because: 'it is Ada’s proposal',
  when: async (there) =>
    there.sends(ben, command, { proposalId: await submitted(there, ada), ...IN_A_ROUND[command]?.input }),
}))

const OBJECTS_STILL: readonly HttpRefusal[] = ['GiveConsent', 'StandAside'].map((command) => ({
  command,
  code: 'OWN_OBJECTION_OPEN',
  because: 'Ben objects still',
  when: async (there) => {
    const { proposalId } = await objected(there, await submitted(there, ada), ben)
    return there.sends(ben, command, { proposalId, version: 1 })
  },
}))

const SUBMITTING: readonly HttpRefusal[] = [
  {
    command: 'SubmitProposal',
    code: 'DRIVER_REQUIRED',
    because: 'it answers no situation',
    when: (there) => proposes(there, { driver: undefined }),
  },
  {
    command: 'SubmitProposal',
    code: 'REVIEW_DATE_REQUIRED',
    because: 'it would never be looked at again',
    when: (there) => proposes(there, { reviewAfterDays: null }),
  },
  {
    command: 'SubmitProposal',
    code: 'UNKNOWN_DECISION_CLASS',
    because: 'nobody decides by decree',
    when: (there) => proposes(there, { decisionClass: 'decree' }),
  },
  {
    command: 'SubmitProposal',
    code: 'VALIDATION_FAILED',
    because: 'no round opens yesterday',
    when: (there) => proposes(there, { opensAt: there.day(-1) }),
  },
  {
    command: 'SubmitProposal',
    code: 'NOT_EXECUTABLE',
    because: 'a consent is nobody else’s to give',
    when: (there) => proposes(there, { changes: [{ command: 'GiveConsent', input: {} }] }),
  },
  {
    command: 'SubmitProposal',
    code: 'NOT_EXECUTABLE',
    because: 'rules are set by a constitutional decision',
    when: (there) => proposes(there, { changes: [{ command: 'AmendPolicy', input: { changes: { termDays: 90 } } }] }),
  },
  {
    command: 'AnswerQuestion',
    code: 'NOT_THE_PROPOSER',
    because: 'Ada is asked, not Ben',
    when: async (there) => {
      const proposalId = await submitted(there, ada)
      const { questionId } = await there.does(cyd, 'AskClarifyingQuestion', { proposalId, text: 'Of wood?' })
      return there.sends(ben, 'AnswerQuestion', { proposalId, questionId, text: 'Of stone.' })
    },
  },
  {
    command: 'AnswerQuestion',
    code: 'PROPOSAL_CLOSED',
    because: 'it was withdrawn',
    when: async (there) => {
      const proposalId = await submitted(there, ada)
      const { questionId } = await there.does(cyd, 'AskClarifyingQuestion', { proposalId, text: 'Of wood?' })
      await there.does(ada, 'WithdrawProposal', { proposalId })
      return there.sends(ada, 'AnswerQuestion', { proposalId, questionId, text: 'Of oak.' })
    },
  },
  {
    command: 'AnswerQuestion',
    code: 'NOT_FOUND',
    because: 'nobody asked that',
    when: async (there) => {
      const questionId = `question_${'x'.repeat(22)}`
      return there.sends(ada, 'AnswerQuestion', { proposalId: await submitted(there, ada), questionId, text: 'Yes.' })
    },
  },
  {
    command: 'GiveConsent',
    code: 'NOT_FOUND',
    because: 'there is no such proposal',
    when: (there) => there.sends(ben, 'GiveConsent', { proposalId: `proposal_${'x'.repeat(22)}`, version: 1 }),
  },
  {
    command: 'RaiseObjection',
    code: 'ARGUMENT_REQUIRED',
    because: 'not even that one cannot say yet why is said',
    when: async (there) => there.sends(ben, 'RaiseObjection', { proposalId: await submitted(there, ada), version: 1 }),
  },
  {
    command: 'AskForTime',
    code: 'TIME_ALREADY_GIVEN',
    because: 'Cyd has asked already',
    when: async (there) => {
      const proposalId = await submitted(there, ada)
      await there.does(cyd, 'AskForTime', { proposalId })
      return there.sends(ben, 'AskForTime', { proposalId })
    },
  },
  {
    command: 'AmendProposal',
    code: 'UNKNOWN_REFERENCE',
    because: 'nobody raised that objection',
    when: async (there) => {
      const addressesObjectionIds = [`objection_${'x'.repeat(22)}`]
      const proposalId = await submitted(there, ada)
      return there.sends(ada, 'AmendProposal', { proposalId, text: 'Two benches.', addressesObjectionIds })
    },
  },
  {
    command: 'ProposeTrial',
    code: 'UNTIL_IN_PAST',
    because: 'it would end before its round does',
    when: async (there) =>
      there.sends(ada, 'ProposeTrial', { proposalId: await submitted(there, ada), until: there.day(5) }),
  },
]

/** Adopting Ada's proposal so many days after these people have given an answer. */
function adopting(
  code: string,
  because: string,
  {
    more = {},
    answer = 'GiveConsent',
    by,
    days,
  }: { more?: object; answer?: string; by: readonly string[]; days: number },
): HttpRefusal {
  const when = async (there: HttpCommunity) => {
    const proposalId = await submitted(there, ada, { ...more })
    for (const each of by) await there.does(each, answer, { proposalId, version: 1 })
    await there.later(days)
    return there.sends(ben, 'AdoptProposal', { proposalId, version: 1 })
  }
  return { command: 'AdoptProposal', code, because, when }
}

const inNowhere = { circleId: `circle_${'x'.repeat(22)}`, name: 'cook', purpose: 'To cook.' }

const ADOPTING: readonly HttpRefusal[] = [
  {
    command: 'AdoptProposal',
    code: 'UNRESOLVED_OBJECTIONS',
    because: 'Cyd objects',
    when: async (there) => {
      const { proposalId } = await objected(there, await submitted(there, ada), cyd)
      await there.later(6)
      return there.sends(ben, 'AdoptProposal', { proposalId, version: 1 })
    },
  },
  {
    command: 'AdoptProposal',
    code: 'UNRESOLVED_OBJECTIONS',
    because: 'what was set aside counts for three days more',
    when: async (there) => {
      const { proposalId } = await setAside(there, ada, ben, cyd, dov)
      for (const by of [cyd, dov]) await there.does(by, 'GiveConsent', { proposalId, version: 1 })
      await there.later(2.9)
      return there.sends(cyd, 'AdoptProposal', { proposalId, version: 1 })
    },
  },
  {
    command: 'AdoptProposal',
    code: 'UNTIL_IN_PAST',
    because: 'the trial would be over',
    when: async (there) => {
      const proposalId = await submitted(there, ada)
      await there.does(ada, 'ProposeTrial', { proposalId, until: there.day(6) })
      for (const by of [ben, cyd]) await there.does(by, 'GiveConsent', { proposalId, version: 2 })
      await there.later(7)
      return there.sends(ben, 'AdoptProposal', { proposalId, version: 2 })
    },
  },
  adopting('CONSENT_WINDOW_OPEN', 'all have consented, and may still answer otherwise', {
    by: [ben, cyd, dov],
    days: 4.9,
  }),
  adopting('PARTICIPATION_NOT_MET', 'silence is no answer', { by: [ben], days: 6 }),
  adopting('PARTICIPATION_NOT_MET', 'two of four have answered, and the second window is open', {
    more: { decisionClass: 'constitutional' },
    by: [ben],
    days: 20.9,
  }),
  adopting('THRESHOLD_NOT_MET', 'everybody stands aside', {
    more: { decisionClass: 'significant' },
    answer: 'StandAside',
    by: [ben, cyd, dov],
    days: 8,
  }),
  adopting('CHANGE_REFUSED', 'there is no such circle to define a role in', {
    more: { changes: [{ command: 'DefineRole', input: inNowhere }] },
    by: [ben, cyd],
    days: 6,
  }),
]

export const PROPOSAL_REFUSALS: readonly HttpRefusal[] = [
  ...SUBMITTING,
  ...CLOSED_ROUNDS,
  ...NOT_OPEN_TO,
  ...STALE,
  ...NOT_BENS,
  ...OBJECTS_STILL,
  ...ADOPTING,
]

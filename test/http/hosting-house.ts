import {
  answersTo,
  asksToAnswerTo,
  invites,
  invitesByName,
  invitesMentor,
  invitesToGather,
  learnsFrom,
  offersHosting,
  saysYes,
} from '../support/hosting.ts'
import { HttpCommunity } from '../support/http-community.ts'
import type { House } from './house.ts'
import type { Example } from './operations.ts'

/** Ids of what people of `hearth` are invited to and host, and of who answers to whom: Ada invites, Ben says yes. */
export interface Hosted {
  /** To all, of Dov's, answered by nobody. */
  readonly dovsInvitation: string
  /** To all, of Ada's: Ben has said yes. */
  readonly adasInvitation: string
  /** What Ada asks Ben by name. */
  readonly byName: string
  /** A gathering of Ada's to come, to which Ben has said yes; one under way; one with everybody at home; one that is over. */
  readonly toCome: string
  readonly underWay: string
  readonly atHome: string
  readonly hosting: string
  readonly mentor: string
  readonly mentorshipId: string
  readonly partner: string
  readonly accountabilityId: string
  /** A member whom nobody has asked for anything but to hold Ada to account. */
  readonly gil: string
  readonly adasRoleId: string
}

/** Lets Ada, Ben and Dov invite and host. */
export async function prepareHosting(house: House, dov: string, adasRoleId: string): Promise<Hosted> {
  const there = HttpCommunity.at(house.server, 'hearth')
  const [ada, ben] = [house.dweller('ada').id, house.dweller('ben').id]
  const gil = `person_${'g'.repeat(22)}`
  await there.does(gil, 'JoinCommunity', { displayName: 'gil' })
  const gathering = async (startsAt: string) => {
    const invitationId = await invitesToGather(there, ada, startsAt, there.day(30))
    await saysYes(there, ben, invitationId)
    return invitationId
  }
  const [underWay, atHome, toCome] = [
    await gathering(there.day(0)),
    await gathering(there.day(0)),
    await gathering(there.day(20)),
  ]
  await there.does(ada, 'MakeYourselfAtHome', { invitationId: atHome })
  const adasInvitation = await invites(there, ada)
  await saysYes(there, ben, adasInvitation)
  return {
    dovsInvitation: await invites(there, dov),
    adasInvitation,
    byName: await invitesByName(there, ada, ben, { kind: 'crew' }),
    toCome,
    underWay,
    atHome,
    hosting: await offersHosting(there, ada, ben, toCome),
    mentorshipId: await learnsFrom(there, ben, ada),
    mentor: await invitesMentor(there, ada, ben),
    accountabilityId: await answersTo(there, ada, gil),
    partner: await asksToAnswerTo(there, ada, ben, adasRoleId),
    gil,
    adasRoleId,
  }
}

/** A request of every operation on hosting, good for whoever of Ada, Ben and Dov it is for. */
export function hostingExamples(known: Hosted, ada: string, dov: string): Readonly<Record<string, Example>> {
  const invitation = { kind: 'project', title: 'A pond', purpose: 'To dig.' }
  const about = (invitationId: string, body: object = {}) => ({ path: { invitationId }, body })
  const dates = { startsAt: '2027-01-01', endsAt: '2027-01-03' }
  const { adasInvitation, underWay, toCome, atHome } = known
  return {
    ProposeInvitation: { body: invitation },
    ProposePersonalInvitation: { body: { ...invitation, kind: 'other', toIds: [known.gil] } },
    JoinAsInviter: about(known.dovsInvitation),
    AcceptInvitation: { body: { askId: known.byName } },
    DeclineInvitation: { body: { askId: known.byName } },
    WithdrawAcceptance: about(adasInvitation),
    RemindOfInvitation: about(adasInvitation),
    WithdrawInvitation: about(adasInvitation),
    CloseInvitation: about(adasInvitation),
    OpenGathering: about(toCome),
    MoveGathering: about(toCome, dates),
    CancelGathering: about(toCome),
    CloseGathering: about(underWay),
    MakeYourselfAtHome: about(underWay),
    TakeUpHome: about(atHome),
    RecordContribution: about(underWay, { phase: 'during', size: 'an-evening', what: 'Soup.' }),
    OfferHosting: { body: { invitationId: toCome, toId: dov } },
    AcceptHosting: { body: { askId: known.hosting } },
    ReflectOnHosting: { body: { invitationId: underWay, dignity: 5, wellbeing: 5, autonomy: 5, couldSayNo: 5 } },
    InviteMentor: { body: { toId: known.gil } },
    AcceptMentorship: { body: { askId: known.mentor } },
    EndMentorship: { path: { mentorshipId: known.mentorshipId }, body: {} },
    InviteAccountabilityPartner: { body: { toId: known.gil, scope: known.adasRoleId } },
    AcceptAccountability: { body: { askId: known.partner } },
    EndAccountability: { path: { accountabilityId: known.accountabilityId }, body: {} },
    invitation: { path: { invitation: adasInvitation } },
    gathering: { path: { gathering: underWay } },
    'hosting-reflections': { path: { gathering: underWay } },
    uptake: { path: { person: ada } },
  }
}

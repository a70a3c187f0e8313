import type { Doing } from './doing.ts'

type More = Readonly<Record<string, unknown>>

/** Invites everybody to something; a project unless said. @returns the invitation. */
export async function invites(there: Doing, by: string, more: More = {}): Promise<string> {
  const form = { kind: 'project', title: 'A wall', purpose: 'To build a dry stone wall.', ...more }
  return idIn(await there.does(by, 'ProposeInvitation', form), 'invitationId')
}

/** Invites everybody to a gathering from one moment to another. @returns the invitation it is. */
export async function invitesToGather(there: Doing, by: string, startsAt: string, endsAt: string, more: More = {}) {
  return invites(there, by, { kind: 'gathering', title: 'Summer camp', purpose: 'To meet.', startsAt, endsAt, ...more })
}

/** Invites somebody by name. @returns the ask. */
export async function invitesByName(there: Doing, by: string, toId: string, more: More = {}): Promise<string> {
  const form = { kind: 'project', title: 'A wall', purpose: 'To build a dry stone wall.', toIds: [toId], ...more }
  const { askIds } = await there.does(by, 'ProposePersonalInvitation', form)
  return String((askIds as unknown as readonly string[] | undefined)?.[0])
}

export async function saysYes(there: Doing, who: string, invitationId: string): Promise<void> {
  await there.does(who, 'AcceptInvitation', { invitationId })
}

/** Asks somebody to host a gathering along. @returns the ask. */
export async function offersHosting(there: Doing, by: string, toId: string, invitationId: string): Promise<string> {
  return idIn(await there.does(by, 'OfferHosting', { invitationId, toId }), 'askId')
}

/** Asks somebody to be one's mentor. @returns the ask. */
export async function invitesMentor(there: Doing, by: string, toId: string): Promise<string> {
  return idIn(await there.does(by, 'InviteMentor', { toId, topics: ['baking'] }), 'askId')
}

/** Asks somebody to be one's mentor who says yes. @returns the mentorship. */
export async function learnsFrom(there: Doing, by: string, toId: string): Promise<string> {
  const askId = await invitesMentor(there, by, toId)
  return idIn(await there.does(toId, 'AcceptMentorship', { askId }), 'mentorshipId')
}

/** Asks somebody whether one may answer to them. @returns the ask. */
export async function asksToAnswerTo(there: Doing, by: string, toId: string, scope = 'all'): Promise<string> {
  return idIn(await there.does(by, 'InviteAccountabilityPartner', { toId, scope }), 'askId')
}

/** Asks somebody whether one may answer to them, who says yes. @returns the tie. */
export async function answersTo(there: Doing, by: string, toId: string, scope = 'all'): Promise<string> {
  const askId = await asksToAnswerTo(there, by, toId, scope)
  return idIn(await there.does(toId, 'AcceptAccountability', { askId }), 'accountabilityId')
}

function idIn(result: Readonly<Record<string, string>>, name: string): string {
  const id = result[name]
  if (id === undefined) throw new Error(`the answer names no ${name}`)
  return id
}

import type { Doing } from './doing.ts'
import { answersTo, invites, invitesByName, invitesToGather, learnsFrom, offersHosting, saysYes } from './hosting.ts'

/** Whatever lets days pass. */
interface Calendar {
  day(days: number): string
  later(days: number): void
}

/** Every turn an invitation, a gathering and a tie between two people take. */
export async function historyOfHosting(
  there: Doing,
  { day, later }: Calendar,
  [ada, ben, cyd]: readonly [string, string, string],
): Promise<void> {
  const wall = await invites(there, ada, { asks: { timeHours: 20, money: 'Nothing.' }, places: 3 })
  await there.does(ben, 'JoinAsInviter', { invitationId: wall })
  await there.does(ben, 'RemindOfInvitation', { invitationId: wall })
  await there.does(cyd, 'AcceptInvitation', { invitationId: wall })
  await there.does(cyd, 'WithdrawAcceptance', { invitationId: wall })
  await there.does(cyd, 'DeclineInvitation', { invitationId: wall, note: 'My back.' })
  await there.does(ada, 'CloseInvitation', { invitationId: wall })
  await there.does(ben, 'WithdrawInvitation', { invitationId: wall })
  const askId = await invitesByName(there, ada, ben, { sensitiveTopics: ['money'] })
  await there.does(ben, 'AcceptInvitation', { askId })
  const camp = await invitesToGather(there, ada, day(1), day(3))
  await saysYes(there, cyd, camp)
  await there.does(ada, 'MoveGathering', { invitationId: camp, startsAt: day(2), endsAt: day(5) })
  await saysYes(there, cyd, camp)
  await there.does(ada, 'OpenGathering', { invitationId: camp })
  const hosting = await offersHosting(there, ada, ben, camp)
  await there.does(ben, 'AcceptHosting', { askId: hosting })
  const given = { invitationId: camp, phase: 'preparation', size: 'some-days', what: 'Tents and soup.' }
  await there.does(ada, 'RecordContribution', given)
  await there.does(ben, 'MakeYourselfAtHome', { invitationId: camp })
  await there.does(cyd, 'TakeUpHome', { invitationId: camp })
  later(1)
  const answers = { dignity: 5, wellbeing: 4, autonomy: 5, couldSayNo: 3 }
  await there.does(cyd, 'ReflectOnHosting', { invitationId: camp, ...answers, text: 'I slept well.' })
  await there.does(cyd, 'CloseGathering', { invitationId: camp })
  const feast = await invitesToGather(there, ben, day(4), day(5))
  await there.does(ben, 'CancelGathering', { invitationId: feast })
  const mentorshipId = await learnsFrom(there, ada, ben)
  await there.does(ben, 'EndMentorship', { mentorshipId })
  const accountabilityId = await answersTo(there, ada, ben)
  await there.does(ada, 'EndAccountability', { accountabilityId })
}

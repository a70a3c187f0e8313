import type { AnyEvent } from '../../src/kernel/define-event.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import * as accountability from '../accountability/events.ts'
import * as gatherings from '../gatherings/events.ts'
import * as invitations from '../invitations/events.ts'
import type { InfluenceParameters, InfluenceStep } from './component-facts.ts'
import type { SaidEntry } from './entry-log.ts'
import { invitationSteps, readInvitation } from './hosting-facts.ts'
import { momentSteps } from './moment-facts.ts'
import { readTies, tieSteps } from './tie-facts.ts'

/** An event that bears on somebody's influence beside what bears on roles. */
export interface Act {
  readonly event: AnyEvent
  /** The things it bears on; each is read as a whole. */
  groups(event: RecordedEvent): readonly string[]
}

type Data = Readonly<Record<string, string>>
const by =
  (kind: string, field: string) =>
  (event: RecordedEvent): readonly string[] => [`${kind} ${(event.data as Data)[field]}`]

const acts = (events: readonly unknown[], groups: Act['groups']): readonly Act[] =>
  (events as readonly AnyEvent[]).map((event) => ({ event, groups }))

const invitationId = by('invitation', 'invitationId')

/**
 * From the type of an event to what it bears on. Roles and holdings are read by their own rules, and acts of a moment
 * stand by themselves.
 */
export const ACTS: ReadonlyMap<string, Act> = new Map(
  [
    ...acts(
      [
        invitations.InvitationProposed,
        invitations.InviterJoined,
        invitations.InvitationAccepted,
        invitations.AcceptanceWithdrawn,
        invitations.InvitationWithdrawn,
        gatherings.GatheringOpened,
        gatherings.GatheringMoved,
        gatherings.GatheringCancelled,
        gatherings.GatheringClosed,
        gatherings.ContributionRecorded,
        gatherings.HostingShared,
        gatherings.GuestsMadeAtHome,
        gatherings.HomeTakenUp,
      ],
      invitationId,
    ),
    ...acts([accountability.MentorshipStarted, accountability.MentorshipEnded], by('mentor', 'mentorId')),
    ...acts([accountability.AccountabilityStarted, accountability.AccountabilityEnded], by('partner', 'partnerId')),
  ].map((act) => [act.event.type, act]),
)

/** What a thing brought whom: reads the events that bear on it by the rule of its kind. */
export function groupsOf(
  group: string,
  entries: readonly SaidEntry[],
  parameters: InfluenceParameters,
): InfluenceStep[] {
  const [kind, id = ''] = group.split(' ')
  switch (kind) {
    case 'invitation': {
      const known = readInvitation(entries)
      return known ? invitationSteps(known, parameters) : []
    }
    case 'mentor':
      return tieSteps(id, 'mentoring', readTies(entries), parameters)
    case 'partner':
      return tieSteps(id, 'partner', readTies(entries), parameters)
    default:
      return momentSteps(entries, parameters)
  }
}

import { type InvitationLife, lived } from '../../commands/invitations/life.ts'
import type { Revision } from '../../src/kernel/book.ts'
import { dateBounds } from '../../src/kernel/dates.ts'
import type { Point } from '../../src/kernel/define-question.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import type { SealedAt } from '../../src/kernel/sealed.ts'

/** An event of an invitation's life, as it was told. */
export type Told = Pick<RecordedEvent, 'id' | 'type' | 'revision' | 'effectiveAt' | 'data'>

/** What somebody said they gave, from the revision on that says so; null: a correction says they never did. */
export interface ContributionVersion {
  readonly revision: Revision
  readonly effectiveAt: string
  readonly given: {
    readonly phase: string
    readonly size: string | null
    readonly hours: number
    readonly what: SealedAt
  } | null
  /** From which hours on it is shown as unattested until somebody attests it, as it was decided. */
  readonly attestFromHours: number
}

export interface Contribution {
  readonly contributionId: string
  readonly eventId: string
  readonly personId: string
  readonly versions: ContributionVersion[]
}

export interface InvitationsView {
  /** What was told of each invitation, in the order of the book. */
  readonly told: Map<string, Told[]>
  /** Invitations somebody invites to, hosts or has said yes to, by person. */
  readonly byPerson: Map<string, Set<string>>
  readonly contributions: Map<string, Contribution[]>
  readonly contributionBy: Map<string, Contribution>
}

/** An invitation's life as it was known and true at a point; undefined before it began, and for what is none. */
export function lifeAt(
  { told }: InvitationsView,
  invitationId: string,
  point: Point,
): { readonly life: InvitationLife; readonly evidence: readonly string[] } | undefined {
  const events = (told.get(invitationId) ?? []).filter(
    ({ revision, effectiveAt }) => revision <= point.revision && dateBounds(effectiveAt).earliest <= point.asOf,
  )
  events.sort(
    (a, b) => dateBounds(a.effectiveAt).earliest - dateBounds(b.effectiveAt).earliest || a.revision - b.revision,
  )
  let life: InvitationLife | undefined
  for (const event of events) life = lived(life, event)
  return life && { life, evidence: events.map(({ id }) => id) }
}

/** What people had said by a point that they gave to a gathering. */
export function contributionsAt(
  { contributions }: InvitationsView,
  invitationId: string,
  { asOf, revision }: Point,
): readonly (Contribution & { readonly version: ContributionVersion & { given: object } })[] {
  return (contributions.get(invitationId) ?? []).flatMap((contribution) => {
    const version = contribution.versions.findLast((each) => each.revision <= revision)
    if (!version?.given || dateBounds(version.effectiveAt).earliest > asOf) return []
    return [{ ...contribution, version: { ...version, given: version.given } }]
  })
}

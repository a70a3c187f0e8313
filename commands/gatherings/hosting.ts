import type { InvitationLife, Spell } from '../invitations/life.ts'

/** A time from which, and until which, something is so; ms, half-open. */
export interface OpenTime {
  readonly from: number
  readonly to: number
}

/** Whether an invitation is a gathering: of that kind, with dates. */
export function isGathering({ kind, startsAt, endsAt }: InvitationLife): boolean {
  return kind === 'gathering' && startsAt !== undefined && endsAt !== undefined
}

/**
 * When a gathering is open, as far as its life is known: from its date on, once somebody has said yes to it (or from
 * when a host opened it), until its end, or until it was closed or cancelled. Undefined where it never opens.
 */
export function openTimeOf(life: InvitationLife): OpenTime | undefined {
  const { startsAt, endsAt, openedEarlyAt } = life
  if (!isGathering(life) || startsAt === undefined || endsAt === undefined) return undefined
  const to = overAt(life) ?? endsAt
  let from = openedEarlyAt ?? Number.POSITIVE_INFINITY
  for (const yes of life.present) {
    const opens = Math.max(yes.from, startsAt)
    if (opens < yes.to && opens < from) from = opens
  }
  return from < to ? { from, to } : undefined
}

export function isOpenAt(life: InvitationLife, t: number): boolean {
  const open = openTimeOf(life)
  return open !== undefined && open.from <= t && t < open.to
}

/** When a gathering is over: by its end, or when it was closed, cancelled or withdrawn before. Undefined for what is none. */
export function overAt(life: InvitationLife): number | undefined {
  if (!isGathering(life)) return undefined
  const { endsAt, closedEarlyAt, cancelledAt, withdrawnAt } = life
  return Math.min(...[endsAt, closedEarlyAt, cancelledAt, withdrawnAt].filter((at) => at !== undefined))
}

/** Who hosts at a moment: the inviters and those who said yes to hosting, in the order in which they came to. */
export function hostsAt(life: InvitationLife, t: number): readonly string[] {
  return at(life.hosts, t)
}

/** Who is at a gathering at a moment: its hosts and whoever said yes to the dates it has. */
export function presentAt(life: InvitationLife, t: number): readonly string[] {
  return [...new Set([...hostsAt(life, t), ...at(life.present, t)])]
}

/** Whether a person ever hosted a gathering or said yes to it. */
export function hasPartIn(life: InvitationLife, personId: string): boolean {
  return [...life.hosts, ...life.present].some((spell) => spell.personId === personId)
}

/** Who is co-responsible at a moment, since everybody was made at home; nobody before. Former hosts have taken it up. */
export function takenUpAt(life: InvitationLife, t: number): readonly string[] {
  return [...life.takenUp].flatMap(([id, since]) => (since <= t ? [id] : []))
}

function at(spells: readonly Spell[], t: number): readonly string[] {
  return [...new Set(spells.filter(({ from, to }) => from <= t && t < to).map(({ personId }) => personId))]
}

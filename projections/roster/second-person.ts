import type { Policies } from '../../commands/community/policy-table.ts'
import type { RoleFact } from '../../commands/roles/facts.ts'
import type { HoldingVersion } from './roster-view.ts'

/** Whether a role needs a second person by the rules in force. A role only an imported record names stands outside them. */
export function needsSecond({ weight, definition }: RoleFact, { sharedFromWeight }: Policies): boolean {
  if (!definition) return false
  const { understudy = 'by-weight' } = definition
  return understudy === 'always' || (understudy === 'by-weight' && weight >= sharedFromWeight)
}

/** A holder beside whom nobody learns the role or shares the seat, and since when (ms). */
export interface AloneHolder {
  readonly holding: HoldingVersion
  readonly since: number
}

/** Who holds a role alone at a moment, of all that is known of its holdings. In an overlap the two are each other's second. */
export function holdersAlone(versions: readonly HoldingVersion[], asOf: number): readonly AloneHolder[] {
  return versions.flatMap((holding) => {
    if (holding.fact.seat === undefined || !isRunning(holding, asOf)) return []
    const seconds = versions.filter((other) => isSecond(other, holding))
    if (seconds.some((second) => isRunning(second, asOf))) return []
    const ended = seconds.map(({ to }) => to.earliest).filter((end) => end <= asOf)
    return [{ holding, since: Math.max(holding.from.earliest, ...ended) }]
  })
}

/** Whether a holding runs at a moment, or may where a date is vague. */
export function isRunning({ from, to }: HoldingVersion, asOf: number): boolean {
  return from.earliest <= asOf && asOf < to.latest
}

function isSecond({ fact }: HoldingVersion, { fact: { personId, seat } }: HoldingVersion): boolean {
  if (fact.personId === personId) return false
  return fact.kind === 'understudy' || fact.kind === 'co-holder' || fact.seat === seat
}

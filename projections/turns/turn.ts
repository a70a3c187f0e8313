import { holdsSeat } from '../roster/carried.ts'
import type { HoldingVersion } from '../roster/roster-view.ts'
import { isRunning } from '../roster/second-person.ts'

/** What a person's turns in one role come to. */
export interface Turn {
  readonly roleId: string
  readonly terms: number
  readonly lastTime: string | null
  readonly running: boolean
}

/** A person's turns in one role by a moment (ms), as holder or co-holder; undefined where they had none. */
export function turnOf(roleId: string, versions: readonly HoldingVersion[], asOf: number): Turn | undefined {
  const own = versions.filter((version) => holdsSeat({ version }) && version.from.earliest <= asOf)
  if (own.length === 0) return undefined
  const running = own.some((version) => isRunning(version, asOf))
  const last = own.reduce((a, b) => (b.to.latest > a.to.latest ? b : a))
  return {
    roleId,
    terms: own.reduce((terms, version) => terms + termsBegun(version, asOf), 0),
    lastTime: running ? null : last.to.text,
    running,
  }
}

// A spell of an imported record has no terms, and counts as one. A term renewed ahead, then given up, never began.
function termsBegun({ fact: { terms }, to }: HoldingVersion, asOf: number): number {
  return terms ? terms.filter(({ start }) => start <= asOf && start < to.earliest).length : 1
}

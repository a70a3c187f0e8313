import type { Component, InfluenceParameters, InfluenceStep } from './component-facts.ts'
import type { SaidEntry } from './entry-log.ts'
import { stepOf } from './role-level-facts.ts'

/** The ties of one person as a mentor, or as a partner others answer to: which run, and between whom. */
export interface Tie {
  readonly with: string
  readonly from: number
  readonly to: number
}

/** Reads the ties of one person from the events that began and ended them. */
export function readTies(entries: readonly SaidEntry[]): readonly Tie[] {
  const ties = new Map<string, { with: string; from: number; to: number }>()
  for (const { type, data, at } of entries) {
    const said = data as Readonly<Record<string, string>>
    const id = said.mentorshipId ?? said.accountabilityId ?? ''
    const tie = ties.get(id)
    if (type === 'MentorshipEnded' || type === 'AccountabilityEnded') {
      if (tie) tie.to = Math.min(tie.to, at)
    } else ties.set(id, { with: said.menteeId ?? said.personId ?? '', from: at, to: Number.POSITIVE_INFINITY })
  }
  return [...ties.values()].filter(({ from, to }) => from < to)
}

/** With how many people there is a tie at a moment: several ties with one person are one. */
export function tiedWith(ties: readonly Tie[], t: number): ReadonlySet<string> {
  return new Set(ties.filter(({ from, to }) => from <= t && t < to).map((tie) => tie.with))
}

/** The steps in one person's influence by their ties. A partner's tie leaves nothing behind when it ends. */
export function tieSteps(
  personId: string,
  component: Extract<Component, 'mentoring' | 'partner'>,
  ties: readonly Tie[],
  { weights }: InfluenceParameters,
): InfluenceStep[] {
  const most = component === 'mentoring' ? weights.mentoringMost : weights.partnerMost
  const borders = [...new Set(ties.flatMap(({ from, to }) => [from, to]))].filter(Number.isFinite)
  const steps: InfluenceStep[] = []
  let before = 0
  for (const at of borders.sort((a, b) => a - b)) {
    const now = Math.min(most, tiedWith(ties, at).size * weights[component])
    if (now !== before) steps.push({ personId, component, at, ...stepOf(now - before, component === 'mentoring') })
    before = now
  }
  return steps
}

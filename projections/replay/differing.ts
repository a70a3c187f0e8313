import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import type { AskContext, Point } from '../../src/kernel/define-question.ts'
import { type HoldingAnswer, holdingAnswer, holdingAnswerOf } from '../roster/holding-answers.ts'
import { rosterOn, type Selection } from '../roster/roster-on.ts'
import type { RosterViews } from '../roster/selecting.ts'

/** One holding in which two rosters differ: not in the first, not in the second, or told otherwise. */
export const difference = classed(
  1,
  z.object({
    holdingId: z.string(),
    before: holdingAnswer.nullable().meta({ description: 'As the first has it; null where it is not there' }),
    after: holdingAnswer.nullable().meta({ description: 'As the second has it; null where it is not there' }),
  }),
)
export type Difference = z.output<typeof difference>

/** A roster by holding. */
export type Roster = ReadonlyMap<string, HoldingAnswer>

/** Who held what at a point of both axes, by holding. */
export function rosterAt(views: RosterViews, selection: Selection, at: Point, context: AskContext): Roster {
  const there = { ...context, asOf: at.asOf, revision: at.revision }
  const held = at.revision < 0 ? [] : rosterOn(views.roster, selection, at.asOf, at.revision)
  return new Map(
    held.map(({ version, certainty }) => [version.fact.holdingId, holdingAnswerOf(views, version, certainty, there)]),
  )
}

/** What has to be taken out, put in and told otherwise to make the second roster of the first. */
export function differencesOf(first: Roster, second: Roster): readonly Difference[] {
  const found: Difference[] = []
  for (const [holdingId, before] of first) {
    const after = second.get(holdingId) ?? null
    if (JSON.stringify(before) !== JSON.stringify(after)) found.push({ holdingId, before, after })
  }
  for (const [holdingId, after] of second) if (!first.has(holdingId)) found.push({ holdingId, before: null, after })
  return found.sort((a, b) => (a.holdingId < b.holdingId ? -1 : 1))
}

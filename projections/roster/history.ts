import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { DAY_MS } from '../../src/kernel/dates.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import { certaintyAt } from '../../src/kernel/intervals.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { countDays, unionDays } from '../../src/measures/day-sets.ts'
import { personParam, personRef, refOf } from '../people/person-refs.ts'
import { type HoldingAnswer, holdingAnswer, holdingAnswerOf, holdingRow } from './holding-answers.ts'
import { certainDays } from './period.ts'
import { known, personOf, type Selection } from './roster-on.ts'
import type { HoldingVersion } from './roster-view.ts'
import { optionalCircle, optionalRole, type RosterViews, rosterReads, selectionOf } from './selecting.ts'

/** A spell with whether it runs at the moment asked about, and its certain days until then. */
export const spell = holdingAnswer.omit({ certainty: true }).extend({
  state: z.enum(['running', 'possibly-running', 'ended', 'to-come']),
  days: z.int(),
})
type Spell = z.output<typeof spell>

const history = z.object({
  spells: z.array(spell),
  count: z.int(),
  days: z.int().meta({ description: 'Days held in all, a day of several spells once' }),
})

export const personHistory = defineQuestion({
  name: 'person-history',
  summary:
    'Everything a person ever held, spell by spell; spells are never merged, and a running one counts until the moment asked about.',
  reads: rosterReads,
  params: z.strictObject({ person: personParam(), ...optionalRole, ...optionalCircle }),
  answer: classed(1, history.extend({ person: personRef })),
  timed: true,
  public: true,
  http: { path: '/people/{person}/history' },
  cli: { verb: 'history', positional: ['person'], aliases: { on: 'asOf' } },
  rows: ({ spells }) => spells.map(spellRow),
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection.pointer === '/person' ? undefined : selection
    return { person: refOf(views.people, personOf(selection), context), ...historyOf(views, selection, context) }
  },
})

export const roleHistory = defineQuestion({
  name: 'role-history',
  summary: 'Everybody who ever held a role, spell by spell, oldest first.',
  reads: rosterReads,
  params: z.strictObject({ ...optionalRole, ...optionalCircle }),
  answer: classed(1, history),
  timed: true,
  public: true,
  http: { path: '/role-history' },
  cli: { verb: 'role-history', positional: ['role'], aliases: { on: 'asOf' } },
  rows: ({ spells }) => spells.map(spellRow),
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    return isRefusal(selection) ? selection : historyOf(views, selection, context)
  },
})

function historyOf(views: RosterViews, selection: Selection, context: AskContext) {
  const spells = spellsOf(views, selection, context)
  const held = versionsInOrder(views, selection, context).map((version) => certainDays(version, dayAfter(context)))
  return { spells, count: spells.length, days: countDays(unionDays(held)) }
}

/** The spells of a selection, oldest first; one that runs counts until the moment asked about. */
export function spellsOf(views: RosterViews, selection: Selection, context: AskContext): Spell[] {
  return versionsInOrder(views, selection, context).map((version) =>
    spellOf(views, version, dayAfter(context), context),
  )
}

function versionsInOrder(views: RosterViews, selection: Selection, context: AskContext): readonly HoldingVersion[] {
  return known(views.roster, selection, context.revision).toSorted((a, b) => a.from.earliest - b.from.earliest)
}

function dayAfter({ asOf }: AskContext): number {
  return Math.floor(asOf / DAY_MS) + 1
}

function spellOf(views: RosterViews, version: HoldingVersion, until: number, context: AskContext): Spell {
  const { certainty: _, ...holding } = holdingAnswerOf(views, version, 'certain', context)
  const now = certaintyAt(version, context.asOf)
  const state =
    now === 'certain'
      ? 'running'
      : now === 'possible'
        ? 'possibly-running'
        : context.asOf < version.from.earliest
          ? 'to-come'
          : 'ended'
  return { ...holding, state, days: countDays(unionDays([certainDays(version, until)])) }
}

/** A spell as a row of a table. */
export function spellRow({ state, days, ...holding }: Spell) {
  const { certainty: _, ...row } = holdingRow({
    ...(holding as Omit<HoldingAnswer, 'certainty'>),
    certainty: 'certain',
  })
  return { ...row, state, days }
}

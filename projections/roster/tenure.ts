import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { dayText } from '../../src/kernel/dates.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { countDays, intersectDays, unionDays } from '../../src/measures/day-sets.ts'
import { findPerson, personParam, personRef, refOf } from '../people/person-refs.ts'
import { personIdsOf } from '../people/view.ts'
import { certainDays, possibleDays, untilDay, untilParam, untilTomorrow } from './period.ts'
import { known, personOf, type Selection } from './roster-on.ts'
import { leavingOut, optionalCircle, optionalRole, rosterReads, selectionOf } from './selecting.ts'

const which = { person: personParam(), ...optionalRole, ...optionalCircle, ...leavingOut, ...untilParam }

export const tenure = defineQuestion({
  name: 'tenure',
  summary: 'For how many days a person held a role, or any role. A day of several holdings counts once.',
  reads: rosterReads,
  params: z.strictObject(which),
  answer: classed(
    1,
    z.object({
      person: personRef,
      days: classed(1, z.int()),
      possibleDays: classed(1, z.int()).meta({ description: 'Days under the widest reading of vague dates' }),
    }),
  ),
  timed: false,
  clockDefaults: untilTomorrow,
  public: true,
  http: { path: '/people/{person}/tenure' },
  cli: { verb: 'tenure', positional: ['person', 'role'] },
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection.pointer === '/person' ? undefined : selection
    const until = untilDay(params.until)
    const held = known(views.roster, selection, context.revision)
    return {
      person: refOf(views.people, personOf(selection), context),
      days: countDays(unionDays(held.map((version) => certainDays(version, until)))),
      possibleDays: countDays(unionDays(held.map((version) => possibleDays(version, until)))),
    }
  },
})

export const spells = defineQuestion({
  name: 'spells',
  summary:
    'The unbroken spells of a person in a role: holdings that touch or overlap are one spell, a gap begins another.',
  reads: rosterReads,
  params: z.strictObject(which),
  answer: classed(
    1,
    z.object({
      person: personRef,
      spells: classed(1, z.array(z.object({ from: z.string(), to: z.string(), days: z.int() }))).meta({
        description: 'First day held and first day no longer held, or the day asked until',
      }),
      count: z.int(),
    }),
  ),
  timed: false,
  clockDefaults: untilTomorrow,
  public: true,
  http: { path: '/people/{person}/spells' },
  cli: { verb: 'spells', positional: ['person', 'role'] },
  rows: ({ spells: found }) => found,
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection.pointer === '/person' ? undefined : selection
    const until = untilDay(params.until)
    const found = unionDays(
      known(views.roster, selection, context.revision).map((version) => certainDays(version, until)),
    )
    return {
      person: refOf(views.people, personOf(selection), context),
      spells: found.map(({ from, to }) => ({ from: dayText(from), to: dayText(to), days: to - from })),
      count: found.length,
    }
  },
})

export const together = defineQuestion({
  name: 'together',
  summary: 'On how many days two people both held a role, or any role.',
  reads: rosterReads,
  params: z.strictObject({ ...which, other: personParam() }),
  answer: classed(1, z.object({ people: z.array(personRef), days: classed(1, z.int()) })),
  timed: false,
  clockDefaults: untilTomorrow,
  public: true,
  http: { path: '/people/{person}/together/{other}' },
  cli: { verb: 'together', positional: ['person', 'other'] },
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection.pointer === '/person' ? undefined : selection
    const other = findPerson(views.people, params.other, context, '/other')
    if (isRefusal(other)) return undefined
    const until = untilDay(params.until)
    const days = (personIds: Selection['personIds']) =>
      unionDays(
        known(views.roster, { ...selection, personIds }, context.revision).map((version) =>
          certainDays(version, until),
        ),
      )
    return {
      people: [personOf(selection), other.id].map((id) => refOf(views.people, id, context)),
      days: countDays(
        intersectDays(days(selection.personIds), days(personIdsOf(views.people, other, context.revision))),
      ),
    }
  },
})

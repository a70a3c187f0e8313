import { z } from 'zod'
import { readTies } from '../../commands/influence/tie-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { DAY_MS } from '../../src/kernel/dates.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import type { DaySpan } from '../../src/measures/day-sets.ts'
import { round6 } from '../../src/measures/rounding.ts'
import { activation, breadth, dutyShare, type FirstAct } from '../../src/measures/turns-taken.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { inOrder } from '../roster/in-order.ts'
import { periodOf, periodParams } from '../roster/period.ts'
import { BY_THE_RULES, type InfluenceViews, influenceReads } from './asked-influence.ts'
import { type LeadingSpell, leadingSpells } from './leading.ts'
import { populationsOver } from './presence.ts'

const leader = classed(
  1,
  z.object({
    person: personRef,
    role: z.boolean().meta({ description: 'Held a role, or acted in one' }),
    hosting: z.boolean(),
    invitation: z.boolean().meta({ description: 'Invited, and somebody said yes' }),
    duty: z
      .number()
      .nullable()
      .meta({ description: 'Share of the time they were a member in which they carried a role or an open gathering' }),
  }),
)

export const whoLed = defineQuestion({
  name: 'who-led',
  summary:
    'Who led in a period, by which kind of act, how much of the time each did, and how broadly leading was shared.',
  reads: influenceReads,
  params: z.strictObject(periodParams),
  answer: classed(
    1,
    z.object({
      people: z.array(leader).meta({ description: 'By name' }),
      leaders: z.int(),
      of: z.int().meta({ description: 'Members at the end of the period; where there are none, holders' }),
      breadth: z.number().nullable().meta({ description: 'Leaders over members; null without members' }),
      firstActs: z
        .int()
        .meta({ description: 'How many led for the first time in the period, made possible by somebody else' }),
    }),
  ),
  timed: false,
  public: false,
  http: { path: '/leading' },
  cli: { verb: 'who-led', positional: ['from', 'through'] },
  rows: ({ people }) => people.map(({ person, ...led }) => ({ name: person.name, handle: person.handle, ...led })),
  ask(views, asked, context) {
    const period = periodOf(asked)
    if (isRefusal(period)) return period
    const [from, to] = [period.from * DAY_MS, Math.min(period.to * DAY_MS, Math.max(context.now, period.from * DAY_MS))]
    const spells = leadingSpells(views, { asOf: to, revision: context.revision })
    const led = spells.filter((spell) => spell.to > from || (spell.from === spell.to && spell.from >= from))
    const population = populationsOver(views, BY_THE_RULES, context.revision)(to)
    const present = new Set(population.ids)
    const byPerson = [...Map.groupBy(led, ({ personId }) => personId)]
    const people = byPerson.map(([personId, own]) => ({
      person: refOf(views.people, personId, context),
      role: own.some(({ what }) => what === 'role'),
      hosting: own.some(({ what }) => what === 'hosting'),
      invitation: own.some(({ what }) => what === 'invitation'),
      duty: round6(dutyOf(views, personId, own, { from, to }, context)),
    }))
    const leaders = byPerson.filter(([personId]) => present.has(personId)).length
    return {
      people: [...inOrder(people, ({ person }) => [person.name ?? '', person.id])],
      leaders,
      of: present.size,
      breadth: round6(breadth(leaders, present.size)),
      firstActs: firstActsOf(views, spells, context.revision).filter(
        ({ at, enabledBy }) => enabledBy.length > 0 && from <= at && at < to,
      ).length,
    }
  },
})

function dutyOf(
  { people }: InfluenceViews,
  personId: string,
  own: readonly LeadingSpell[],
  window: DaySpan,
  { revision }: AskContext,
): number | null {
  const memberships = people.people.get(personId)?.memberships.filter(({ joined }) => joined.revision <= revision) ?? []
  // Of people an import names it is not known when they were there: the period is all theirs.
  const there =
    memberships.length === 0
      ? [window]
      : memberships.flatMap(({ joined, left }) => {
          const span = { from: Math.max(window.from, joined.at), to: Math.min(window.to, left?.at ?? window.to) }
          return span.from < span.to ? [span] : []
        })
  return dutyShare(
    own.filter(({ isDuty }) => isDuty),
    there,
  )
}

/** Everybody's first act of leading, and who made it possible. */
export function firstActsOf(
  { influence, people }: InfluenceViews,
  spells: readonly LeadingSpell[],
  revision: number,
): readonly (FirstAct & { readonly at: number })[] {
  const mentors = mentorsOf(influence, revision)
  const firsts = [...Map.groupBy(spells, ({ personId }) => personId)].map(([who, own]) => {
    const at = Math.min(...own.map(({ from }) => from))
    const enabling = own.filter(({ from }) => from === at).flatMap(({ enabledBy }) => enabledBy)
    const mentoring = (mentors.get(who) ?? []).filter(({ from, to }) => from <= at && at < to)
    return { who, at, enabledBy: [...enabling, ...mentoring.map(({ mentor }) => mentor)] }
  })
  return firsts.filter(({ who }) => people.people.has(who))
}

/** Mentorships by mentee. */
function mentorsOf({ live: { facts } }: InfluenceViews['influence'], revision: number) {
  const ties = [...facts.entryGroups()].flatMap((group) => {
    const [kind, mentor = ''] = group.split(' ')
    return kind === 'mentor' ? readTies(facts.entries(group, revision)).map((tie) => ({ ...tie, mentor })) : []
  })
  return Map.groupBy(ties, (tie) => tie.with)
}

/** M-14 as it was known at a point: how many first acts each person made possible. */
export function activationsAt(views: InfluenceViews, point: { asOf: number; revision: number }) {
  return activation(firstActsOf(views, leadingSpells(views, point), point.revision))
}

import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { formalInformalGap } from '../../src/measures/movement.ts'
import { round6 } from '../../src/measures/rounding.ts'
import { inOrder } from '../roster/in-order.ts'
import {
  type Counting,
  countingOf,
  countingParams,
  type InfluenceViews,
  influenceReads,
  memberParam,
  scopeParams,
} from './asked-influence.ts'
import { type Counted, countedAt, isFormal, sumOf } from './counted.ts'
import { inWords, shownFigure } from './in-words.ts'
import {
  counting,
  countingAnswer,
  type PersonInfluence,
  personAnswer,
  personInfluence,
  spread,
  spreadOf,
  totalsOf,
} from './influence-answers.ts'

export const influence = defineQuestion({
  name: 'influence',
  summary:
    'How concentrated influence was at a moment, whose offices make it, and how it was counted; people by name, never by how much they have.',
  reads: influenceReads,
  params: z.strictObject({ ...countingParams, ...scopeParams, ...memberParam }),
  answer: classed(
    1,
    z.object({
      people: z
        .array(personInfluence)
        .meta({ description: 'Those who have any, by name; none where the community shows figures alone' }),
      count: z.int().meta({ description: 'How many people were counted, those without influence included' }),
      ...spread,
      formalInformalGap: z
        .number()
        .nullable()
        .meta({ description: 'How far offices and all other influence lie apart, 0 to 1; null without one of them' }),
      counting,
      visibility: z.enum(['aggregate', 'formal', 'named']),
    }),
  ),
  timed: true,
  public: false,
  http: { path: '/influence' },
  cli: { verb: 'influence', positional: ['member'], aliases: { on: 'asOf' } },
  rows: ({ people }) => people.map(influenceRow),
  words: ({ count, concentration, withoutBaseline, counting: how }) => [
    ...inWords(count, concentration),
    `Without the baseline voice: G* ${shownFigure(withoutBaseline.giniCorrected)}, as if shared by ${shownFigure(withoutBaseline.hill.n2)}.`,
    `Counted over ${how.population} with ${how.halfLifeDays === null ? 'no memory' : `a half-life of ${how.halfLifeDays} days`} and a baseline of ${how.baseline}, by version ${how.policyVersion} of the rules; --json has every figure.`,
    concentration.notSeen,
  ],
  ask(views, asked, context) {
    const wanted = countingOf(views, asked, context)
    if (isRefusal(wanted)) return wanted
    const counted = countedAt(views, wanted, context)
    return {
      people: peopleShown(views, wanted, counted, context),
      count: counted.population.ids.length,
      ...spreadOf(counted),
      formalInformalGap: round6(gapOf(counted)),
      counting: countingAnswer(counted),
      visibility: counted.policies.influenceVisibility,
    }
  },
})

/** One person's influence as a flat row. */
export function influenceRow({ person, influence: kinds, formal, informal, voice, share, lambda }: PersonInfluence) {
  return {
    name: person.name,
    handle: person.handle,
    ...(kinds as Readonly<Record<string, number>>),
    formal,
    informal,
    voice,
    share,
    lambda,
  }
}

/** Whose influence is shown, and how much of it, by the rule of the community. */
function peopleShown(
  { people }: InfluenceViews,
  { memberId }: Counting,
  counted: Counted,
  context: AskContext,
): PersonInfluence[] {
  const { vectors, policies } = counted
  if (policies.influenceVisibility === 'aggregate') return []
  const all = policies.influenceVisibility === 'named' ? totalsOf(counted) : undefined
  const shown = [...vectors]
    .filter(([personId]) => memberId === undefined || personId === memberId)
    .filter(([, vector]) => memberId !== undefined || sumOf(vector, all ? undefined : isFormal) > 0)
    .map(([personId, vector]) => personAnswer(people, personId, vector, all, context))
  return [...inOrder(shown, ({ person }) => [person.name ?? '', person.id])]
}

/** M-18 over everybody counted. */
export function gapOf({ vectors }: Counted): number | null {
  const part = (formal: boolean) =>
    new Map([...vectors].map(([personId, vector]) => [personId, sumOf(vector, (kind) => isFormal(kind) === formal)]))
  return formalInformalGap(part(true), part(false))
}

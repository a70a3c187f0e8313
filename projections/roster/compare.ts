import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { instantText } from '../../src/kernel/dates.ts'
import { defineQuestion, type Point } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { momentForm } from '../../src/kernel/text.ts'
import { rosterAt } from '../replay/differing.ts'
import { holdingAnswer, holdingRow } from './holding-answers.ts'
import { leavingOut, optionalCircle, optionalPerson, optionalRole, rosterReads, selectionOf } from './selecting.ts'

const point = classed(1, z.object({ asOf: z.string(), atRevision: z.int() }))

export const compare = defineQuestion({
  name: 'compare',
  summary:
    "What differs between two points: two dates, what was known at two dates, or both. The first point is the question's own.",
  reads: rosterReads,
  params: z.strictObject({
    thenAsOf: momentForm()
      .optional()
      .meta({ description: 'Moment of the second point; that of the first unless given' }),
    thenAsKnownAt: momentForm().optional().meta({ description: 'What was known by then; now unless given' }),
    thenAtRevision: z.int().min(0).optional(),
    ...optionalRole,
    ...optionalCircle,
    ...optionalPerson,
    ...leavingOut,
  }),
  answer: classed(
    1,
    z.object({
      first: point,
      second: point,
      onlyFirst: z.array(holdingAnswer),
      onlySecond: z.array(holdingAnswer),
      changed: z
        .array(z.object({ first: holdingAnswer, second: holdingAnswer }))
        .meta({ description: 'The same holding, told otherwise' }),
      same: z.int(),
    }),
  ),
  timed: true,
  public: true,
  http: { path: '/compare' },
  cli: {
    verb: 'compare',
    positional: ['asOf', 'thenAsOf'],
    aliases: { on: 'asOf', with: 'thenAsOf', 'with-known-by': 'thenAsKnownAt' },
  },
  rows: ({ onlyFirst, onlySecond, changed }) => [
    ...onlyFirst.map((holding) => ({ difference: 'only in the first', ...holdingRow(holding) })),
    ...onlySecond.map((holding) => ({ difference: 'only in the second', ...holdingRow(holding) })),
    ...changed.map(({ second }) => ({ difference: 'told otherwise in the second', ...holdingRow(second) })),
  ],
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection
    const other = context.pointAt(params.thenAsOf, params.thenAsKnownAt, params.thenAtRevision)
    if (isRefusal(other)) return other
    const second: Point = params.thenAsOf === undefined ? { ...other, asOf: context.asOf } : other
    const before = rosterAt(views, selection, context, context)
    const after = rosterAt(views, selection, second, context)
    const both = [...before].flatMap(([id, first]) => {
      const then = after.get(id)
      return then ? [{ first, second: then }] : []
    })
    const changed = both.filter((pair) => JSON.stringify(pair.first) !== JSON.stringify(pair.second))
    return {
      first: { asOf: instantText(context.asOf), atRevision: context.revision },
      second: { asOf: instantText(second.asOf), atRevision: second.revision },
      onlyFirst: [...before.values()].filter(({ holdingId }) => !after.has(holdingId)),
      onlySecond: [...after.values()].filter(({ holdingId }) => !before.has(holdingId)),
      changed,
      same: both.length - changed.length,
    }
  },
})

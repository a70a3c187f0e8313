import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { rosterAt } from '../replay/differing.ts'
import { pointAnswer, pointAnswerOf, secondPoint, secondPointParams, twoPointsCli } from '../replay/second-point.ts'
import { holdingAnswer, holdingRow } from './holding-answers.ts'
import { leavingOut, optionalCircle, optionalPerson, optionalRole, rosterReads, selectionOf } from './selecting.ts'

export const compare = defineQuestion({
  name: 'compare',
  summary:
    "What differs between two points: two dates, what was known at two dates, or both. The first point is the question's own.",
  reads: rosterReads,
  params: z.strictObject({
    ...secondPointParams,
    ...optionalRole,
    ...optionalCircle,
    ...optionalPerson,
    ...leavingOut,
  }),
  answer: classed(
    1,
    z.object({
      first: pointAnswer,
      second: pointAnswer,
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
  cli: { verb: 'compare', ...twoPointsCli },
  rows: ({ onlyFirst, onlySecond, changed }) => [
    ...onlyFirst.map((holding) => ({ difference: 'only in the first', ...holdingRow(holding) })),
    ...onlySecond.map((holding) => ({ difference: 'only in the second', ...holdingRow(holding) })),
    ...changed.map(({ second }) => ({ difference: 'told otherwise in the second', ...holdingRow(second) })),
  ],
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection
    const second = secondPoint(params, context)
    if (isRefusal(second)) return second
    const before = rosterAt(views, selection, context, context)
    const after = rosterAt(views, selection, second, context)
    const both = [...before].flatMap(([id, first]) => {
      const then = after.get(id)
      return then ? [{ first, second: then }] : []
    })
    const changed = both.filter((pair) => JSON.stringify(pair.first) !== JSON.stringify(pair.second))
    return {
      first: pointAnswerOf(context),
      second: pointAnswerOf(second),
      onlyFirst: [...before.values()].filter(({ holdingId }) => !after.has(holdingId)),
      onlySecond: [...after.values()].filter(({ holdingId }) => !before.has(holdingId)),
      changed,
      same: both.length - changed.length,
    }
  },
})

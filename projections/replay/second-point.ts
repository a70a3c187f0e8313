import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { instantText } from '../../src/kernel/dates.ts'
import type { AskContext, Point } from '../../src/kernel/define-question.ts'
import { isRefusal, type Refusal } from '../../src/kernel/refusal.ts'
import { momentForm } from '../../src/kernel/text.ts'

/** How a question that compares is given its second point; the first is its own. */
export const secondPointParams = {
  thenAsOf: momentForm().optional().meta({ description: 'Moment of the second point; that of the first unless given' }),
  thenAsKnownAt: momentForm().optional().meta({ description: 'What was known by then; now unless given' }),
  thenAtRevision: z.int().min(0).optional(),
}

interface Then {
  readonly thenAsOf?: string | undefined
  readonly thenAsKnownAt?: string | undefined
  readonly thenAtRevision?: number | undefined
}

/** The second point that was asked for. */
export function secondPoint({ thenAsOf, thenAsKnownAt, thenAtRevision }: Then, context: AskContext): Point | Refusal {
  const other = context.pointAt(thenAsOf, thenAsKnownAt, thenAtRevision)
  return isRefusal(other) || thenAsOf !== undefined ? other : { ...other, asOf: context.asOf }
}

export const pointAnswer = classed(1, z.object({ asOf: z.string(), atRevision: z.int() }))

/** A point as an answer names it. */
export function pointAnswerOf({ asOf, revision }: Point): z.output<typeof pointAnswer> {
  return { asOf: instantText(asOf), atRevision: revision }
}

/** The ways of saying which two points on the command line. */
export const twoPointsCli = {
  positional: ['asOf', 'thenAsOf'],
  aliases: { on: 'asOf', with: 'thenAsOf', 'with-known-by': 'thenAsKnownAt' },
}

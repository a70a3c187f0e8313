import { DAY_MS, dateBounds, parseDate } from '../kernel/dates.ts'
import type { Point } from '../kernel/define-question.ts'
import { type Refusal, refuse } from '../kernel/refusal.ts'
import type { Book } from './book.ts'

/** The two axes as they come in a request; either of the last two pins what the record said. */
export interface AskedPoint {
  readonly asOf?: string | undefined
  readonly asKnownAt?: string | undefined
  readonly atRevision?: number | undefined
}

/**
 * Where on the two axes a question is asked. `asOf` a day is its 00:00Z, `asKnownAt` a day its end; both default to
 * now, and `atRevision` pins the second one exactly.
 */
export function pointOf(asked: AskedPoint, book: Pick<Book, 'head' | 'lastBefore'>, now: number): Point | Refusal {
  const { asOf, asKnownAt, atRevision } = asked
  for (const [field, text] of [
    ['asOf', asOf],
    ['asKnownAt', asKnownAt],
  ] as const) {
    const precision = text === undefined ? 'day' : parseDate(text)?.precision
    if (precision !== 'day' && precision !== 'instant') {
      return refuse('VALIDATION_FAILED', {
        pointer: `/${field}`,
        facts: { [field]: text },
        message: `"${field}" must be a day that exists (2025-03-10) or an instant (2025-03-10T09:30:00Z).`,
      })
    }
  }
  if (asKnownAt !== undefined && atRevision !== undefined) {
    return refuse('VALIDATION_FAILED', {
      pointer: '/atRevision',
      message: 'Give "asKnownAt" or "atRevision", not both: each says what the record said.',
    })
  }
  if (atRevision !== undefined && atRevision > book.head) {
    return refuse('VALIDATION_FAILED', {
      pointer: '/atRevision',
      facts: { head: book.head },
      message: `The book has come to revision ${book.head} only.`,
    })
  }
  return {
    asOf: asOf === undefined ? now : dateBounds(asOf).earliest,
    revision: atRevision ?? (asKnownAt === undefined ? book.head : book.lastBefore(endOf(asKnownAt))),
  }
}

// A record made at the very instant asked about is known then, so the end of an instant is just after it.
function endOf(text: string): number {
  const { earliest, precision } = dateBounds(text)
  return precision === 'day' ? earliest + DAY_MS : earliest + 1
}

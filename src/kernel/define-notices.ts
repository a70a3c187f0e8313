import type { BookName } from './book.ts'
import type { SliceMap, StateOf } from './define-command.ts'
import type { NewEvent } from './define-event.ts'
import { defined } from './definitions.ts'

/**
 * That a date was, or will be, reached. Its id comes from rule, subject and due time, so it is written once, by whoever
 * runs the timer; no state and no answer depends on whether it stands in the book.
 */
export interface Notice {
  /** What it is about: an id. */
  readonly about: string
  /** ms since 1970. */
  readonly dueAt: number
  readonly event: NewEvent
}

export interface NoticesDefinition<R extends SliceMap = SliceMap> {
  /** The rule: part of every notice's id, so it never changes. */
  readonly name: string
  readonly book: BookName
  readonly reads: R
  /** Every notice this state calls for, past and to come. Pure. */
  due(state: StateOf<R>): readonly Notice[]
}

// biome-ignore lint/suspicious/noExplicitAny: a registry holds rules over slices of every shape
export type AnyNotices = NoticesDefinition<any>

/** Declares a rule by which dates are noticed. */
export function defineNotices<const R extends SliceMap>(definition: NoticesDefinition<R>): NoticesDefinition<R> {
  return defined('notices', definition)
}

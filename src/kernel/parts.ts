import type { NewEvent } from './define-event.ts'
import type { Refusal } from './refusal.ts'

/** A command given as a part of another one: a change that a proposal carries. */
export interface Part {
  readonly command: string
  /** Its fields. An id that an earlier part makes is written as {@link Made}. */
  readonly input: Readonly<Record<string, unknown>>
}

/** In place of an id: what the part of that 0-based place makes. */
export interface Made {
  readonly madeBy: number
}

export function isMade(value: unknown): value is Made {
  return typeof value === 'object' && value !== null && Number.isInteger((value as Partial<Made>).madeBy)
}

/** What somebody decided together, and under which a command is given. */
export interface Mandate {
  readonly proposalId: string
  readonly proposedBy: string
  readonly decisionClass: string
}

/** How one command decides others as parts of itself: all of their events are written in its own append, or none. */
export interface Parts {
  /**
   * Whether each part is a command that may be one and has its form. @returns NOT_EXECUTABLE naming the first that
   * does not, or the code of a rule about texts (LOOKS_LIKE_A_SECRET).
   */
  check(parts: readonly Part[]): Refusal | undefined
  /**
   * Decides the parts one after the other under a mandate, each on what the ones before it would have written.
   * @returns all their events, or CHANGE_REFUSED with index, command, code and facts of the part that failed.
   */
  decide(parts: readonly Part[], mandate: Mandate): readonly NewEvent[] | Refusal
}

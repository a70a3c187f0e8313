import type { Scenario } from './scenario.ts'

/** Whatever gives commands: a scenario of the engine, or a server over HTTP. */
export interface Doing {
  /** Gives a command that has to be done. @returns what its answer says was made. @throws Error where it is refused. */
  does(by: string, name: string, input?: object, effectiveAt?: string): Promise<Record<string, string>>
}

/** A scenario as {@link Doing}. */
export function doing(book: Scenario): Doing {
  return {
    async does(by, name, input = {}, effectiveAt) {
      const events = await book.given(name, input, by, effectiveAt === undefined ? {} : { effectiveAt })
      return (book.command(name).result?.(events) ?? {}) as Record<string, string>
    },
  }
}

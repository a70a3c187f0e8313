import { dayText } from '../kernel/dates.ts'
import type { LiveToken } from './live-tokens.ts'

const DELAY_MS = 1000

/**
 * Days on which tokens were used, collected in memory and written together a moment later, so that no request waits for
 * a disk. A day is written at most once for each token; a crash loses the days of the last second.
 */
export class DaysOfUse {
  readonly #waiting = new Map<string, string>()
  readonly #write: (days: ReadonlyMap<string, string>) => void
  #timer: NodeJS.Timeout | undefined

  constructor(write: (days: ReadonlyMap<string, string>) => void) {
    this.#write = write
  }

  /** Notes that a token is used on a day, counted from 1970-01-01; nothing happens if a day so late is noted already. */
  note(token: LiveToken, day: number): void {
    if (token.lastUsedDay >= day) return
    token.lastUsedDay = day
    this.#waiting.set(token.principal.tokenId, dayText(day))
    this.#timer ??= setTimeout(() => this.flush(), DELAY_MS).unref()
  }

  /** Writes what waits. If that fails it keeps waiting: a day of use is no reason to fail a request or the process. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#waiting.size === 0) return
    try {
      this.#write(this.#waiting)
      this.#waiting.clear()
    } catch {
      // Written with the next day of use, or at the end.
    }
  }

  /** The day noted for a token that is not written yet. */
  waiting(tokenId: string): string | undefined {
    return this.#waiting.get(tokenId)
  }
}

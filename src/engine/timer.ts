import type { Engine } from './engine.ts'

/**
 * Writes the notices that fall due by time alone. What is due comes from each community's own state, so the index of
 * next due times is only a way of not looking in vain: it is empty at the start, and rebuilt by looking.
 */
export class Timer {
  readonly #engine: Engine
  /** When the next notice of a community is due; Infinity for none. */
  readonly #next = new Map<string, number>()
  #running: Promise<number> | undefined

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /**
   * Writes everything due by now, hot communities and cold ones alike. A community that cannot be read keeps no other
   * waiting; it is looked at again the next time. @returns how many notices were written.
   */
  run(): Promise<number> {
    // Two runs at once would only do the same twice.
    this.#running ??= this.#runOnce().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #runOnce(): Promise<number> {
    const now = this.#engine.parts.clock()
    for (const id of this.#engine.takeChanged()) this.#next.delete(id)
    let written = 0
    for (const { community: id } of await this.#engine.list()) {
      if ((this.#next.get(id) ?? 0) > now) continue
      try {
        const { submissions, next } = (await this.#engine.community(id)).dueNotices(now)
        for (const submission of submissions) {
          const outcome = await this.#engine.submit(id, submission)
          if (outcome.kind === 'done' && !outcome.repeated) written += 1
        }
        this.#next.set(id, next ?? Number.POSITIVE_INFINITY)
      } catch {
        this.#next.delete(id)
      }
    }
    for (const id of this.#engine.takeChanged()) this.#next.delete(id)
    return written
  }

  /** Runs now and every so often, until stopped. `failed` hears of what a run could not do. */
  start(everyMs: number, failed: (error: unknown) => void): () => Promise<void> {
    const tick = () => void this.run().catch(failed)
    tick()
    const interval = setInterval(tick, everyMs)
    interval.unref()
    return async () => {
      clearInterval(interval)
      await this.#running?.catch(() => undefined)
    }
  }
}

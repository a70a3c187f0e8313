import type { Revision } from '../kernel/book.ts'
import type { AnyQuestion } from '../kernel/define-question.ts'
import { RevisionConflict } from '../ledger/port.ts'
import { Evicted } from './errors.ts'
import { HotCommunity } from './hot-community.ts'
import type { AskedPoint } from './point.ts'
import type { EngineParts } from './ports.ts'
import type { Asked, Outcome, Submission } from './submission.ts'

const TRIES = 3

/** The communities of one node: loaded when first asked for, each its own order of commands. */
export class Engine {
  readonly parts: EngineParts
  readonly #hot = new Map<string, Promise<HotCommunity>>()

  readonly #changed = new Set<string>()

  constructor(parts: EngineParts) {
    this.parts = parts
  }

  /** The community, hot. @throws LedgerDoesNotVerify and the store's errors. */
  community(id: string): Promise<HotCommunity> {
    const hot = this.#hot.get(id)
    if (hot) return hot
    const loading = HotCommunity.load(id, this.parts)
    this.#hot.set(id, loading)
    loading.catch(() => {
      if (this.#hot.get(id) === loading) this.#hot.delete(id)
    })
    return loading
  }

  /**
   * Gives a command to a community; see {@link HotCommunity.submit}. A lost race is decided again on the newer book, up
   * to three times, unless the caller said which version they saw.
   */
  async submit(id: string, submission: Submission, target?: string): Promise<Outcome> {
    for (let attempt = 1; ; attempt += 1) {
      const loading = this.community(id)
      const community = await loading
      try {
        const outcome = await community.submit(submission, target)
        this.#changed.add(id)
        return outcome
      } catch (error) {
        if (community.failed) this.#evict(id, loading)
        if (attempt >= TRIES || !isLostRace(error)) throw rootCause(error)
      }
    }
  }

  /** The communities given a command since this was asked last. */
  takeChanged(): readonly string[] {
    const changed = [...this.#changed]
    this.#changed.clear()
    return changed
  }

  /** Answers a question; see {@link HotCommunity.ask}. */
  async ask(id: string, question: AnyQuestion, params: unknown, point: AskedPoint, viewer?: string): Promise<Asked> {
    for (let attempt = 1; ; attempt += 1) {
      const loading = this.community(id)
      const community = await loading
      try {
        return await community.ask(question, params, point, viewer)
      } catch (error) {
        // A question writes nothing: where an append that it waited for failed, what is durable still answers it.
        if (!community.failed || attempt >= TRIES) throw rootCause(error)
        this.#evict(id, loading)
      }
    }
  }

  /** Whether a community has a record here, without loading one that has none. */
  async exists(id: string): Promise<boolean> {
    if (this.#hot.has(id)) return true
    for await (const page of this.parts.ledgers.read({ community: id, book: 'open' }, { to: 0 }))
      if (page.length > 0) return true
    return false
  }

  /** Communities with at least one record, by name. */
  async list(): Promise<readonly { readonly community: string; readonly head: Revision }[]> {
    const found: { community: string; head: Revision }[] = []
    for await (const { id, head } of this.parts.ledgers.list())
      if (id.book === 'open') found.push({ community: id.community, head: head.revision })
    return found
  }

  /** The communities loaded so far. */
  async loaded(): Promise<readonly HotCommunity[]> {
    const settled = await Promise.allSettled(this.#hot.values())
    return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  }

  /** Waits until everything decided so far is durable or has failed. */
  async settled(): Promise<void> {
    for (const community of await this.loaded()) await community.settled()
  }

  #evict(id: string, loading: Promise<HotCommunity>): void {
    if (this.#hot.get(id) === loading) this.#hot.delete(id)
  }
}

function isLostRace(error: unknown): boolean {
  return error instanceof Evicted || error instanceof RevisionConflict
}

function rootCause(error: unknown): unknown {
  return error instanceof Evicted && error.cause !== undefined ? error.cause : error
}

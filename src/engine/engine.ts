import type { Revision } from '../kernel/book.ts'
import type { AnyQuestion } from '../kernel/define-question.ts'
import { type Refusal, refuse } from '../kernel/refusal.ts'
import { RevisionConflict } from '../ledger/port.ts'
import { Evicted } from './errors.ts'
import { followStore } from './following.ts'
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
  async community(id: string): Promise<HotCommunity> {
    const loading = this.#loading(id)
    const community = await loading
    // What other nodes wrote may have shown that it cannot be trusted, while nobody asked.
    if (!community.failed) return community
    this.#evict(id, loading)
    return this.#loading(id)
  }

  #loading(id: string): Promise<HotCommunity> {
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
   * Gives a command to a community; see {@link HotCommunity.submit}. Where the community had to be given up, the command
   * is decided again on the one that is loaded anew, up to three times.
   */
  async submit(id: string, submission: Submission, target?: string): Promise<Outcome> {
    for (let attempt = 1; ; attempt += 1) {
      const loading = this.#loading(id)
      const community = await loading
      try {
        const outcome = await community.submit(submission, target)
        this.#changed.add(id)
        return outcome
      } catch (error) {
        if (community.failed) this.#evict(id, loading)
        if (attempt >= TRIES || !community.failed || !isLostRace(error)) throw rootCause(error)
      }
    }
  }

  /**
   * Keeps the communities in use current with what other nodes write. @returns what stops it.
   */
  follow(): () => Promise<void> {
    return followStore(this.parts.ledgers, {
      heard: ({ id: { community, book }, record }) => {
        this.#changed.add(community)
        this.#whenLoaded(community, (hot) => hot.heard({ book, record }))
      },
      missed: () => {
        for (const id of this.#hot.keys()) this.#whenLoaded(id, (hot) => hot.catchUp())
      },
    })
  }

  /**
   * Waits until a community has come to a revision of its open book here. @returns why that cannot be, where it cannot.
   * @throws the store's errors where it cannot be asked.
   */
  async reach(id: string, revision: Revision): Promise<Refusal | undefined> {
    const community = await this.community(id)
    if (await community.reach(revision)) return undefined
    return refuse('REVISION_NOT_REACHED', {
      pointer: '/minRevision',
      facts: { minRevision: revision, head: community.head.revision },
      message: `The book has come to revision ${community.head.revision} only, in the store too.`,
    })
  }

  /** Reads on in a community's books where other nodes write to them. @returns whether there was anything new. */
  async catchUp(id: string): Promise<boolean> {
    if (!this.parts.shared) return false
    const community = await this.community(id)
    const before = community.head.revision
    await community.catchUp()
    return community.head.revision > before
  }

  /** The communities given a command here, or by another node, since this was asked last. */
  takeChanged(): readonly string[] {
    const changed = [...this.#changed]
    this.#changed.clear()
    return changed
  }

  /** Answers a question; see {@link HotCommunity.ask}. */
  async ask(id: string, question: AnyQuestion, params: unknown, point: AskedPoint, viewer?: string): Promise<Asked> {
    for (let attempt = 1; ; attempt += 1) {
      const loading = this.#loading(id)
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
    for await (const { id, head } of this.parts.ledgers.list()) {
      if (id.book !== 'open') continue
      found.push({ community: id.community, head: head.revision })
      // Whatever became of the word of it: now it is known.
      this.#whenLoaded(id.community, (hot) => (hot.head.revision < head.revision ? hot.catchUp() : undefined))
    }
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

  #whenLoaded(id: string, does: (hot: HotCommunity) => unknown): void {
    if (!this.parts.shared) return
    // One that cannot be loaded now is read from the start when it is asked for again.
    this.#hot
      .get(id)
      ?.then((hot) => does(hot))
      .catch(() => undefined)
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

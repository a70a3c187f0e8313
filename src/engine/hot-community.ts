import type { BookName, Revision } from '../kernel/book.ts'
import type { AnyQuestion } from '../kernel/define-question.ts'
import type { RecordedEvent } from '../kernel/envelope.ts'
import { type AnyProjection, type AnySlice, Folds } from '../kernel/folds.ts'
import type { SealedAt } from '../kernel/sealed.ts'
import type { LedgerRecord, NonEmpty } from '../ledger/port.ts'
import { ActsDone } from './acts-done.ts'
import { decideAmongOthers } from './among-others.ts'
import { answered } from './answering.ts'
import { appendSettled } from './appending.ts'
import type { Book } from './book.ts'
import { Considering } from './considering.ts'
import type { Drafted } from './drafting.ts'
import { type DueNotices, dueNotices } from './due-notices.ts'
import { Evicted, LedgerDoesNotVerify } from './errors.ts'
import { Fingerprints } from './fingerprints.ts'
import { Followers } from './followers.ts'
import type { Heard } from './inbox.ts'
import type { Inside } from './inside.ts'
import { loadBook, readEvents } from './loading.ts'
import { Matters } from './matters.ts'
import type { AskedPoint } from './point.ts'
import type { EngineParts, Standing } from './ports.ts'
import { ReadingOn } from './reading-on.ts'
import { Receipts } from './receipts.ts'
import { Sealer } from './sealer.ts'
import type { Asked, Outcome, Submission } from './submission.ts'
import { TouchIndex } from './touch-index.ts'
import { type ViewDigests, viewDigests } from './view-digests.ts'

/**
 * One community in memory: its books' heads, the state commands are decided against, and its views. Commands are decided
 * one after the other on the speculative head, records not yet durable included; every answer is released only when the
 * revision it was computed at is durable. After a failed append the whole is thrown away and loaded again.
 *
 * Where other nodes write to the same store, appends lose races, and folds cannot go back. There nothing is applied
 * before it is durable; after a lost race the book is read on and the command decided again.
 */
export class HotCommunity {
  readonly id: string
  readonly #parts: EngineParts
  readonly #state: Folds
  readonly #views: Folds
  readonly #sealer: Sealer
  readonly #books = new Map<BookName, Book>()
  readonly #done = new ActsDone()
  readonly #touched: TouchIndex
  readonly #fingerprints: Fingerprints
  readonly #receipts: Receipts
  readonly #matters: Matters
  readonly #followers = new Followers()
  readonly #others: ReadingOn
  readonly #inside: Inside
  readonly #considering: Considering
  #turn: Promise<unknown> = Promise.resolve()
  #durable: Promise<unknown> = Promise.resolve()
  #failure: Error | undefined

  private constructor(id: string, parts: EngineParts, fingerprints: Fingerprints) {
    this.id = id
    this.#parts = parts
    this.#state = new Folds(parts.registry.slices as readonly AnySlice[])
    this.#views = new Folds(parts.registry.projections as readonly AnyProjection[])
    this.#sealer = new Sealer(id, parts.vault, parts.registry.events, parts.keeping)
    this.#fingerprints = fingerprints
    this.#receipts = new Receipts(parts.signer)
    this.#matters = new Matters({
      isMember: (personId) => this.standing.isMember(personId),
      readsLater: (event, personId) => this.standing.readsLater(event, personId),
      mayBeReadLater: (event) => parts.mayBeReadLater(event),
    })
    this.#touched = new TouchIndex((event) => this.#touches(event))
    this.#others = new ReadingOn({
      ledgers: parts.ledgers,
      events: parts.registry.events,
      sealer: this.#sealer,
      book: (name) => this.#book(name),
      apply: (event) => this.#apply(event),
      applied: async (name, events) => {
        if (name === 'open') this.#followers.tell(events)
        await this.#afterOthers(events)
      },
      inTurn: (does) => this.#inTurn(does),
      fail: (error) => this.#fail(error),
      check: () => this.#check(),
    })
    this.#inside = this.#insideOf()
    this.#considering = new Considering(this.#inside)
  }

  #insideOf(): Inside {
    const standing = () => this.standing
    const durable = () => this.#durable
    return {
      id: this.id,
      parts: this.#parts,
      state: this.#state,
      views: this.#views,
      sealer: this.#sealer,
      done: this.#done,
      fingerprints: this.#fingerprints,
      receipts: this.#receipts,
      matters: this.#matters,
      get standing() {
        return standing()
      },
      get durable() {
        return durable()
      },
      book: (name) => this.#book(name),
      touchedAt: (touch) => this.#touchedAt(touch),
      touches: (event) => this.#touches(event),
      eventsFor: (durable, range, naming) => this.#eventsFor(durable, range, naming),
      check: () => this.#check(),
    }
  }

  /** Loads a community by replay, its chain verified. A community without records is one that can be founded. */
  static async load(id: string, parts: EngineParts, to?: Revision): Promise<HotCommunity> {
    const community = new HotCommunity(id, parts, new Fingerprints(await parts.vault.communitySecret(id)))
    const erased: { personId: string; at: string }[] = []
    const left = new Map<string, string>()
    for (const book of ['open', 'private'] as const) {
      const loaded = await loadBook(
        parts.ledgers,
        { community: id, book },
        parts.registry.events,
        (event) => {
          community.#apply(event)
          const gone = parts.leftBy(event)
          if (gone !== undefined) left.set(gone, event.recordedAt)
          const personId = parts.erasedBy(event)
          if (personId !== undefined) erased.push({ personId, at: event.recordedAt })
        },
        to === undefined || book === 'private' ? {} : { to },
      )
      community.#books.set(book, loaded)
    }
    // A crash between the record and the end of the credentials must not leave any. Who signed in since, to come back
    // or to take their own along, stays signed in.
    for (const [personId, at] of left)
      if (!community.standing.isMember(personId)) await parts.endCredentials(id, personId, at)
    // A crash between the record and the destruction of the key must not leave the key.
    for (const { personId, at } of erased) await parts.vault.erase(id, personId, at)
    await community.#sealer.load()
    return community
  }

  /** Whether an append failed: nothing more is answered, and the community is to be loaded again. */
  get failed(): boolean {
    return this.#failure !== undefined
  }

  get standing(): Standing {
    return this.#parts.standingOf(this.#state)
  }

  get fingerprints(): Fingerprints {
    return this.#fingerprints
  }

  get head(): { readonly revision: Revision; readonly hash: string | null } {
    const book = this.#book('open')
    return { revision: book.head, hash: book.hash(book.head) ?? null }
  }

  /**
   * Decides a command and appends its events to its book, all or none. Resolves when they are durable. The same command
   * id again gives the first answer, with another request hash a refusal.
   * @throws Evicted, or the store's error, where the append failed; nothing was answered then.
   */
  async submit(submission: Submission, target?: string): Promise<Outcome> {
    if (this.#parts.shared) return this.#inTurn(() => this.#decideShared(submission, target))
    const { outcome, durable } = await this.#inTurn(() => this.#decide(submission, target))
    await durable
    return outcome
  }

  /** Takes in a record that another node may have written. */
  heard(heard: Heard): void {
    this.#others.heard(heard)
  }

  /** Reads on in both books. @throws the store's errors. */
  catchUp(): Promise<void> {
    return this.#others.catchUp()
  }

  /**
   * Waits until the open book has come to a revision here, for so long as is reasonable. @returns whether it has.
   * @throws StoreUnavailable where the store does not answer in time.
   */
  async reach(revision: Revision): Promise<boolean> {
    await this.#settledTurn()
    this.#check()
    if (revision > this.head.revision && this.#parts.shared) await this.#others.catchUpSoon()
    return revision <= this.head.revision
  }

  /** Answers a question at a point on both axes, from no record that is not durable when the answer is given. */
  async ask(question: AnyQuestion, params: unknown, asked: AskedPoint, viewer?: string): Promise<Asked> {
    // Nobody but the addressee knows of what is private, so nobody can name the revision it is to have come to.
    if (question.own && this.#parts.shared) await this.#others.catchUpSoon()
    else await this.#settledTurn()
    await this.#sealer.fresh()
    this.#check()
    return answered(this.#inside, question, params, asked, viewer)
  }

  /** The head of the open book now, given once it is durable. @throws the store's error where it never will be. */
  async durableHead(): Promise<{ readonly revision: Revision; readonly hash: string | null }> {
    await this.#settledTurn()
    this.#check()
    const { head } = this
    await this.#durable
    return head
  }

  /** The leaf hash of a record of the open book; undefined where the book has none there. */
  hashAt(revision: Revision): string | undefined {
    return this.#book('open').hash(revision)
  }

  /**
   * Calls the listener with every event of the open book after a revision, each once it is durable, until stopped.
   * `ended` is called where the community is loaded anew: whoever follows asks again from where they were.
   */
  async follow(after: Revision, listener: (event: RecordedEvent) => void, ended: () => void): Promise<() => void> {
    await this.#settledTurn()
    this.#check()
    const waiting: RecordedEvent[] = []
    let caughtUp = false
    let last = after
    const pass = (event: RecordedEvent) => {
      if (event.revision <= last) return
      last = event.revision
      listener(event)
    }
    const stop = this.#followers.add((event) => (caughtUp ? pass(event) : waiting.push(event)), ended)
    for await (const event of this.#eventsFor(this.#durable, { from: after + 1, to: this.head.revision })) pass(event)
    caughtUp = true
    for (const event of waiting) pass(event)
    return stop
  }

  /** Opens a sealed text of an event, for whoever was found to be allowed to read it. */
  open(sealed: SealedAt): string | undefined {
    return this.#sealer.open(sealed)
  }

  /** Makes sure that what is sealed can be opened, or is known to be erased. @throws the vault's errors. */
  freshKeys(): Promise<void> {
    return this.#sealer.fresh()
  }

  /** A signed checkpoint of the open book at a size; undefined where the book is smaller. */
  checkpointAt(size: number): string | undefined {
    return this.#receipts.checkpoint(this.#book('open'), size)
  }

  /** RFC 9162 inclusion proof of a record in the tree of the first `size` records. */
  inclusionProof(revision: Revision, size: number): readonly string[] {
    return this.#book('open').tree.inclusionProof(revision, size)
  }

  /** The notices due by a moment that are not written yet, and when the next is. */
  dueNotices(now: number): DueNotices {
    this.#check()
    const rules = this.#parts.registry.notices.map((rule) => {
      const reads = Object.entries(rule.reads) as [string, AnySlice][]
      const state = Object.fromEntries(reads.map(([name, slice]) => [name, this.#state.of(slice)]))
      return { rule, notices: rule.due(state as never) }
    })
    return dueNotices(rules, now, this.#fingerprints, (commandId) => this.#done.of(commandId) !== undefined)
  }

  /** A digest of every view at the durable head: a rebuild from the book must reach the same. */
  async digests(): Promise<ViewDigests> {
    await this.#settledTurn()
    this.#check()
    const { revision } = this.head
    const digests = viewDigests(revision, this.#parts.registry.projections, this.#views)
    await this.#durable
    return digests
  }

  /** Waits until everything decided so far is durable or has failed. */
  async settled(): Promise<void> {
    await this.#turn
    await this.#durable.catch(() => undefined)
  }

  async #decide(
    submission: Submission,
    target: string | undefined,
  ): Promise<{ outcome: Outcome; durable: Promise<unknown> }> {
    const considered = await this.#considering.consider(submission, target)
    if ('outcome' in considered) return { outcome: considered.outcome, durable: this.#durable }
    const { drafted, book, now } = considered
    const durable = this.#append(book, recordsOf(drafted))
    const events = this.#applyOwn(book, drafted)
    // What is answered may rest on either book, so an answer waits for all that was appended before it.
    this.#durable = Promise.all([
      this.#durable,
      this.#endsSomething(events) ? durable.then(() => this.#afterwards(events, now)) : durable,
    ])
    if (submission.command.book === 'open')
      this.#durable.then(
        () => this.#followers.tell(events),
        () => this.#followers.end(),
      )
    this.#durable.catch(() => undefined) // whoever waits for it hears of it; nobody may be waiting
    return { outcome: this.#considering.doneOutcome(events, false), durable: this.#durable }
  }

  /** As {@link #decide}, where other nodes write too. */
  #decideShared(submission: Submission, target: string | undefined): Promise<Outcome> {
    return decideAmongOthers(submission, {
      others: this.#others,
      consider: () => this.#considering.consider(submission, target),
      append: ({ book, drafted }) => appendSettled(this.#parts.ledgers, book.id, book.expected, recordsOf(drafted)),
      take: async ({ book, drafted, now }) => {
        const events = this.#applyOwn(book, drafted)
        await this.#afterwards(events, now)
        if (book.id.book === 'open') this.#followers.tell(events)
        return this.#considering.doneOutcome(events, false)
      },
    })
  }

  #applyOwn(book: Book, drafted: readonly Drafted[]): readonly RecordedEvent[] {
    return drafted.map(({ event, record }) => {
      book.add(event, record.hash)
      this.#apply(event)
      return event
    })
  }

  #endsSomething(events: readonly RecordedEvent[]): boolean {
    return events.some((event) => this.#parts.erasedBy(event) ?? this.#parts.leftBy(event))
  }

  /** Destroys the keys of whoever was erased by these events, and ends the credentials of whoever left. */
  async #afterwards(events: readonly RecordedEvent[], now: number): Promise<void> {
    const erased = events.flatMap((event) => this.#parts.erasedBy(event) ?? [])
    const left = events.flatMap((event) => this.#parts.leftBy(event) ?? [])
    try {
      await this.#erase(erased, now)
      for (const personId of left) await this.#parts.endCredentials(this.id, personId)
    } catch (error) {
      // Loading the community does it again.
      throw this.#fail(error)
    }
  }

  #inTurn<T>(does: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(does)
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  /** What is applied where others write too is durable already, and no question waits for an append under way. */
  async #settledTurn(): Promise<void> {
    if (!this.#parts.shared) await this.#turn
  }

  /** What another node's events end here too: caches and credentials. That node sees to it that it is durable. */
  async #afterOthers(events: readonly RecordedEvent[]): Promise<void> {
    for (const event of events) {
      const erased = this.#parts.erasedBy(event)
      const left = this.#parts.leftBy(event)
      if (erased !== undefined) await this.#parts.vault.erase(this.id, erased, event.recordedAt).catch(() => undefined)
      if (left !== undefined) await this.#parts.endCredentials(this.id, left, event.recordedAt).catch(() => undefined)
    }
  }

  /** From now on nothing is answered, and the community is to be loaded again. @returns the error, as one. */
  #fail(error: unknown): Error {
    this.#failure ??= error instanceof Error ? error : new Error(String(error))
    this.#followers.end()
    return this.#failure
  }

  async #touchedAt(touch: string): Promise<Revision> {
    await this.#durable
    return this.#touched.lastTouchOf(touch, () => this.#eventsFor(this.#durable, { from: 0, to: this.head.revision }))
  }

  #append(book: Book, records: NonEmpty<LedgerRecord>): Promise<void> {
    const expected = book.expected
    return appendSettled(this.#parts.ledgers, book.id, expected, records).then(
      () => undefined,
      (error: unknown) => {
        throw this.#fail(error)
      },
    )
  }

  async #erase(personIds: readonly string[], now: number): Promise<void> {
    for (const personId of personIds) await this.#parts.vault.erase(this.id, personId, new Date(now).toISOString())
  }

  #apply(event: RecordedEvent): void {
    this.#state.apply(event)
    this.#done.note(event)
    // In the very step: no answer that knows of the erasure says the name.
    const erased = this.#parts.erasedBy(event)
    if (erased !== undefined) this.#sealer.forget(erased)
    if (event.book !== 'open') {
      this.#matters.note(event)
      return
    }
    this.#views.apply(event)
    this.#touched.note(event)
  }

  async *#eventsFor(
    durable: Promise<unknown>,
    range: { from: Revision; to: Revision },
    naming: readonly string[] = [],
  ) {
    await durable
    if (range.to >= range.from)
      yield* readEvents(this.#parts.ledgers, this.#book('open').id, this.#parts.registry.events, range, naming)
  }

  #touches(event: RecordedEvent): readonly string[] {
    return this.#parts.registry.events.get(event.type)?.touches(event.data as never) ?? []
  }

  #book(name: BookName): Book {
    const book = this.#books.get(name)
    if (!book) throw new LedgerDoesNotVerify(this.id, `its ${name} book is not loaded`)
    return book
  }

  #check(): void {
    if (this.#failure) throw new Evicted('the community is being loaded again', { cause: this.#failure })
  }
}

function recordsOf(drafted: readonly Drafted[]): NonEmpty<LedgerRecord> {
  return drafted.map(({ record }) => record) as unknown as NonEmpty<LedgerRecord>
}

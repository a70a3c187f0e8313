import type { Revision } from '../kernel/book.ts'
import type { AnyCommand, DecideContext } from '../kernel/define-command.ts'
import { actorText, type RecordedEvent } from '../kernel/envelope.ts'
import type { AnySlice } from '../kernel/folds.ts'
import type { OwnMatters } from '../kernel/matters.ts'
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.ts'
import type { ActDone } from './acts-done.ts'
import type { Considered } from './among-others.ts'
import { mayNotBackdate } from './backdating.ts'
import { decideContext, draft } from './drafting.ts'
import type { Inside } from './inside.ts'
import { readEvents } from './loading.ts'
import { NO_MATTERS } from './matters.ts'
import { partsOf } from './parts.ts'
import type { Outcome, Submission } from './submission.ts'
import { warningsIn } from './warnings.ts'

/** What a command comes to in one community as it stands: an earlier answer, a refusal, or events to be appended. */
export class Considering {
  readonly #inside: Inside
  readonly #slices = new Map<AnyCommand, Record<string, unknown>>()

  constructor(inside: Inside) {
    this.#inside = inside
  }

  /** Decides a command on the state as it is, and changes nothing. */
  async consider(submission: Submission, target: string | undefined): Promise<Considered> {
    this.#inside.check()
    const { command, commandId, requestHash } = submission
    const book = this.#inside.book(command.book)
    const earlier = submission.dryRun ? undefined : this.#inside.done.of(commandId)
    if (earlier) return { outcome: await this.#repeat(earlier, requestHash) }
    const openBook = this.#inside.book('open')
    const now = Math.max(
      this.#inside.parts.clock(),
      book.recordedAt(book.head) ?? 0,
      book === openBook ? 0 : (openBook.recordedAt(openBook.head) ?? 0),
    )
    const refusal =
      (submission.ifMatch === undefined || command.wayOut ? undefined : await this.#stale(submission, target)) ??
      mayNotBackdate(submission, now, this.#inside.standing.maxBackdateDays) ??
      this.#notHeld(submission, now)
    if (refusal) return { outcome: { kind: 'refused', refusal } }
    const context: DecideContext = decideContext(
      this.#inside.id,
      now,
      submission,
      this.#mattersFor(submission),
      this.#inside.fingerprints,
      this.#inside.parts.registry.events,
      (own) =>
        partsOf(
          { registry: this.#inside.parts.registry, state: this.#inside.state, head: openBook.head, act: submission },
          own,
        ),
    )
    const decision = command.decide(this.#slicesOf(command) as never, submission.input as never, context)
    if (isRefusal(decision)) return { outcome: { kind: 'refused', refusal: decision } }
    if (submission.dryRun) {
      const warnings = decision.flatMap(({ data }) => warningsIn(data))
      return { outcome: { kind: 'dry-run', events: decision, warnings } }
    }
    if (decision.length === 0) return { outcome: { kind: 'done', events: [], repeated: false, receipt: undefined } }
    await this.#inside.sealer.fresh()
    const missing = this.#inside.sealer.missing(decision, actorText(submission.actor))
    if (missing.length > 0) {
      await this.#inside.sealer.fetch(missing)
      if (this.#inside.sealer.missing(decision, actorText(submission.actor)).length > 0) {
        const message = 'The words would be those of a person who was erased.'
        return { outcome: { kind: 'refused', refusal: refuse('PERSON_ERASED', { message }) } }
      }
    }
    const privacy =
      command.book === 'private' ? { matters: this.#inside.matters, openRevision: openBook.head } : undefined
    return { drafted: draft(decision, book, submission, now, this.#inside.sealer, privacy), book, now }
  }

  #notHeld({ capacity, actor }: Submission, now: number): Refusal | undefined {
    if (capacity === undefined) return undefined
    if (actor.kind === 'person' && this.#inside.standing.holds(actor.personId, capacity, now)) return undefined
    return refuse('CAPACITY_NOT_HELD', {
      pointer: '/capacity',
      facts: { capacity },
      message: 'You do not hold that role now.',
    })
  }

  async #stale({ ifMatch = -1, command }: Submission, target: string | undefined): Promise<Refusal | undefined> {
    if (command.book === 'private') {
      const current = target === undefined ? -1 : (this.#inside.matters.tail(target)?.revision ?? -1)
      return current === ifMatch ? undefined : staleRefusal(ifMatch, current)
    }
    const { head } = this.#inside.book('open')
    // An ETag of a list or of a later answer is newer than the last touch, and as good.
    const current = target === undefined ? head : await this.#inside.touchedAt(target)
    if (current <= ifMatch && ifMatch <= head) return undefined
    return staleRefusal(ifMatch, current)
  }

  #mattersFor({ command, actor }: Submission): OwnMatters {
    const looks = command.book === 'private' || command.yes === true
    return looks && actor.kind === 'person' ? this.#inside.matters.ownOf(actor.personId) : NO_MATTERS
  }

  /** The slices a command declared, and no others. They are the same objects for as long as the community is hot. */
  #slicesOf(command: AnyCommand): Record<string, unknown> {
    let slices = this.#slices.get(command)
    if (!slices) {
      const reads = Object.entries(command.reads) as [string, AnySlice][]
      slices = Object.fromEntries(reads.map(([name, slice]) => [name, this.#inside.state.of(slice)]))
      this.#slices.set(command, slices)
    }
    return slices
  }

  async #repeat(earlier: ActDone, requestHash: string): Promise<Outcome> {
    if (earlier.requestHash === requestHash) {
      await this.#inside.durable
      return this.doneOutcome(await this.#eventsOf(earlier), true)
    }
    const message = 'This key was used before with another body. Use a new key for a new act.'
    return { kind: 'refused', refusal: refuse('IDEMPOTENCY_KEY_REUSED', { message }) }
  }

  async #eventsOf({ book, first, last }: ActDone): Promise<readonly RecordedEvent[]> {
    const id = { community: this.#inside.id, book }
    const events: RecordedEvent[] = []
    for await (const event of readEvents(this.#inside.parts.ledgers, id, this.#inside.parts.registry.events, {
      from: first,
      to: last,
    }))
      events.push(event)
    return events
  }

  /** The answer to a command from its events alone, so that a repeat gets the same one. */
  doneOutcome(events: readonly RecordedEvent[], repeated: boolean): Outcome {
    const last = events.at(-1)
    const receipts = this.#inside.receipts
    const book = this.#inside.book('open')
    return {
      kind: 'done',
      events,
      repeated,
      // Signing costs more than deciding, and not everybody who acts wants a receipt.
      get receipt() {
        return last?.book === 'private' ? receipts.ofMatter(last) : last && receipts.of(book, last.revision)
      },
    }
  }
}

function staleRefusal(ifMatch: Revision, current: Revision): Refusal {
  return refuse('PRECONDITION_FAILED', {
    facts: { ifMatch, current },
    message: 'The resource has changed since. Read it again and decide again.',
  })
}

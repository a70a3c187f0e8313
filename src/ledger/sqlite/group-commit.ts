import type { BookId } from '../../kernel/book.ts'
import { faultOf } from '../append-rules.ts'
import {
  type Appended,
  AppendOutcomeUnknown,
  type Expected,
  type LedgerRecord,
  type NonEmpty,
  StoreUnavailable,
} from '../port.ts'
import { Batch } from './batch.ts'
import { brokenBy, errorOf } from './failure.ts'
import type { FromWriter, Group } from './messages.ts'

/** Fewer appends than this are no group to send early: one transaction more would cost more than it saves. */
const SMALLEST_HALF = 8

export interface GroupCommitOptions {
  /** Sends a group to the writer, which answers each group once, through {@link GroupCommit.answered}. */
  readonly send: (group: Group) => void
  /** Called after every commit. */
  readonly onCommit: () => void
  /** Called once, when no write can follow. */
  readonly onFatal: (error: StoreUnavailable) => void
}

/**
 * Gathers the appends that arrive while a commit is under way and sends them as one group into the next transaction.
 * Nothing is ever held back: an append waits for the end of the commit before it and of the event loop's turn.
 */
export class GroupCommit {
  readonly #options: GroupCommitOptions
  #gathered: Batch[] = []
  #underWay: Batch | undefined
  #isScheduled = false
  #enough = Number.POSITIVE_INFINITY
  #refusal: StoreUnavailable | undefined
  #isBroken = false
  #drained: (() => void) | undefined

  constructor(options: GroupCommitOptions) {
    this.#options = options
  }

  append(id: BookId, expected: Expected, records: NonEmpty<LedgerRecord>): Promise<Appended> {
    const fault = this.#refusal ?? faultOf(expected, records)
    if (fault !== undefined) return Promise.reject(fault)
    let batch = this.#gathered.at(-1)
    if (batch === undefined || batch.isFull) {
      batch = new Batch()
      this.#gathered.push(batch)
      this.#schedule()
    }
    const done = batch.add(id, expected, records)
    this.#sendIfEnough()
    return done
  }

  /** Takes the writer's answer to the group under way. */
  answered(message: FromWriter): void {
    const batch = this.#underWay
    switch (message.kind) {
      case 'committed':
        this.#underWay = undefined
        this.#enough = this.#halfOf(batch)
        this.#sendIfEnough()
        batch?.settle(message.conflicts)
        this.#options.onCommit()
        break
      case 'failed':
        this.#underWay = undefined
        batch?.reject(errorOf(message.failure))
        if (message.failure.fatal) this.#break(message.failure.message)
        break
      case 'broken':
        this.#break(message.failure.message)
    }
    this.#schedule()
  }

  /** The writer is gone, and with it the answer to the group under way. */
  lost(reason: string): void {
    if (this.#drained !== undefined && this.#isIdle()) return
    this.#underWay?.reject(new AppendOutcomeUnknown(`the writer stopped before it answered: ${reason}`))
    this.#underWay = undefined
    this.#break(reason)
  }

  /** Refuses appends from now on, and resolves when all earlier ones have their answer. */
  drain(): Promise<void> {
    this.#refusal ??= new StoreUnavailable('the ledger is closed')
    return new Promise((resolve) => {
      this.#drained = resolve
      this.#tellIfDrained()
    })
  }

  #break(message: string): void {
    if (this.#isBroken) return
    this.#isBroken = true
    const error = brokenBy(message)
    this.#refusal ??= error
    for (const batch of this.#gathered.splice(0)) batch.reject(error)
    this.#tellIfDrained()
    this.#options.onFatal(error)
  }

  // The end of the turn and not at once: whoever was just answered, or is read from a socket in this turn, comes along.
  #schedule(): void {
    this.#tellIfDrained()
    if (this.#isScheduled || this.#underWay !== undefined || this.#gathered.length === 0) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      if (this.#underWay === undefined) this.#sendNext()
    })
  }

  #sendNext(): void {
    this.#underWay = this.#gathered.shift()
    if (this.#underWay !== undefined) this.#options.send(this.#underWay.group)
  }

  // Writers that were answered together act again within one turn. Half of them make a group while the other half still
  // decides: so the disk and the deciding work side by side, and nobody waits for the end of the turn.
  #sendIfEnough(): void {
    const waiting = this.#gathered[0]?.group.counts.length ?? 0
    if (this.#underWay === undefined && waiting >= this.#enough) this.#sendNext()
  }

  #halfOf(answered: Batch | undefined): number {
    const waiting = this.#gathered.reduce((sum, batch) => sum + batch.group.counts.length, 0)
    return Math.max(SMALLEST_HALF, Math.ceil(((answered?.group.counts.length ?? 0) + waiting) / 2))
  }

  #tellIfDrained(): void {
    if (this.#isIdle()) this.#drained?.()
  }

  #isIdle(): boolean {
    return this.#underWay === undefined && this.#gathered.length === 0
  }
}

import type { RecordedEvent } from './envelope.ts'

/** One private thing between its parties (an ask, a case, a pair), as one of them may read it. */
export interface Matter {
  readonly id: string
  /** What the reader may read of it, in the order of the matter. */
  readonly events: readonly RecordedEvent[]
  /** The matter hash of each of them: what receipts name and the next record's `previousInMatter` repeats. */
  readonly hashes: readonly string[]
}

/** The private book as one person may read it: what they are no party of does not exist. */
export interface OwnMatters {
  all(): readonly Matter[]
  of(matterId: string): Matter | undefined
}

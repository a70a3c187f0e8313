import type { BookName, Revision } from '../kernel/book.ts'
import type { RecordedEvent } from '../kernel/envelope.ts'
import type { Folds } from '../kernel/folds.ts'
import type { ActsDone } from './acts-done.ts'
import type { Book } from './book.ts'
import type { Fingerprints } from './fingerprints.ts'
import type { Matters } from './matters.ts'
import type { EngineParts, Standing } from './ports.ts'
import type { Receipts } from './receipts.ts'
import type { Sealer } from './sealer.ts'

/** What deciding and answering look at of a community in memory. They change none of it. */
export interface Inside {
  readonly id: string
  readonly parts: EngineParts
  readonly state: Folds
  readonly views: Folds
  readonly sealer: Sealer
  readonly done: ActsDone
  readonly fingerprints: Fingerprints
  readonly receipts: Receipts
  readonly matters: Matters
  readonly standing: Standing
  /** Resolves when everything applied so far is durable; rejects where it never will be. */
  readonly durable: Promise<unknown>
  book(name: BookName): Book
  /** The revision of the last open event that touched something. */
  touchedAt(touch: string): Promise<Revision>
  touches(event: RecordedEvent): readonly string[]
  /** Open events of a range, once what they are to be read after is durable. */
  eventsFor(
    durable: Promise<unknown>,
    range: { from: Revision; to: Revision },
    naming?: readonly string[],
  ): AsyncIterable<RecordedEvent>
  /** @throws Evicted where the community is being loaded again. */
  check(): void
}

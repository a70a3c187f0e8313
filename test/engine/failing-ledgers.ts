import type { BookId } from '../../src/kernel/book.ts'
import type { Appended, Expected, LedgerRecord, Ledgers, NonEmpty, ReadRange } from '../../src/ledger/port.ts'

/** What happens to one append: `append` does it, and what is returned or thrown is what the engine gets. */
export type Meddling = (append: () => Promise<Appended>, records: NonEmpty<LedgerRecord>) => Promise<Appended>

/** A store whose next appends go wrong as a test says; without a word from it, all goes well. */
export class FailingLedgers implements Ledgers {
  readonly #real: Ledgers
  readonly #next: Meddling[] = []
  /** Changes a record on its way out, as a hand in the file would. */
  tamper: (record: LedgerRecord, id: BookId) => LedgerRecord = (record) => record
  appends = 0

  constructor(real: Ledgers) {
    this.#real = real
  }

  /** The next append that nobody meddles with yet. */
  next(...meddling: readonly Meddling[]): void {
    this.#next.push(...meddling)
  }

  async append(id: BookId, expected: Expected, records: NonEmpty<LedgerRecord>): Promise<Appended> {
    this.appends += 1
    const append = () => this.#real.append(id, expected, records)
    const meddling = this.#next.shift()
    return meddling ? meddling(append, records) : append()
  }

  async *read(id: BookId, range?: ReadRange): AsyncIterable<readonly LedgerRecord[]> {
    for await (const page of this.#real.read(id, range)) yield page.map((record) => this.tamper(record, id))
  }

  follow(...given: Parameters<Ledgers['follow']>) {
    return this.#real.follow(...given)
  }

  list() {
    return this.#real.list()
  }

  answers() {
    return this.#real.answers()
  }

  close() {
    return this.#real.close()
  }
}

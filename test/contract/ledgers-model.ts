import fc from 'fast-check'
import { expect } from 'vitest'
import type { BookId } from '../../src/kernel/book.ts'
import type { Appended, Expected, LedgerRecord, Ledgers, NonEmpty } from '../../src/ledger/port.ts'
import { freshBook, readAll, recordOf } from '../support/records.ts'

const STEP = fc.record({
  book: fc.nat({ max: 2 }),
  /** Where the writer believes the book to be: at its head, mostly, or a little beside it. */
  offset: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: -3, max: 2 })),
  texts: fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 3 }),
  /** Repeats an earlier append of any book, word for word. */
  repeats: fc.option(fc.nat(), { freq: 4 }),
  /** Takes the id of an earlier record for its last one. */
  takesId: fc.option(fc.nat(), { freq: 8 }),
  /** Waits for all answers before the next step. */
  waits: fc.boolean(),
})

type Step = typeof STEP extends fc.Arbitrary<infer T> ? T : never
type Append = readonly [BookId, Expected, NonEmpty<LedgerRecord>]
type Answer = Appended | { readonly expected: Expected; readonly actual: Expected }

/** Compares the store with plain arrays over generated appends, one after the other or all at once. */
export async function modelAgrees(ledgers: Ledgers, findsTakenIds: boolean): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { maxLength: 30 }), async (steps) => {
      const model = new Model(findsTakenIds)
      const answers: Promise<unknown>[] = []
      const predicted: Answer[] = []
      for (const step of steps) {
        const append = model.appendOf(step)
        predicted.push(model.append(append))
        answers.push(ledgers.append(...append).catch((error) => error))
        if (step.waits) await Promise.all(answers)
      }
      const actual = await Promise.all(answers)
      for (const [index, answer] of predicted.entries()) expect(actual[index]).toMatchObject(answer)
      for (const [id, records] of model.books) expect(await readAll(ledgers, id)).toEqual(records)
    }),
    { numRuns: 60 },
  )
}

class Model {
  readonly books = new Map<BookId, LedgerRecord[]>([
    [freshBook(), []],
    [freshBook(), []],
    [freshBook('private'), []],
  ])
  readonly #appends: Append[] = []
  readonly #findsTakenIds: boolean

  constructor(findsTakenIds: boolean) {
    this.#findsTakenIds = findsTakenIds
  }

  appendOf(step: Step): Append {
    const earlier = step.repeats === null ? undefined : pick(this.#appends, step.repeats)
    const append = earlier ?? this.#fresh(step)
    this.#appends.push(append)
    return append
  }

  append([id, expected, records]: Append): Answer {
    const book = this.books.get(id) ?? []
    const from = expected === 'empty' ? 0 : expected + 1
    const answer = { from, to: from + records.length - 1 }
    const actual = book.length === 0 ? 'empty' : book.length - 1
    if (from !== book.length) {
      const there = book.slice(from, from + records.length)
      return JSON.stringify(there) === JSON.stringify(records) ? answer : { expected, actual }
    }
    const ids = [...[...this.books.values()].flat(), ...records].map((record) => record.id)
    if (new Set(ids).size !== ids.length) return { expected, actual }
    book.push(...records)
    return answer
  }

  #fresh({ book, offset, texts, takesId }: Step): Append {
    const [id, there] = pick([...this.books], book) ?? [freshBook(), []]
    const from = Math.max(0, there.length + offset)
    const stored = [...this.books.values()].flat()
    const taken = takesId === null || !this.#findsTakenIds ? undefined : pick(stored, takesId)?.id
    const [first = '', ...rest] = texts.map((text) => JSON.stringify(text))
    const last = texts.length - 1
    const make = (text: string, index: number) => recordOf(from + index, text, index === last ? taken : undefined)
    const records: NonEmpty<LedgerRecord> = [make(first, 0), ...rest.map((text, index) => make(text, index + 1))]
    return [id, from === 0 ? 'empty' : from - 1, records]
  }
}

function pick<T>(values: readonly T[], at: number): T | undefined {
  return values[at % Math.max(1, values.length)]
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LedgerRecord } from '../../../src/ledger/port.ts'
import type { Against } from '../../../src/ledger/proofs/evidence.ts'
import { leafHash } from '../../../src/ledger/proofs/leaf.ts'
import { verifyBook } from '../../../src/ledger/proofs/verify-book.ts'
import {
  bookOf,
  checkpointOf,
  edited,
  id,
  receiptFor,
  recordAfter,
  renumbered,
  treeOf,
  verifierKey,
} from './book-in-hand.ts'

const book = bookOf(10)

function at(records: readonly LedgerRecord[], revision: number): LedgerRecord {
  const record = records[revision]
  if (record === undefined) throw new Error(`the test has no record ${revision}`)
  return record
}

/** What is found in the records, as "kind revision". */
async function found(records: readonly LedgerRecord[], against: Against = {}): Promise<string[]> {
  const { findings } = await verifyBook(id, [records], against)
  for (const { message } of findings) expect(message).toMatch(/^[A-Z].+\.$/)
  return findings.map(({ kind, revision }) => `${kind} ${revision}`)
}

describe('a sound book', () => {
  it('has no findings, whole or in pages, alone or against what was kept of it', async () => {
    const receipts = [receiptFor(book, 0), receiptFor(book, 4, 7), receiptFor(book, 9)]
    const against = {
      checkpoints: [checkpointOf(book, 0), checkpointOf(book, 3), checkpointOf(book)],
      receipts,
      verifierKey,
    }
    const head = { revision: 9, hash: at(book, 9).hash }
    const sound = { id, records: 10, head, root: treeOf(book).rootAt(), findings: [] }
    async function* pages() {
      yield book.slice(0, 3)
      yield []
      yield book.slice(3)
    }
    expect(await verifyBook(id, [book])).toEqual(sound)
    expect(await verifyBook(id, pages(), against)).toEqual(sound)
  })

  it('may be empty', async () => {
    const empty = { id, records: 0, head: undefined, root: treeOf([]).rootAt(), findings: [] }
    expect(await verifyBook(id, [], { checkpoints: [checkpointOf([])], verifierKey })).toEqual(empty)
  })
})

describe('an edited record', () => {
  it('is named when its text has not its hash, and its neighbours are not', async () => {
    const text = at(book, 4).text.replace('welcome', 'go away')
    expect(await found(book.with(4, { ...at(book, 4), text }))).toEqual(['edited 4'])
  })

  it('is named when its hash was made to fit', async () => {
    expect(await found(book.with(4, edited(at(book, 4), { data: {} })))).toEqual(['edited 4'])
    expect(await found(book.with(0, edited(at(book, 0), { data: {} })))).toEqual(['edited 0'])
  })

  it('is named once, from its first revision, when all after it were edited too', async () => {
    const others = book.map((record, i) => (i < 4 ? record : { ...record, text: `${record.text} ` }))
    const { findings } = await verifyBook(id, [others])
    expect(findings.map(({ kind, revision }) => `${kind} ${revision}`)).toEqual(['edited 4'])
    expect(findings[0]?.message).toContain('up to revision 9')
  })

  it('is named when its revision was edited', async () => {
    expect(await found(book.with(4, edited(at(book, 4), { revision: 7 })))).toEqual(['edited 4', 'misplaced 4'])
  })

  it('is named when the record before it says to follow nothing, or the first one to follow something', async () => {
    expect(await found(book.with(9, edited(at(book, 9), { previous: null })))).toEqual(['edited 8'])
    expect(await found(book.with(0, edited(at(book, 0), { previous: leafHash('') })))).toEqual(['edited 0'])
  })

  it('is named when its text is the same JSON, but not canonical', async () => {
    const text = at(book, 9).text.replace(',', ', ')
    expect(await found(book.with(9, { ...at(book, 9), text, hash: leafHash(text) }))).toEqual(['edited 9'])
  })

  it('at the end, with its hash made to fit, is caught by a receipt only', async () => {
    const last = book.with(9, edited(at(book, 9), { data: {} }))
    expect(await found(last)).toEqual([])
    expect(await found(last, { receipts: [receiptFor(book, 8)] })).toEqual([])
    expect(await found(last, { receipts: [receiptFor(book, 9)] })).toEqual(['rewritten 9'])
  })

  it('does not hide behind a second edit', async () => {
    const two = book
      .with(4, edited(at(book, 4), { data: {} }))
      .with(5, { ...at(book, 5), text: `${at(book, 5).text} ` })
    const { findings } = await verifyBook(id, [two])
    expect(findings[0]).toMatchObject({ kind: 'edited', revision: 5 })
    expect(findings[0]?.message).toContain('revision 4')
  })

  it('is found for any change of one character of any text', async () => {
    const change = fc.record({
      revision: fc.nat(9),
      place: fc.nat(),
      by: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    })
    await fc.assert(
      fc.asyncProperty(change, fc.constantFrom('replace', 'insert', 'delete'), async ({ revision, place, by }, how) => {
        const { text } = at(book, revision)
        const i = place % text.length
        const changed = text.slice(0, i) + (how === 'delete' ? '' : by) + text.slice(how === 'insert' ? i : i + 1)
        fc.pre(changed !== text)
        const { findings } = await verifyBook(id, [book.with(revision, { ...at(book, revision), text: changed })])
        expect(findings[0]).toMatchObject({ revision })
        expect(findings.some(({ kind }) => kind === 'edited')).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('is found when half a character was put in the place of another without a hash of its own', async () => {
    const odd = bookOf(3, (revision) => (revision === 1 ? { data: '\uFFFD' } : {}))
    const text = at(odd, 1).text.replace('\uFFFD', '\uD800')
    expect(leafHash(text)).toBe(at(odd, 1).hash)
    expect(await found(odd.with(1, { ...at(odd, 1), text }))).toEqual(['edited 1'])
  })
})

describe('deleted records', () => {
  it('are named in the middle, at the start and in several places', async () => {
    expect(await found(book.toSpliced(4, 1))).toEqual(['deleted 4'])
    expect(await found(book.toSpliced(4, 3))).toEqual(['deleted 4'])
    expect(await found(book.toSpliced(0, 1))).toEqual(['deleted 0'])
    expect(await found(book.toSpliced(7, 1).toSpliced(2, 1))).toEqual(['deleted 2', 'deleted 7'])
  })

  it('are named when the rest was renumbered', async () => {
    expect(await found(renumbered(book.toSpliced(4, 2)))).toEqual(['deleted 4'])
  })

  it('do not make kept checkpoints look false', async () => {
    const against = { checkpoints: [checkpointOf(book, 3), checkpointOf(book, 9)], receipts: [receiptFor(book, 4)] }
    expect(await found(book.toSpliced(4, 1), against)).toEqual(['deleted 4'])
    expect(await found(book.toSpliced(4, 2), against)).toEqual(['deleted 4'])
  })
})

describe('an inserted record', () => {
  const extra = recordAfter(at(book, 3), { revision: 4, id: 'extra', data: {} })

  it('is named whether it stands before or after the genuine one', async () => {
    expect(await found(book.toSpliced(4, 0, extra))).toEqual(['inserted 4'])
    expect(await found(book.toSpliced(5, 0, extra))).toEqual(['inserted 4'])
    expect(await found(book.toSpliced(5, 0, at(book, 4)))).toEqual(['inserted 4'])
  })

  it('is named when the rest was renumbered', async () => {
    expect(await found(renumbered(book.toSpliced(4, 0, extra)))).toEqual(['inserted 4'])
  })

  it('is not taken for the genuine one because of a hash stored beside it', async () => {
    const posing = { ...extra, hash: at(book, 4).hash }
    expect(await found(book.toSpliced(4, 0, posing))).toEqual(['inserted 4'])
  })

  it('is named with the first of several that follow each other', async () => {
    const second = recordAfter(extra, { revision: 5, id: 'second' })
    expect(await found(renumbered(book.toSpliced(4, 0, extra, second)))).toEqual(['inserted 4'])
  })
})

describe('reordered records', () => {
  const swapped = book.with(4, at(book, 5)).with(5, at(book, 4))

  it('are named, with their columns left or made to fit', async () => {
    expect(await found(swapped)).toEqual(['reordered 4'])
    expect(await found(renumbered(swapped))).toEqual(['reordered 4'])
    expect(await found(renumbered(book.with(8, at(book, 9)).with(9, at(book, 8))))).toEqual(['reordered 8'])
  })

  it('are named once for each stretch', async () => {
    expect(await found(swapped.with(1, at(book, 2)).with(2, at(book, 1)))).toEqual(['reordered 1', 'reordered 4'])
    expect(await found(book.toReversed())).toEqual(['reordered 0'])
  })
})

describe('misplaced records', () => {
  it('are named by each column that differs from the text', async () => {
    const { findings } = await verifyBook(id, [book.with(4, { ...at(book, 4), id: 'id-5' })])
    expect(findings).toMatchObject([{ kind: 'misplaced', revision: 4 }])
    expect(findings[0]?.message).toContain('id id-4, not id-5')
    expect(await found(book.with(9, { ...at(book, 9), revision: 90 }))).toEqual(['misplaced 9'])
  })

  it('are named when the whole book is another one', async () => {
    const elsewhere = await verifyBook({ community: 'other', book: 'private' }, [book])
    expect(elsewhere.findings).toMatchObject([{ kind: 'misplaced', revision: 0 }])
    expect(elsewhere.findings[0]?.message).toMatch(/community hearth, not other; book open, not private/)
  })
})

describe('a record that cannot be read', () => {
  it.each([
    ['no JSON', 'nothing', 'is not JSON'],
    ['no object', '7', 'is not a JSON object'],
    ['no fields', '{}', 'has no valid "community"'],
  ])('is named: %s', async (_, text, problem) => {
    const { findings } = await verifyBook(id, [book.with(9, { ...at(book, 9), text, hash: leafHash(text) })])
    expect(findings).toMatchObject([{ kind: 'unreadable', revision: 9 }])
    expect(findings[0]?.message).toContain(problem)
  })

  it.each(['community', 'book', 'revision', 'id', 'type', 'recordedAt', 'previous'])(
    'is named for its %s',
    async (field) => {
      expect(await found(book.with(9, edited(at(book, 9), { [field]: [] })))).toEqual(['unreadable 9'])
    },
  )
})

describe('time', () => {
  it('may stand still, but not go back', async () => {
    const still = bookOf(6, () => ({ recordedAt: '2025-03-01T12:00:00Z' }))
    expect(await found(still)).toEqual([])
    const back = bookOf(6, (revision) => ({ recordedAt: `2025-03-01T12:0${revision === 3 ? 1 : revision}:00Z` }))
    expect(await found(back)).toEqual(['time-went-back 3'])
  })
})

it('never throws, whatever the records and what they are held against', async () => {
  const anything = fc.anything() as fc.Arbitrary<never>
  const record = fc.record({
    revision: anything,
    id: anything,
    hash: anything,
    text: fc.oneof(fc.json(), fc.string(), anything),
  })
  const damaged = fc.array(fc.oneof(fc.constantFrom(...book), record), { maxLength: 12 })
  const against = fc.record({
    checkpoints: fc.array(fc.string()),
    receipts: fc.array(anything),
    verifierKey: fc.string(),
  })
  await fc.assert(
    fc.asyncProperty(damaged, against, async (records, kept) => {
      const report = await verifyBook(id, [records], kept)
      expect(report.records).toBe(records.length)
      expect(report.findings).toContainEqual(expect.objectContaining({ kind: 'unreadable', revision: 0 }))
    }),
  )
})

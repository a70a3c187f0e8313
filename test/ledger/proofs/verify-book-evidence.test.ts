import { describe, expect, it } from 'vitest'
import type { LedgerRecord } from '../../../src/ledger/port.ts'
import { signCheckpoint } from '../../../src/ledger/proofs/checkpoint.ts'
import type { Against } from '../../../src/ledger/proofs/evidence.ts'
import { leafHash } from '../../../src/ledger/proofs/leaf.ts'
import type { Receipt } from '../../../src/ledger/proofs/receipt.ts'
import { verifyBook } from '../../../src/ledger/proofs/verify-book.ts'
import { bookOf, checkpointOf, id, receiptFor, signer, treeOf, verifierKey } from './book-in-hand.ts'

const book = bookOf(10)
/** A sound chain of its own that leaves the book at revision 5. */
const forked = bookOf(10, (revision) => (revision < 5 ? {} : { data: 'another story' }))
const rewritten = bookOf(10, () => ({ data: 'another story from the start' }))

async function found(records: readonly LedgerRecord[], against: Against): Promise<string[]> {
  const { findings } = await verifyBook(id, [records], { verifierKey, ...against })
  for (const { message } of findings) expect(message).toMatch(/^[A-Z].+\.$/)
  return findings.map(({ kind, revision }) => `${kind} ${revision}`)
}

describe('a book that was cut off', () => {
  const short = book.slice(0, 7)

  it('looks sound by itself, but not against a checkpoint or a receipt', async () => {
    expect(await found(short, {})).toEqual([])
    expect(await found(short, { checkpoints: [checkpointOf(book, 7)] })).toEqual([])
    expect(await found(short, { checkpoints: [checkpointOf(book, 8), checkpointOf(book)] })).toEqual(['cut-off 7'])
    expect(await found(short, { receipts: [receiptFor(book, 2), receiptFor(book, 8)] })).toEqual(['cut-off 7'])
  })

  it('is named when nothing is left', async () => {
    expect(await found([], { checkpoints: [checkpointOf(book)] })).toEqual(['cut-off 0'])
  })
})

describe('a rewritten book', () => {
  it('looks sound by itself, but not against an old checkpoint', async () => {
    expect(await found(rewritten, {})).toEqual([])
    expect(await found(rewritten, { checkpoints: [checkpointOf(book, 3)] })).toEqual(['rewritten 0'])
  })

  it('is named from the last checkpoint that holds', async () => {
    const checkpoints = [checkpointOf(book, 8), checkpointOf(book, 3), checkpointOf(book, 5), checkpointOf(book, 9)]
    const { findings } = await verifyBook(id, [forked], { checkpoints, verifierKey })
    expect(findings).toMatchObject([{ kind: 'rewritten', revision: 5 }])
    expect(findings[0]?.message).toContain('the checkpoint of 8')
  })

  it('is named by the first receipt that does not hold', async () => {
    const receipts = [receiptFor(book, 7), receiptFor(book, 6, 9), receiptFor(book, 4)]
    expect(await found(forked, { receipts })).toEqual(['rewritten 5', 'rewritten 6'])
  })

  it('does not change what a member can show for revisions before the fork', async () => {
    expect(await found(forked, { receipts: [receiptFor(book, 4)], checkpoints: [checkpointOf(book, 5)] })).toEqual([])
  })
})

describe('what was kept', () => {
  const elsewhere = { origin: 'hearthbook.other.open', size: 10, root: treeOf(book).rootAt() }
  const good = receiptFor(book, 3)

  it('is not believed without the signature of the key', async () => {
    const [before, after] = checkpointOf(rewritten, 9).split('\n\n')
    const forged = `${before}\n\n${checkpointOf(book, 9).split('\n\n')[1]}`
    expect(await found(book, { checkpoints: [forged] })).toEqual(['bad-signature 0'])
    expect(await found(book, { receipts: [{ ...good, checkpoint: forged }] })).toEqual(['bad-signature 3'])
    expect(after).toContain('hearth.example')
  })

  it('is compared without a key, too', async () => {
    const { findings } = await verifyBook(id, [rewritten], { checkpoints: [checkpointOf(book, 3)] })
    expect(findings).toMatchObject([{ kind: 'rewritten', revision: 0 }])
  })

  it('is named when it is of another book', async () => {
    expect(await found(book, { checkpoints: [signCheckpoint(elsewhere, signer)] })).toEqual(['misplaced 0'])
    expect(await found(book, { receipts: [{ ...good, community: 'other' }] })).toEqual(['misplaced 3'])
    expect(await found(book, { receipts: [{ ...good, book: 'private' }] })).toEqual(['misplaced 3'])
  })

  it('is named when it cannot be read', async () => {
    expect(await found(book, { checkpoints: ['not a note', checkpointOf(book)] })).toEqual(['unreadable 0'])
    expect(await found(book, { receipts: [{ ...good, checkpoint: 'not a note' }] })).toEqual(['unreadable 3'])
    expect(await found(book, { receipts: [{} as Receipt] })).toEqual(['unreadable 0'])
    expect(await found(book, { verifierKey: 'not a key' })).toEqual(['unreadable 0'])
  })

  it('is named when a receipt has a checkpoint that does not cover it', async () => {
    expect(await found(book, { receipts: [{ ...good, checkpoint: checkpointOf(book, 3) }] })).toEqual(['misplaced 3'])
  })

  it('is named when a receipt does not agree with its own checkpoint', async () => {
    const { findings } = await verifyBook(id, [book], { receipts: [{ ...good, hash: leafHash('') }], verifierKey })
    expect(findings).toMatchObject([{ kind: 'rewritten', revision: 3 }])
    expect(findings[0]?.message).toContain('the receipt was changed or was never true')
  })
})

import { readFileSync } from 'node:fs'
import { isReceipt, type Receipt } from '../../ledger/proofs/receipt.ts'
import type { VerifyReport } from '../../ledger/proofs/verify-book.ts'
import { CliError, EXIT } from '../exits.ts'
import { jsonFrom } from '../flags.ts'
import { counted, print, shown } from '../output.ts'

/** What a pass does not prove; said after every one. */
export const NOT_PROVEN =
  'A pass shows that the records are whole, unchanged and in order. It does not show that what they say is true, that ' +
  'everything was recorded, or, unless a checkpoint or receipt that you kept yourself was given, that this is the book ' +
  'you saw before: a book rewritten whole, or cut off at its end, looks sound by itself.'

/** Checkpoints from files, as members keep them. */
export function readCheckpoints(paths: readonly string[]): readonly string[] {
  return paths.map((path) => {
    try {
      return readFileSync(path, 'utf8')
    } catch (error) {
      throw new CliError(`The checkpoint ${path} cannot be read.`, EXIT.notFound, { cause: error })
    }
  })
}

/** Receipts from files: one by itself, or the whole answer to a command that it came in. */
export function readReceipts(paths: readonly string[]): readonly Receipt[] {
  return paths.map((path) => {
    const value = jsonFrom(`@${path}`, `The receipt ${path}`)
    const receipt = isReceipt(value) ? value : (value as { readonly receipt?: unknown } | null)?.receipt
    if (isReceipt(receipt)) return receipt
    throw new CliError(`${path} holds no receipt.`, EXIT.usage)
  })
}

/** Prints what verifying a book came to. @returns whether nothing is wrong. */
export function printVerified({ id, records, findings, root }: VerifyReport): boolean {
  const name = `${id.community}, ${id.book} book`
  if (findings.length === 0) print(`${name}: sound, ${counted(records, 'record')}, root ${root}`)
  else {
    print(`${name}: ${counted(findings.length, 'finding')} in ${counted(records, 'record')}`)
    for (const { kind, revision, message } of findings) print(`  ${kind} at revision ${revision}: ${shown(message)}`)
  }
  return findings.length === 0
}

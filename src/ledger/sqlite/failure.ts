import { AppendOutcomeUnknown, StoreFull, StoreUnavailable } from '../port.ts'

/** Why a whole group failed. Plain data, because it crosses threads. */
export interface Failure {
  /** `unknown`: the transaction may or may not be there after a restart. Otherwise nothing of the group was written. */
  readonly outcome: 'full' | 'unavailable' | 'unknown'
  /** No write may follow, because the file can no longer be trusted to keep what it is given. */
  readonly fatal: boolean
  readonly message: string
}

// Primary result codes, https://sqlite.org/rescode.html
const BUSY = 5
const LOCKED = 6
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const NOTADB = 26
const UNIQUE_CODES = [1555, 2067]

/** Seconds that a restart may take. */
const RESTART = 10

/** What an error of SQLite means for the group; `committing` tells that COMMIT itself raised it. */
export function failureOf(error: unknown, committing: boolean): Failure {
  const message = error instanceof Error ? error.message : String(error)
  const code = (codeOf(error) ?? 0) & 0xff
  if (code === FULL) return { outcome: 'full', fatal: false, message: 'no space is left for the ledger' }
  if (code === BUSY || code === LOCKED) return { outcome: 'unavailable', fatal: false, message }
  // The frames of a failed COMMIT may be in the log already, and count after a restart.
  if (committing) return { outcome: 'unknown', fatal: true, message }
  return { outcome: 'unavailable', fatal: code === IOERR || code === CORRUPT || code === NOTADB, message }
}

/** The error of the port that a failed append is rejected with. */
export function errorOf(failure: Failure): Error {
  switch (failure.outcome) {
    case 'full':
      return new StoreFull(failure.message)
    case 'unavailable':
      return new StoreUnavailable(`the ledger could not be written: ${failure.message}`)
    case 'unknown':
      return new AppendOutcomeUnknown(`the ledger did not say whether it wrote: ${failure.message}`)
  }
}

/** What every append is refused with after a fatal failure. */
export function brokenBy(message: string): StoreUnavailable {
  return new StoreUnavailable(`the ledger takes no more writes until a restart: ${message}`, RESTART)
}

/** A UNIQUE or PRIMARY KEY constraint was violated. */
export function isDuplicate(error: unknown): boolean {
  const code = codeOf(error)
  return code !== undefined && UNIQUE_CODES.includes(code)
}

function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined
  return typeof error.errcode === 'number' ? error.errcode : undefined
}

import { LedgerDoesNotVerify } from '../engine/errors.ts'
import { CliError, Ended, EXIT, type ExitCode } from './exits.ts'
import { note, shown } from './output.ts'

/** Says what went wrong in words, and gives the exit code for it. */
export function exitFor(error: unknown): ExitCode {
  if (error instanceof Ended) return error.exit
  if (error instanceof CliError) {
    note(error.message)
    return error.exit
  }
  if (error instanceof LedgerDoesNotVerify) {
    note(`${error.message}. "hearthbook verify" names the first record concerned.`)
    return EXIT.store
  }
  note(error instanceof Error ? shown(error.message) : shown(String(error)))
  if (process.env.HEARTHBOOK_DEBUG && error instanceof Error) note(error.stack ?? '')
  return EXIT.store
}

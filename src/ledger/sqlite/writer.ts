import { once } from 'node:events'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { BookId } from '../../kernel/book.ts'
import type { Appended, Expected, LedgerRecord, NonEmpty, StoreUnavailable } from '../port.ts'
import { LedgerRefused } from './connection.ts'
import { GroupCommit } from './group-commit.ts'
import type { FromWriter, ToWriter } from './messages.ts'

// The source runs as it is, and compiled: the worker's file has the extension of this one.
const WORKER = new URL(`./writer-worker${extname(import.meta.url)}`, import.meta.url)

export interface WriterOptions {
  readonly file: string
  readonly onCommit: () => void
  readonly onFatal: (error: StoreUnavailable) => void
}

/** The writing side of a ledger file. */
export interface Writer {
  append(id: BookId, expected: Expected, records: NonEmpty<LedgerRecord>): Promise<Appended>
  /** Waits for appends under way, then closes the file and ends the thread. */
  close(): Promise<void>
}

/** Starts the thread that writes and waits until it has the file open. Rejects with {@link LedgerRefused}. */
export async function startWriter({ file, onCommit, onFatal }: WriterOptions): Promise<Writer> {
  const worker = new Worker(WORKER, { workerData: file })
  const send = (message: ToWriter) => worker.postMessage(message)
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const [first]: FromWriter[] = (await Promise.race([once(worker, 'message'), exited])) ?? []
  if (first?.kind !== 'ready') {
    await exited
    throw new LedgerRefused(first?.kind === 'refused' ? first.message : `${file} cannot be opened as a ledger.`)
  }
  const commits = new GroupCommit({ send, onCommit, onFatal })
  worker.on('message', (message: FromWriter) => commits.answered(message))
  worker.on('error', (error) => commits.lost(error instanceof Error ? error.message : String(error)))
  worker.on('exit', () => commits.lost('its thread ended'))
  return {
    append: (id, expected, records) => commits.append(id, expected, records),
    async close() {
      await commits.drain()
      send('close')
      await exited
    },
  }
}

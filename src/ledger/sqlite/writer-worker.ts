// The thread that writes, so that the event loop of the process never waits for a disk.
import { parentPort, workerData } from 'node:worker_threads'
import { openForWriting } from './connection.ts'
import { failureOf } from './failure.ts'
import { GroupWriter } from './group-writer.ts'
import type { FromWriter, ToWriter } from './messages.ts'

if (parentPort === null) throw new Error('the writer runs in a worker thread only')
const port = parentPort

function reply(message: FromWriter): void {
  port.postMessage(message)
}

function serve(file: string): void {
  const db = openForWriting(file)
  const writer = new GroupWriter(db)
  port.on('message', (message: ToWriter) => {
    if (message === 'close') {
      db.close()
      port.close()
      return
    }
    const written = writer.write(message)
    if ('failure' in written) return reply({ kind: 'failed', ...written })
    reply({ kind: 'committed', ...written })
    try {
      writer.checkpointIfDue()
    } catch (error) {
      const failure = failureOf(error, false)
      // A full disk only puts the checkpoint off: what was committed is in the log.
      if (failure.fatal) reply({ kind: 'broken', failure })
    }
  })
  reply({ kind: 'ready' })
}

try {
  serve(workerData)
} catch (error) {
  reply({ kind: 'refused', message: error instanceof Error ? error.message : String(error) })
}

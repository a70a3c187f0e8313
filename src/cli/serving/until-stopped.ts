import type { Logger } from 'pino'
import { Ended, EXIT } from '../exits.ts'
import { note } from '../output.ts'
import type { Server } from './server.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Serves until a signal comes or the store fails, then stops in order. @throws Ended where the store failed. */
export async function untilStopped(server: Pick<Server, 'failed' | 'stop'>, log: Logger): Promise<void> {
  const stopped = Promise.withResolvers<NodeJS.Signals>()
  for (const signal of SIGNALS) process.once(signal, stopped.resolve)
  const why = await Promise.race([stopped.promise, server.failed])
  for (const signal of SIGNALS) process.removeListener(signal, stopped.resolve)
  if (typeof why === 'string') log.info({ signal: why }, 'stopping')
  else log.error({ error: why.name }, 'the store failed; stopping')
  await server.stop()
  log.info('stopped')
  if (typeof why !== 'string') {
    note(`The store failed, and nothing more can be written: ${why.message}`)
    throw new Ended(EXIT.store)
  }
}

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Logger } from 'pino'
import { type Hearthbook, openHearthbook } from '../../composition/wiring.ts'
import { Timer } from '../../engine/timer.ts'
import { buildApp } from '../../http/app.ts'
import { buildMetricsApp } from '../../http/metrics.ts'
import type { StoreAddress } from '../../ledger/eventstoredb/address.ts'
import type { VaultAccess } from '../../vault/remote/channel.ts'
import { digestsFile } from '../books/replaying.ts'
import { signerKeyOf } from '../books/signer-key.ts'
import { leaveServerFile, readServerFile, removeServerFile } from '../server-file.ts'
import { listen } from './listen.ts'

export interface ServerOptions {
  readonly directory: string
  /** Where the books are, if not in the directory. */
  readonly books?: StoreAddress | undefined
  /** The process that has keys and credentials, if not the directory. */
  readonly vaultAt?: VaultAccess | undefined
  readonly host: string
  readonly port: number
  /** None where metrics are not wanted. */
  readonly metricsPort?: number | undefined
  /** Requests a minute from one address without a token; 0 for no limit. */
  readonly requestsPerMinute?: number
  /** The master key, where it is not left to the environment or the data directory. */
  readonly masterKey?: string | undefined
  /** Seconds between two looks at what falls due by time alone. */
  readonly timerSeconds?: number
  /** Address at which people reach this server, where a proxy stands before it. */
  readonly publicUrl?: string | undefined
  readonly log: Logger
}

/** A server that takes requests. */
export interface Server {
  readonly url: string
  readonly metricsUrl: string | undefined
  readonly hearthbook: Hearthbook
  /** Settles when the store failed in a way that only a new start can mend. */
  readonly failed: Promise<Error>
  /** Takes no more requests, finishes those under way, leaves digests and closes everything. */
  stop(): Promise<void>
}

const TOKEN_DAYS = 365
const TIMER_SECONDS = 60
const DAY_MS = 86_400_000

/** Opens a data directory and serves it. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { directory, host, port, metricsPort, requestsPerMinute, log } = options
  let ready = true
  const failure = Promise.withResolvers<Error>()
  const hearthbook = await openHearthbook({
    store: { directory, books: options.books, vaultAt: options.vaultAt },
    masterKey: options.masterKey ?? process.env.HEARTHBOOK_MASTER_KEY,
    onFatal: (error) => {
      ready = false
      failure.resolve(error)
    },
  })
  const closing: (() => Promise<unknown>)[] = [() => hearthbook.close()]
  const stop = async () => {
    ready = false
    let failed: unknown
    // A full disk must not keep the rest from being closed.
    for (const close of closing.splice(0).toReversed()) await close().catch((error: unknown) => (failed ??= error))
    if (failed !== undefined) throw failed
  }
  try {
    const { engine, registry, identity, clock } = hearthbook
    // Before anybody is answered, or what others write in between would be missed.
    if (engine.parts.shared) closing.push(engine.follow())
    closing.push(() => leaveDigests(directory, hearthbook))
    const signerKey = await signerKeyOf(hearthbook)
    const app = await buildApp({
      engine,
      registry,
      identity,
      clock,
      logger: log,
      signerKey,
      ready: async () => ready && (await answers(hearthbook)),
      ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    })
    closing.push(() => app.close())
    const url = await listen(app, host, port)
    let metricsUrl: string | undefined
    if (metricsPort !== undefined) {
      const metrics = await buildMetricsApp()
      closing.push(() => metrics.close())
      metricsUrl = await listen(metrics, host, metricsPort)
    }
    const timer = new Timer(engine).start((options.timerSeconds ?? TIMER_SECONDS) * 1000, (error) =>
      log.warn({ error: (error as Error).name }, 'timer run failed'),
    )
    closing.push(timer)
    closing.push(await leaveWord(directory, hearthbook, url))
    return { url, metricsUrl, hearthbook, failed: failure.promise, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Whether the store answers now: a server that cannot reach it is better left alone for a while. */
function answers({ ledgers }: Hearthbook): Promise<boolean> {
  return ledgers.answers().then(
    () => true,
    () => false,
  )
}

/** Leaves word for the command line, with an operator token of its own. @returns what takes both back. */
async function leaveWord(
  directory: string,
  { identity, clock }: Hearthbook,
  url: string,
): Promise<() => Promise<unknown>> {
  const left = readServerFile(directory)
  // A server that crashed could not revoke its token.
  if (left) await identity.revoke(left.tokenId)
  const expiresAt = new Date(clock() + TOKEN_DAYS * DAY_MS).toISOString()
  const { token, info } = await identity.issue({ kind: 'operator', expiresAt })
  leaveServerFile(directory, { url, token, tokenId: info.id })
  return async () => {
    removeServerFile(directory)
    await identity.revoke(info.id)
  }
}

/** Writes down what every view came to, so that a replay can be held against it. */
async function leaveDigests(directory: string, { engine }: Hearthbook): Promise<void> {
  for (const community of await engine.loaded()) {
    if (community.head.revision < 0) continue
    const digests = await community.digests().catch(() => undefined)
    if (!digests) continue
    const file = digestsFile(directory, community.id)
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, `${JSON.stringify(digests, undefined, 2)}\n`)
  }
}

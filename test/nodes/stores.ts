import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Target } from './line.ts'

/** A store that a test runs nodes on. */
export interface TestStore {
  readonly target: Target
  /** Ends it without warning and starts it anew with what it had, where that is in the hands of a test. */
  readonly restart?: () => Promise<Target>
  stop(): Promise<void>
}

/** A kind of store, and why it cannot be had here where it cannot. */
export interface StoreKind {
  /** `stand-in` or `server`. */
  readonly name: string
  readonly missing?: string
  /** Whether a test may end it and start it anew. */
  readonly restarts: boolean
  start(): Promise<TestStore>
}

const STAND_IN = fileURLToPath(new URL('../support/eventstore-stand-in/main.ts', import.meta.url))
const IMAGE = 'kurrentplatform/kurrentdb:25.1.0'

/** The stand-in, as a process of its own, and a real server where there is one. */
export async function storeKinds(): Promise<readonly StoreKind[]> {
  return [{ name: 'stand-in', restarts: true, start: startStandIn }, await serverKind()]
}

async function startStandIn(): Promise<TestStore> {
  const folder = mkdtempSync(join(tmpdir(), 'hearthbook-stand-in-'))
  const run = async () => {
    const child = spawn(process.execPath, [STAND_IN, '--file', join(folder, 'log')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    return { child, target: targetOf(line) }
  }
  let running = await run()
  const kill = async () => {
    const ended = once(running.child, 'exit')
    running.child.kill('SIGKILL')
    await ended
  }
  return {
    target: running.target,
    async restart() {
      await kill()
      running = await run()
      return running.target
    },
    async stop() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function serverKind(): Promise<StoreKind> {
  const given = process.env.HEARTHBOOK_TEST_EVENTSTORE
  const name = 'server'
  if (given) {
    if (!/^esdb:\/\/[\w.-]+:\d+\/?\?tls=false$/.test(given))
      return {
        name,
        restarts: false,
        missing: 'HEARTHBOOK_TEST_EVENTSTORE must be one host without TLS to be put on a line',
        start: none,
      }
    return { name, restarts: false, start: async () => ({ target: targetOf(given), stop: async () => undefined }) }
  }
  const { getContainerRuntimeClient } = await import('testcontainers')
  const reachable = await getContainerRuntimeClient().then(
    () => true,
    () => false,
  )
  if (!reachable)
    return {
      name,
      restarts: false,
      missing: 'no Docker engine, and HEARTHBOOK_TEST_EVENTSTORE is not set',
      start: none,
    }
  return { name, restarts: true, start: startContainer }
}

async function startContainer(): Promise<TestStore> {
  const { KurrentDbContainer } = await import('@testcontainers/kurrentdb')
  const container = await new KurrentDbContainer(IMAGE).start()
  return {
    target: targetOf(container.getConnectionString()),
    async restart() {
      await container.restart({ timeout: 0 })
      return targetOf(container.getConnectionString())
    },
    async stop() {
      await container.stop()
    },
  }
}

function targetOf(address: string): Target {
  const { hostname, port } = new URL(address.replace(/^\w+:/, 'http:'))
  return { host: hostname, port: Number(port) }
}

function none(): never {
  throw new Error('there is no such store here')
}

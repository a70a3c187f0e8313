import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { realServer } from '../support/eventstore-server.ts'
import type { Target } from './line.ts'

/** A store that a test runs nodes on. */
export interface TestStore {
  readonly target: Target
  /** Ends it without warning and starts it anew with what it had, where that is in the hands of a test. */
  readonly restart?: () => Promise<Target>
  stop(): Promise<void>
}

/** The kinds of store that nodes are run on, and how one is had: or why there is none here. */
export const STORES: Readonly<Record<string, () => Promise<TestStore | { readonly missing: string }>>> = {
  'stand-in': startStandIn,
  server: startServer,
}

const STAND_IN = fileURLToPath(new URL('../support/eventstore-stand-in/main.ts', import.meta.url))

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

async function startServer(): Promise<TestStore | { readonly missing: string }> {
  const server = await realServer()
  if ('missing' in server) return server
  const { url, restart, stop } = server
  // A line would stand between the client and the certificate, or the other members of the cluster.
  if (!/^\w+:\/\/[\w.-]+:\d+\/?\?tls=false$/i.test(url))
    return { missing: 'HEARTHBOOK_TEST_EVENTSTORE is not one host without TLS' }
  return { target: targetOf(url), ...(restart ? { restart: async () => targetOf(await restart()) } : {}), stop }
}

function targetOf(address: string): Target {
  const { hostname, port } = new URL(address.replace(/^\w+:/, 'http:'))
  return { host: hostname, port: Number(port) }
}

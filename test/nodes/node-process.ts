import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** What comes back from a node. */
export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any
  readonly headers: Headers
}

/** A node as a process of its own. It can be killed and started again, on the same data directory. */
export class NodeProcess {
  readonly #env: Readonly<Record<string, string>>
  #child: ChildProcess | undefined
  url = ''

  /** `env` holds the HEARTHBOOK_ variables it runs with. */
  constructor(env: Readonly<Record<string, string>>) {
    this.#env = env
  }

  async start(): Promise<void> {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('HEARTHBOOK_'))
    const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', '--no-metrics', '--log-level', 'error'], {
      env: { ...Object.fromEntries(own), ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text
    })
    for await (const line of createInterface({ input: child.stdout })) {
      const [, url] = /listens on (http:\/\/\S+)/.exec(line) ?? []
      if (url === undefined) continue
      this.url = url
      child.stdout.resume()
      return
    }
    throw new Error(`the node did not start: ${complaint}`)
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  async send(method: 'GET' | 'POST', path: string, token: string, body?: object, key?: string): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json(), headers: response.headers }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
}

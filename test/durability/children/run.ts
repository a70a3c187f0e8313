import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export interface Child {
  /** The first line it printed, parsed. */
  readonly said: unknown
  /** Ends it at once, as a power cut would, and resolves when it is gone. */
  kill(): Promise<void>
}

/** Runs a script of this folder in a process of its own until it has said one line of JSON; it ends with the test. */
export async function startChild(script: string, args: readonly string[]): Promise<Child> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  const lines = createInterface({ input: child.stdout })
  const [line] = await Promise.race([once(lines, 'line'), ended])
  if (typeof line !== 'string') throw new Error(`${script} ended before it said anything: ${complaint}`)
  return {
    said: JSON.parse(line),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** An empty directory that goes with the test. */
export function scratchDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'hearthbook-ledger-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

export interface Child {
  readonly process: ChildProcess
  /** Lines it has printed so far. */
  readonly lines: readonly string[]
  /** Resolves when it has printed that many lines; rejects, with what it said on stderr, when it ends before. */
  printed(count: number): Promise<void>
  /** Resolves with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
}

/** Runs a script of this folder in a process of its own, which ends with the test; `shell` may prepare its surroundings. */
export function runChild(script: string, args: readonly string[], shell?: readonly string[]): Child {
  const [command = process.execPath, ...before] = shell ?? [process.execPath]
  const node = shell === undefined ? [] : [process.execPath]
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = spawn(command, [...before, ...node, path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const lines: string[] = []
  let rest = ''
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
    child.emit('lines')
  })
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  return {
    process: child,
    lines,
    ended,
    async printed(count) {
      const over = ended.then((how) => {
        throw new Error(`${script} ended with ${how} after ${lines.length} lines: ${said}`)
      })
      over.catch(() => undefined)
      while (lines.length < count) await Promise.race([once(child, 'lines'), over])
    },
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const MAIN = join(root, 'src/main.ts')
export const GARDEN = ['circles', 'holdings'].map((name) => join(root, `examples/garden/${name}.jsonl`))

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the command line as a process of its own and waits for its end. */
export async function hearthbook(...args: readonly string[]): Promise<Ran> {
  const child = start(args)
  let out = ''
  let err = ''
  child.stdout?.on('data', (text: string) => {
    out += text
  })
  child.stderr?.on('data', (text: string) => {
    err += text
  })
  const [code] = await once(child, 'close')
  return { code: Number(code), out, err }
}

/** Runs it and reads the JSON it prints. */
export async function json<T>(...args: readonly string[]): Promise<T> {
  const { out, err, code } = await hearthbook(...args, '--json')
  if (code > 1) throw new Error(`hearthbook ${args.join(' ')} ended with ${code}: ${err}`)
  return JSON.parse(out) as T
}

function start(args: readonly string[]): ChildProcess {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HEARTHBOOK_')))
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout?.setEncoding('utf8')
  child.stderr?.setEncoding('utf8')
  return child
}

export interface Serving {
  readonly url: string
  readonly lines: readonly string[]
  /** Tells it to stop and waits. @returns its exit code. */
  stop(): Promise<number>
}

/** Starts `serve` or `demo` and waits for the line that begins with `until`. */
export async function serving(args: readonly string[], until = 'Hearthbook listens on'): Promise<Serving> {
  const child = start(args)
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    return Number(child.exitCode)
  }
  onTestFinished(async () => void (await stop()))
  const errors: string[] = []
  child.stderr?.on('data', (text: string) => errors.push(text))
  const lines: string[] = []
  const output = child.stdout
  if (!output) throw new Error('no output')
  for await (const line of createInterface({ input: output })) {
    lines.push(line)
    if (!line.startsWith(until)) continue
    output.resume()
    const url = lines.join('\n').match(/listens on (http:\/\/[\w.:]+\d)/)?.[1] ?? ''
    return { url, lines, stop }
  }
  throw new Error(`the server did not start: ${errors.join('')}`)
}

/** A folder that is gone after the test. */
export function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hearthbook-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes rows as JSONL. @returns the path. */
export function jsonl(folder: string, name: string, rows: readonly unknown[]): string {
  const path = join(folder, name)
  writeFileSync(path, rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join(''))
  return path
}

export const circleRow = (circle: string, parent: string | null = null, more: object = {}) => ({
  circle,
  name: `The ${circle}`,
  kind: 'crew',
  parent,
  from: '2020-01-01',
  to: null,
  ...more,
})

export const holdingRow = (memberId: string, role: string, circle: string, more: object = {}) => ({
  member_id: memberId,
  member_name: memberId.toUpperCase(),
  role,
  circle,
  from: '2021-01-01',
  to: null,
  source: 'the minutes',
  ...more,
})

/** A data directory with the garden in it. */
export async function gardenDirectory(): Promise<string> {
  const data = join(temporary(), 'data')
  const { code, err } = await hearthbook('import', ...GARDEN, '--data', data, '--name', 'The garden')
  if (code !== 0) throw new Error(err)
  return data
}

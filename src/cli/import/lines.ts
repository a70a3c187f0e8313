import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { TextDecoder } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { CliError, EXIT } from '../exits.ts'

/** One line of a JSONL file: its object, or what is wrong with it. */
export interface Line {
  readonly number: number
  readonly value?: Readonly<Record<string, unknown>>
  readonly problem?: string
}

export interface ReadFile {
  readonly path: string
  /** SHA-256 of the file as it lies on disk, hex. */
  readonly hash: string
  readonly lines: readonly Line[]
}

const NEWLINE = 0x0a
const GZIP = [0x1f, 0x8b] as const
const BOM = '\uFEFF'

/** Reads a JSONL file whole, plain or gzipped. Bad lines are kept with what is wrong; blank ones are passed over. */
export function readLines(path: string): ReadFile {
  const raw = read(path)
  const bytes = raw[0] === GZIP[0] && raw[1] === GZIP[1] ? unzipped(path, raw) : raw
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const lines: Line[] = []
  for (let start = 0, number = 1; start < bytes.length; number += 1) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline < 0 ? bytes.length : newline
    const line = lineOf(bytes.subarray(start, end), number, decoder)
    if (line) lines.push(line)
    start = end + 1
  }
  return { path, hash: createHash('sha256').update(raw).digest('hex'), lines }
}

function lineOf(bytes: Uint8Array, number: number, decoder: TextDecoder): Line | undefined {
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch {
    return { number, problem: 'is not UTF-8' }
  }
  if (number === 1 && text.startsWith(BOM)) text = text.slice(1)
  if (text.trim() === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { number, problem: 'is not a JSON object' }
    return { number, value: value as Record<string, unknown> }
  } catch (error) {
    return { number, problem: `is not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
}

function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(`The file ${path} cannot be read: ${reason}`, EXIT.notFound, { cause: error })
  }
}

function unzipped(path: string, raw: Buffer): Buffer {
  try {
    return gunzipSync(raw)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError(`The file ${path} cannot be unpacked: ${reason}`, EXIT.usage, { cause: error })
  }
}

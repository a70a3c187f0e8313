import { createHash } from 'node:crypto'
import type { Revision } from '../kernel/book.ts'
import type { AnyProjection, Folds } from '../kernel/folds.ts'

export interface ViewDigests {
  readonly revision: Revision
  /** By projection and version, such as `roster@1`: SHA-256 of the whole view, base64url. */
  readonly views: Readonly<Record<string, string>>
}

/** Digests of all views. Two folds of the same book have the same, whoever made them and when. */
export function viewDigests(revision: Revision, projections: readonly AnyProjection[], folds: Folds): ViewDigests {
  return {
    revision,
    views: Object.fromEntries(projections.map((part) => [`${part.name}@${part.version}`, viewDigest(folds.of(part))])),
  }
}

/** SHA-256 of a view as text: objects by sorted key, maps and sets in their order, which is part of a fold's outcome. */
export function viewDigest(view: unknown): string {
  const sha = createHash('sha256')
  const pieces: string[] = []
  const write = (piece: string) => {
    pieces.push(piece)
    if (pieces.length < 4096) return
    sha.update(pieces.join(''))
    pieces.length = 0
  }
  writeValue(view, write, new Set())
  return sha.update(pieces.join('')).digest('base64url')
}

function writeValue(value: unknown, write: (piece: string) => void, inside: Set<object>): void {
  if (typeof value !== 'object' || value === null) {
    write(
      typeof value === 'function'
        ? 'function,'
        : `${typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'undefined')},`,
    )
    return
  }
  if ('digestForm' in value && typeof value.digestForm === 'function') {
    writeValue(value.digestForm(), write, inside)
    return
  }
  if (inside.has(value)) throw new TypeError('a view must not contain itself')
  inside.add(value)
  if (value instanceof Map) writeAll('map', [...value].flat(1), write, inside)
  else if (value instanceof Set) writeAll('set', [...value], write, inside)
  else if (Array.isArray(value)) writeAll('list', value, write, inside)
  else {
    write('{')
    for (const name of digestible(value).sort()) {
      write(`${JSON.stringify(name)}:`)
      writeValue((value as Record<string, unknown>)[name], write, inside)
    }
    write('}')
  }
  inside.delete(value)
}

function writeAll(kind: string, items: readonly unknown[], write: (piece: string) => void, inside: Set<object>): void {
  write(`${kind}[`)
  for (const item of items) writeValue(item, write, inside)
  write(']')
}

function digestible(value: object): string[] {
  return Object.keys(value).filter((name) => (value as Record<string, unknown>)[name] !== undefined)
}

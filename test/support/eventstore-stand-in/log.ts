import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'

/** An event as somebody wants it appended. */
export interface Proposed {
  readonly id: string
  readonly type: string
  readonly contentType: string
  readonly data: Buffer
  readonly metadata: Buffer
}

export interface Place {
  readonly commit: bigint
  readonly prepare: bigint
}

export interface Stored extends Proposed, Place {
  readonly stream: string
  readonly revision: number
}

export type ExpectedRevision = number | 'any' | 'no_stream' | 'stream_exists'
export type AppendOutcome =
  | { readonly kind: 'done'; readonly last: Stored | undefined }
  | { readonly kind: 'wrong'; readonly current: number }

const HEADER_BYTES = 64n
const OWN = { type: 'settings', contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.alloc(0) }

/**
 * What a store holds: events in streams, and all of them in one order. With a file, they are there again when it is
 * opened anew.
 */
export class StandInLog {
  readonly all: Stored[] = []
  readonly bell = new EventEmitter().setMaxListeners(0)
  readonly #streams = new Map<string, Stored[]>()
  readonly #file: string | undefined
  #end = HEADER_BYTES

  constructor(file?: string) {
    this.#file = file
    // As of a server, which has written something of its own before anybody comes.
    this.#add('$settings', [{ ...OWN, id: randomUUID() }])
    if (file === undefined || !existsSync(file)) return
    for (const line of readFileSync(file, 'utf8').split('\n')) if (line !== '') this.#add(...written(line))
  }

  stream(name: string): readonly Stored[] {
    return this.#streams.get(name) ?? []
  }

  /** As the server's check of a write: an exact revision below the head is a repetition where every id is there in its place. */
  append(stream: string, expected: ExpectedRevision, events: readonly Proposed[]): AppendOutcome {
    const there = this.stream(stream)
    const current = there.length - 1
    if (expected === 'any' || (expected === 'stream_exists' && current >= 0)) {
      const known = events.map(({ id }) => there.find((event) => event.id === id))
      if (known[0] === undefined) return this.#done(stream, events)
      return known.includes(undefined) ? { kind: 'wrong', current } : { kind: 'done', last: known.at(-1) }
    }
    const at = expected === 'no_stream' ? -1 : expected === 'stream_exists' ? Number.NaN : expected
    if (at === current) return this.#done(stream, events)
    const isRepeated = at < current && events.every(({ id }, index) => there[at + 1 + index]?.id === id)
    return isRepeated ? { kind: 'done', last: there[at + events.length] } : { kind: 'wrong', current }
  }

  /** Index of the first event after a place. */
  after({ commit, prepare }: Place): number {
    const index = this.all.findLastIndex(
      (event) => event.commit < commit || (event.commit === commit && event.prepare <= prepare),
    )
    return index + 1
  }

  #done(stream: string, events: readonly Proposed[]): AppendOutcome {
    if (this.#file !== undefined) appendFileSync(this.#file, `${lineOf(stream, events)}\n`)
    const last = this.#add(stream, events)
    this.bell.emit('appended')
    return { kind: 'done', last }
  }

  // Events of one append share a commit position, as those of a transaction do: half a position does not tell them apart.
  #add(stream: string, events: readonly Proposed[]): Stored | undefined {
    const there = this.#streams.get(stream) ?? []
    this.#streams.set(stream, there)
    const places = events.map(({ data, metadata }) => {
      const prepare = this.#end
      this.#end += HEADER_BYTES + BigInt(data.length + metadata.length)
      return prepare
    })
    const commit = places.at(-1) ?? this.#end
    for (const [index, event] of events.entries()) {
      const stored = { ...event, stream, revision: there.length, commit, prepare: places[index] ?? commit }
      there.push(stored)
      this.all.push(stored)
    }
    return there.at(-1)
  }
}

function lineOf(stream: string, events: readonly Proposed[]): string {
  const texts = events.map((event) => ({
    ...event,
    data: event.data.toString('base64'),
    metadata: event.metadata.toString('base64'),
  }))
  return JSON.stringify([stream, texts])
}

function written(line: string): [string, readonly Proposed[]] {
  const [stream, texts] = JSON.parse(line) as [
    string,
    readonly Record<'id' | 'type' | 'contentType' | 'data' | 'metadata', string>[],
  ]
  return [
    stream,
    texts.map((text) => ({
      ...text,
      data: Buffer.from(text.data, 'base64'),
      metadata: Buffer.from(text.metadata, 'base64'),
    })),
  ]
}

import { setImmediate } from 'node:timers/promises'
import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  NO_STREAM,
  type Position,
  START,
  type StreamACL,
  type StreamingRead,
  streamNameFilter,
} from '@eventstore/db-client'
import type { Expected, NonEmpty } from '../port.ts'
import type { StoreAddress } from './address.ts'
import { AtOnce } from './at-once.ts'
import { patiently } from './deadline.ts'
import { isDiscoveryFailure, isMissingStream, isNotLeader, isRefused } from './errors.ts'
import type { EventToStore, StoredEvent } from './stored-event.ts'

export interface Deadlines {
  /** Milliseconds that an append may take. */
  readonly append: number
  /** Milliseconds that a page of a read may take. */
  readonly read: number
  /** Milliseconds that the store has to show that it is there. */
  readonly answer: number
  /** Milliseconds that closing waits for the client. */
  readonly close: number
}

/** A place in the order of everything in the store. Neither half says it alone. */
export type StorePosition = Position

/** What a subscription gives: events, and between them how far the filter has looked. */
export type Delivered =
  | { readonly event: StoredEvent; readonly position: StorePosition }
  | { readonly passed: StorePosition }

/** Events that the filter looks at between two words on how far it is, about. */
const SEARCH_WINDOW = 512
const WINDOWS_TO_CHECKPOINT = 4
// A server lets 100 calls run on a connection; the time of those that wait in the client for a place would run too.
const CALLS_AT_ONCE = 64
const BINARY = 'application/octet-stream'

interface ReadOptions {
  readonly credentials: StoreAddress['credentials']
  readonly requiresLeader: boolean
}

interface Resolved {
  readonly event?: StoredEvent & { readonly position?: StorePosition }
}

type Reading = AsyncIterable<unknown> & Pick<StreamingRead<unknown>, 'on' | 'cancel' | 'destroy'>

/** The one place that speaks to the client library: every call has an end, and rejects with the library's own errors. */
export class Connection {
  readonly #address: StoreAddress
  readonly #deadlines: Deadlines
  readonly #disposing = new Set<Promise<unknown>>()
  readonly #calls = new AtOnce(CALLS_AT_ONCE)
  #client: EventStoreDBClient

  constructor(address: StoreAddress, deadlines: Deadlines) {
    this.#address = address
    this.#deadlines = deadlines
    this.#client = EventStoreDBClient.connectionString(address.connectionString)
  }

  /** Appends events, all or none; `any` for streams in which a repetition does no harm. */
  append(stream: string, expected: Expected | 'any', events: NonEmpty<EventToStore>): Promise<unknown> {
    const proposed = events.map((event) => ({ ...event, contentType: BINARY as typeof BINARY }))
    const expectedRevision = expected === 'any' ? ('any' as const) : expected === 'empty' ? NO_STREAM : BigInt(expected)
    return this.#toLeader((client) => client.appendToStream(stream, proposed, { ...this.#writing(), expectedRevision }))
  }

  /** Says who may do what with a stream, where nobody has said so before. */
  setAcl(stream: string, acl: StreamACL): Promise<unknown> {
    return this.#toLeader((client) =>
      client.setStreamMetadata(stream, { acl }, { ...this.#writing(), expectedRevision: NO_STREAM }),
    )
  }

  /** So many events of a stream from a revision on; all of them are there. */
  page(stream: string, from: number, count: number, signal?: AbortSignal): Promise<readonly StoredEvent[]> {
    return this.#read(
      count,
      (client, options) => client.readStream(stream, { ...options, fromRevision: BigInt(from), maxCount: count }),
      signal,
    )
  }

  /** The last event of a stream; undefined where there is no such stream. */
  async last(stream: string, signal?: AbortSignal): Promise<StoredEvent | undefined> {
    try {
      const read = await this.#read(
        1,
        (client, options) =>
          client.readStream(stream, { ...options, fromRevision: END, direction: BACKWARDS, maxCount: 1 }),
        signal,
      )
      return read[0]
    } catch (error) {
      if (isMissingStream(error)) return undefined
      throw error
    }
  }

  /** Where the store's order ends now. A store is never without events: it writes some of its own. */
  async end(): Promise<StorePosition> {
    const [last] = await this.#read(1, (client, options) =>
      client.readAll({ ...options, fromPosition: END, direction: BACKWARDS, maxCount: 1 }),
    )
    const { position } = last as { readonly position?: StorePosition }
    if (position === undefined) throw new Error('the store gave an event without a position')
    return position
  }

  /**
   * Every event in streams of a prefix after a position, until the signal aborts or the store drops it, which rejects.
   * A position is given only after everything before it was.
   */
  async *subscribe(prefix: string, from: StorePosition | 'start', signal: AbortSignal): AsyncGenerator<Delivered> {
    const client = this.#client
    const subscription = client.subscribeToAll({
      credentials: this.#address.credentials,
      fromPosition: from === 'start' ? START : from,
      filter: streamNameFilter({
        prefixes: [prefix],
        maxSearchWindow: SEARCH_WINDOW,
        checkpointInterval: WINDOWS_TO_CHECKPOINT,
        // The client calls this while earlier events may still wait to be taken: the word on it joins the queue behind them.
        checkpointReached: (own, position) => void own.push({ passed: position }),
      }),
    })
    // What goes wrong after the last event was taken has nobody else to hear it, and would end the process.
    subscription.on('error', () => undefined)
    const stop = () => subscription.destroy()
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    try {
      for await (const taken of subscription as AsyncIterable<Resolved | { readonly passed: StorePosition }>) {
        if ('passed' in taken) yield taken
        else if (taken.event?.position) yield { event: taken.event, position: taken.event.position }
      }
    } catch (error) {
      this.#renewAfter(error, client)
      throw error
    } finally {
      signal.removeEventListener('abort', stop)
      subscription.unsubscribe().catch(() => undefined)
      subscription.destroy()
    }
  }

  /** Gives back what the client holds; its own way of doing so can hang. */
  async close(): Promise<void> {
    this.#dispose(this.#client)
    await Promise.all(this.#disposing)
  }

  // Credentials keep the client from its batched append, which has no deadline and answers one stream with the errors of
  // another. Asking for the leader keeps a follower from passing the append on, and from answering with an older head.
  #writing() {
    return { credentials: this.#address.credentials, requiresLeader: true, deadline: this.#deadlines.append }
  }

  async #toLeader<T>(call: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
    return this.#again(isNotLeader, (client) => patiently(call(client), this.#deadlines.append))
  }

  /** Reads exactly so many events: where a read is cut short, the client may end it as if it were complete. */
  async #read(
    count: number,
    start: (client: EventStoreDBClient, options: ReadOptions) => Reading,
    signal?: AbortSignal,
  ): Promise<readonly StoredEvent[]> {
    const options = { credentials: this.#address.credentials, requiresLeader: true }
    // A read does no harm twice, and the first after a node is lost fails.
    return this.#again(
      (error) => !isMissingStream(error) && !isRefused(error) && signal?.aborted !== true,
      async (client) => {
        const events = await gathered(start(client, options), this.#deadlines.read, signal)
        if (events.length === count) return events
        throw new Error(`${events.length} events came instead of ${count}`)
      },
    )
  }

  /** Tries a second time where that helps; the client has then turned to another node, or is another client. */
  async #again<T>(helps: (error: unknown) => boolean, call: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
    return this.#calls.run(() => this.#twice(helps, call))
  }

  async #twice<T>(helps: (error: unknown) => boolean, call: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
    const client = this.#client
    try {
      return await call(client)
    } catch (error) {
      this.#renewAfter(error, client)
      if (!helps(error)) throw error
      await setImmediate()
      const second = this.#client
      return call(second).catch((again: unknown) => {
        this.#renewAfter(again, second)
        throw again
      })
    }
  }

  /** A client that found no node may go on saying so: it keeps what it learnt of the server's features, a failure too. */
  #renewAfter(error: unknown, failed: EventStoreDBClient): void {
    if (!isDiscoveryFailure(error) || failed !== this.#client) return
    this.#client = EventStoreDBClient.connectionString(this.#address.connectionString)
    this.#dispose(failed)
  }

  #dispose(client: EventStoreDBClient): void {
    const disposed = patiently(client.dispose(), this.#deadlines.close).catch(() => undefined)
    this.#disposing.add(disposed)
    disposed.then(() => this.#disposing.delete(disposed))
  }
}

/** All that a read gives, within a time. Leaving the loop would not end the call: it has to be cancelled. */
async function gathered(reading: Reading, milliseconds: number, signal?: AbortSignal): Promise<readonly StoredEvent[]> {
  reading.on('error', () => undefined)
  const events: StoredEvent[] = []
  const all = async () => {
    for await (const { event } of reading as AsyncIterable<Resolved>) if (event) events.push(event)
  }
  try {
    await patiently(all(), milliseconds, signal)
    return events
  } finally {
    reading.cancel().catch(() => undefined)
    reading.destroy()
  }
}

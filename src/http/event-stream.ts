import type { ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'

const CHECK_MS = 500
const LAST_WORDS_MS = 1000
const MAX_BUFFERED = 1024 * 1024
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  vary: 'Authorization, Cookie',
  'x-accel-buffering': 'no',
  // What ends, ends for a reason; a socket kept for a next request would only hold up a shutdown.
  connection: 'close',
}

export interface EventStreamOptions {
  /** Milliseconds between two comments that keep proxies from thinking the connection dead. */
  readonly heartbeatMs: number
  /** Whether the reader may still read; asked before every word and in between. */
  mayRead(): Promise<boolean>
}

/**
 * One open answer of Server-Sent Events. It ends within a second of its reader's losing the right to read, and at once
 * where the reader takes in less than is sent: whoever reads asks again from the last id they saw.
 */
export class EventStream {
  readonly #raw: ServerResponse
  readonly #mayRead: () => Promise<boolean>
  readonly #timers: NodeJS.Timeout[]
  readonly #atClose: (() => void)[] = []
  #queue: Promise<unknown> = Promise.resolve()
  #closed = false

  /** Takes the reply from Fastify, with the headers its hooks have set, and begins the answer. */
  constructor(reply: FastifyReply, { heartbeatMs, mayRead }: EventStreamOptions) {
    this.#mayRead = mayRead
    reply.hijack()
    this.#raw = reply.raw
    this.#raw.on('close', () => this.#close())
    this.#raw.on('error', () => this.#raw.destroy())
    const headers = { ...reply.getHeaders(), ...HEADERS }
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) this.#raw.setHeader(name, value)
    this.#raw.flushHeaders()
    this.#timers = [
      setInterval(() => void this.send(() => ':\n\n'), heartbeatMs),
      setInterval(() => void this.#check(), CHECK_MS),
    ]
  }

  get ended(): boolean {
    return this.#closed || this.#raw.writableEnded || this.#raw.destroyed
  }

  /** Calls back once the connection is gone, at once where it is. */
  atClose(callback: () => void): void {
    if (this.#closed) callback()
    else this.#atClose.push(callback)
  }

  /** Writes what `text` then makes, if the reader may still read. */
  async send(text: () => string): Promise<void> {
    if (!(await this.#check())) return
    this.#raw.write(text())
    if (this.#raw.writableLength > MAX_BUFFERED) this.#raw.destroy()
    // A burst must give the socket its turn, or a reader who keeps up would look like one who does not.
    else if (this.#raw.writableNeedDrain) await setImmediate()
  }

  /** As {@link send}, after all that was queued before. */
  queue(text: () => string): void {
    this.#queue = this.#queue.then(() => this.send(text)).catch(() => this.#raw.destroy())
  }

  /** Waits until the reader has taken in what was sent, or is gone. */
  async drained(): Promise<void> {
    if (this.ended || !this.#raw.writableNeedDrain) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#raw.once('drain', resolve).once('close', resolve)
    await promise
    this.#raw.off('drain', resolve).off('close', resolve)
  }

  /** Ends the answer; a reader who does not take in the rest of it is cut off. */
  end(): void {
    if (this.ended) return
    this.#raw.end()
    this.#timers.push(setTimeout(() => this.#raw.destroy(), LAST_WORDS_MS))
  }

  async #check(): Promise<boolean> {
    if (this.ended) return false
    // A reader whose rights cannot be looked up has none.
    if (!(await this.#mayRead().catch(() => false))) this.end()
    return !this.ended
  }

  #close(): void {
    this.#closed = true
    for (const timer of this.#timers) clearTimeout(timer)
    for (const callback of this.#atClose.splice(0)) callback()
  }
}

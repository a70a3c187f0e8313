/** One event as it came. */
export interface Received {
  readonly id: string
  readonly type: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events of every type
  readonly data: any
}

/** Reads Server-Sent Events from a listening server as a browser would, and keeps what came. */
export class StreamReader {
  readonly status: number
  readonly headers: Headers
  readonly events: Received[] = []
  /** All that came, word for word. */
  text = ''
  lastId: string | undefined
  comments = 0
  /** Whether the server ended the answer, or cut it off. */
  ended = false
  readonly #response: Response
  readonly #abort: AbortController
  readonly #reading: Promise<void>
  #changed = Promise.withResolvers<void>()

  private constructor(response: Response, abort: AbortController) {
    this.#response = response
    this.status = response.status
    this.headers = response.headers
    this.#abort = abort
    const streams = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false
    this.#reading = streams ? this.#read() : Promise.resolve()
  }

  static async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<StreamReader> {
    const abort = new AbortController()
    return new StreamReader(await fetch(url, { headers, signal: abort.signal }), abort)
  }

  /** The answer of a server that did not begin a stream. */
  // biome-ignore lint/suspicious/noExplicitAny: a problem document
  problem(): Promise<any> {
    return this.#response.json()
  }

  /** Waits until what came is as the test wants it. @throws Error where the answer ends before. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.ended) throw new Error(`the stream ended after ${this.events.length} events`)
      await this.#changed.promise
    }
  }

  async untilEnded(): Promise<void> {
    await this.#reading
  }

  /** Goes away. */
  async leave(): Promise<void> {
    this.#abort.abort()
    await this.#reading
    if (this.#response.body && !this.#response.bodyUsed) await this.#response.body.cancel().catch(() => undefined)
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder()
    let rest = ''
    try {
      for await (const chunk of this.#response.body ?? []) {
        const text = decoder.decode(chunk, { stream: true })
        this.text += text
        const blocks = (rest + text).split('\n\n')
        rest = blocks.pop() ?? ''
        for (const block of blocks) this.#take(block)
        this.#tell()
      }
    } catch {
      // Cut off, by the server or by us.
    }
    this.ended = true
    this.#tell()
  }

  #take(block: string): void {
    const fields: Record<string, string> = {}
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':')
      if (colon === 0) this.comments += 1
      else fields[line.slice(0, colon)] = line.slice(colon + 2)
    }
    if (fields.id !== undefined) this.lastId = fields.id
    if (fields.data === undefined) return
    this.events.push({ id: fields.id ?? '', type: fields.event ?? '', data: JSON.parse(fields.data) })
  }

  #tell(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }
}

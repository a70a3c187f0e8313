import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** Where a line leads. */
export interface Target {
  readonly host: string
  readonly port: number
}

/**
 * A line between nodes and a store, in the hands of a test: it can fall silent, break, or lead elsewhere. What a node
 * sees then is what it sees of a store that hangs, is unreachable, or comes back at another place.
 */
export class Line {
  readonly #server: Server
  readonly #pairs = new Set<readonly [Socket, Socket]>()
  #target: Target
  #state: 'open' | 'silent' | 'broken' = 'open'

  private constructor(server: Server, target: Target) {
    this.#server = server
    this.#target = target
    server.on('connection', (socket) => this.#join(socket))
  }

  static async to(target: Target): Promise<Line> {
    const server = createServer({ pauseOnConnect: true })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new Line(server, target)
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Nothing comes through any more, and no end says so. */
  silence(): void {
    this.#state = 'silent'
    for (const pair of this.#pairs) for (const socket of pair) socket.pause()
  }

  /** What is connected is cut off, and so is whoever comes. */
  break(): void {
    this.#state = 'broken'
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy()
  }

  /** All is as before; what waited comes through. */
  mend(target = this.#target): void {
    this.#target = target
    this.#state = 'open'
    for (const pair of this.#pairs) for (const socket of pair) socket.resume()
  }

  close(): void {
    this.break()
    this.#server.close()
  }

  #join(from: Socket): void {
    if (this.#state === 'broken') {
      from.resetAndDestroy()
      return
    }
    const to = connect(this.#target)
    const pair = [from, to] as const
    this.#pairs.add(pair)
    const end = () => {
      this.#pairs.delete(pair)
      from.destroy()
      to.destroy()
    }
    for (const [one, other] of [pair, [to, from] as const]) {
      one.on('data', (bytes) => other.write(bytes))
      one.on('error', end)
      one.on('close', end)
    }
    if (this.#state === 'open') from.resume()
    else to.pause()
  }
}

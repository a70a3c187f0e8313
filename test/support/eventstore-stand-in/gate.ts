import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** The way from a client to a server over TCP, which can break in every way that a network can. */
export class Gate {
  readonly #target: number
  readonly #pairs = new Set<readonly [Socket, Socket]>()
  #server: Server | undefined
  #port = 0
  #paused = false

  constructor(target: number) {
    this.#target = target
  }

  get port(): number {
    return this.#port
  }

  /** Takes connections, on the same port as before. */
  async open(): Promise<void> {
    if (this.#server !== undefined) return
    this.#server = createServer((client) => this.#join(client)).listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#port = (this.#server.address() as AddressInfo).port
  }

  /** Breaks all connections; new ones are taken. */
  drop(): void {
    for (const [client, server] of this.#pairs) {
      client.destroy()
      server.destroy()
    }
  }

  /** Breaks all connections and refuses new ones. */
  async shut(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    this.drop()
    if (server === undefined) return
    server.close()
    await once(server, 'close')
  }

  /** Lets nothing through, and says nothing either. */
  pause(): void {
    this.#paused = true
    for (const pair of this.#pairs) for (const socket of pair) socket.pause()
  }

  resume(): void {
    this.#paused = false
    for (const pair of this.#pairs) for (const socket of pair) socket.resume()
  }

  #join(client: Socket): void {
    const server = connect(this.#target, '127.0.0.1')
    const pair = [client, server] as const
    this.#pairs.add(pair)
    const end = () => {
      this.#pairs.delete(pair)
      client.destroy()
      server.destroy()
    }
    for (const socket of pair) socket.setNoDelay(true).on('error', end).on('close', end)
    client.on('data', (bytes) => server.write(bytes))
    server.on('data', (bytes) => client.write(bytes))
    if (this.#paused) for (const socket of pair) socket.pause()
  }
}

import { type AddressInfo, connect, type Socket } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventStream } from '../../src/http/event-stream.ts'

const BLOCK = `: ${'x'.repeat(65_536)}\n\n`

let app: FastifyInstance
let opened: PromiseWithResolvers<EventStream>
let reader: Socket
let allowed: boolean
beforeEach(async () => {
  allowed = true
  opened = Promise.withResolvers()
  app = fastify()
  app.get('/', (_request, reply) => {
    opened.resolve(new EventStream(reply, { heartbeatMs: 60_000, mayRead: async () => allowed }))
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  reader = connect({ port, host: '127.0.0.1' })
  reader.pause()
  reader.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
})
afterEach(async () => {
  reader.destroy()
  await app.close()
})

const closed = (stream: EventStream) => new Promise<void>((resolve) => stream.atClose(resolve))

describe('a reader who takes in nothing', () => {
  it('is cut off once a MiB waits for them', async () => {
    const stream = await opened.promise
    let sent = 0
    while (!stream.ended && sent < 2000) {
      await stream.send(() => BLOCK)
      sent += 1
    }
    expect(sent).toBeGreaterThan(16)
    expect(sent).toBeLessThan(2000)
    await closed(stream)
  })

  it('is cut off where the stream ends, for all that still waits for them', async () => {
    const stream = await opened.promise
    let waits = false
    for (let sent = 0; !waits && sent < 2000; sent += 1) {
      await stream.send(() => BLOCK)
      waits =
        (await Promise.race([stream.drained(), new Promise((resolve) => setImmediate(resolve, 'full'))])) === 'full'
    }
    expect(stream.ended).toBe(false)
    stream.end()
    await closed(stream)
  })
})

describe('a reader who takes it in slowly', () => {
  it('gets all of it where the sender waits for them', async () => {
    const stream = await opened.promise
    const blocks = 200
    let got = 0
    const all = Promise.withResolvers<void>()
    reader.on('data', (chunk) => {
      got += chunk.toString('latin1').split('x').length - 1
      if (got >= blocks * 65_536) all.resolve()
    })
    reader.resume()
    for (let sent = 0; sent < blocks; sent += 1) {
      await stream.send(() => BLOCK)
      await stream.drained()
    }
    await all.promise
    expect(stream.ended).toBe(false)
  })
})

describe('a stream', () => {
  it('asks before every word whether it may be read, and says no more where it may not', async () => {
    const stream = await opened.promise
    allowed = false
    const made: string[] = []
    await stream.send(() => {
      made.push('one')
      return ': one\n\n'
    })
    expect([made, stream.ended]).toEqual([[], true])
    reader.resume()
    await closed(stream)
  })

  it('sends what is queued in its order, and tells of its end whoever asks after it', async () => {
    const stream = await opened.promise
    let text = ''
    const done = Promise.withResolvers<void>()
    reader.on('data', (chunk) => {
      text += String(chunk)
      if (text.includes(': 3')) done.resolve()
    })
    reader.resume()
    for (const n of [1, 2, 3]) stream.queue(() => `: ${n}\n\n`)
    await done.promise
    expect(text.match(/: \d\n/g)).toEqual([': 1\n', ': 2\n', ': 3\n'])
    reader.destroy()
    await closed(stream)
    await closed(stream)
    expect(stream.ended).toBe(true)
  })
})

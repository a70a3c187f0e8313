import { type AddressInfo, connect } from 'node:net'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/http/app.ts'
import { AT, House, problem } from './house.ts'
import { operationsOf, prepare } from './operations.ts'

let house: House
let app: FastifyInstance | undefined
beforeAll(async () => {
  house = await House.open()
})
afterEach(async () => {
  await app?.close()
  app = undefined
})
afterAll(() => house.close())

async function built(requestsPerMinute: number): Promise<FastifyInstance> {
  const { engine, registry, identity, clock } = house.server.hearthbook
  app = await buildApp({ engine, registry, identity, clock, requestsPerMinute })
  return app
}

const parameters = (count: number) => Array.from({ length: count }, (_, n) => `p${n}=1`).join('&')

describe('the parameters of an address', () => {
  const addresses = ['/healthz', '/nowhere', `${AT}/roster`, `${AT}/events/stream`, '/v1/communities/nowhere/roster']

  it.each(addresses)('of %s: more than 64 are refused the same way, to a stranger as to a member', async (path) => {
    for (const token of [null, house.dweller('ada').token]) {
      const { status, body } = await house.send(`${path}?${parameters(65)}`, { token })
      expect({ status, body }).toMatchObject(problem(400, 'VALIDATION_FAILED'))
      expect(body.findings).toBeUndefined()
    }
  })

  it('are counted where one name comes again and again, too', async () => {
    const repeated = Array.from({ length: 65 }, () => 'role=x').join('&')
    expect((await house.send(`${AT}/roster?${repeated}`)).body.detail).toContain('64 parameters')
  })

  it('are up to 64 left to the form of the address', async () => {
    expect((await house.send(`/healthz?${parameters(64)}`)).status).toBe(200)
    expect((await house.send(`${AT}/roster?${parameters(64)}`)).body.findings).toHaveLength(64)
  })

  it('are refused for commands before the book is asked', async () => {
    const head = await house.head()
    const answer = await house.post(`${AT}/circles?${parameters(65)}`, { name: 'K', purpose: 'p' })
    expect(answer).toMatchObject(problem(400, 'VALIDATION_FAILED'))
    expect(await house.head()).toBe(head)
  })
})

describe('a body', () => {
  const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, 1]))

  it('of 256 fields gets a finding for each, of one more a single finding', async () => {
    const post = (body: unknown) => house.post('/v1/sign-in', body, { token: null })
    expect((await post(fields(256))).body.findings.length).toBeGreaterThanOrEqual(256)
    expect((await post(fields(257))).body.findings).toEqual([{ pointer: '', rule: 'has more than 256 fields' }])
    expect((await post({ link: fields(257) })).body.findings).toEqual([
      { pointer: '/link', rule: 'has more than 256 fields' },
    ])
  })

  it('that is a list of more rows than that is no such object', async () => {
    const rows = Array.from({ length: 500 }, (_, n) => ({ circle: `c${n}`, name: `C ${n}`, from: '2020' }))
    expect((await house.post(`${AT}/imports/many/circles?dryRun=true`, { rows })).status).toBe(200)
  })

  it('of half a million levels is refused like one of seventeen', async () => {
    const raw = '['.repeat(500_000) + ']'.repeat(500_000)
    const answer = await house.send(`${AT}/imports/deep/circles`, { method: 'POST', raw })
    expect(answer).toMatchObject(problem(400, 'VALIDATION_FAILED'))
  })
})

describe('the rate of requests', () => {
  const LIMIT = 3

  async function statuses(times: number, request: InjectOptions) {
    const found: number[] = []
    for (let sent = 0; sent < times; sent += 1) found.push((await (app as FastifyInstance).inject(request)).statusCode)
    return found
  }

  it('is limited for strangers who give commands, too: what a route refuses by itself counts', async () => {
    await built(LIMIT)
    const request = { method: 'POST', url: `${AT}/circles`, payload: {} } as const
    expect(await statuses(LIMIT + 1, request)).toEqual([401, 401, 401, 429])
  })

  it('is limited for methods an address does not take', async () => {
    await built(LIMIT)
    expect(await statuses(LIMIT + 1, { method: 'DELETE', url: '/v1/keys' })).toEqual([405, 405, 405, 429])
  })

  it('is limited for streams', async () => {
    await built(LIMIT)
    expect(await statuses(LIMIT + 1, { url: `${AT}/events/stream` })).toEqual([401, 401, 401, 429])
  })

  it('is counted for each address, and for all of an IPv6 network together', async () => {
    await built(1)
    const from = async (remoteAddress: string) => (await statuses(1, { url: '/v1/keys', remoteAddress }))[0]
    const found: Record<string, unknown> = {}
    const addresses = [
      '192.0.2.1',
      '192.0.2.2',
      '::ffff:192.0.2.1',
      '2001:db8:1:2::1',
      '2001:db8:1:2:3:4:5:6',
      '2001:db8:1:3::1',
      '2001:db8::1',
      '2001:db8:0:0:9::1',
      '::1',
    ]
    for (const address of addresses) found[address] = await from(address)
    expect(found).toEqual({
      '192.0.2.1': 200,
      '192.0.2.2': 200,
      '::ffff:192.0.2.1': 429,
      '2001:db8:1:2::1': 200,
      '2001:db8:1:2:3:4:5:6': 429,
      '2001:db8:1:3::1': 200,
      '2001:db8::1': 200,
      '2001:db8:0:0:9::1': 429,
      '::1': 200,
    })
  })

  it('is limited for principals, each for itself and whatever their address', async () => {
    await built(1)
    const get = (handle: string, remoteAddress: string) => ({
      url: `${AT}/roster`,
      headers: { authorization: `Bearer ${house.dweller(handle).token}` },
      remoteAddress,
    })
    expect(await statuses(11, get('ada', '192.0.2.1'))).toEqual([...Array.from({ length: 10 }, () => 200), 429])
    expect(await statuses(1, get('ada', '192.0.2.2'))).toEqual([429])
    expect(await statuses(1, get('ben', '192.0.2.1'))).toEqual([200])
  })
})

describe('the time a request may take', () => {
  it('is up for one whose body does not come: 408, and the socket is closed', async () => {
    const listening = await built(0)
    const { server } = listening
    expect(server.requestTimeout).toBe(30_000)
    expect(server.headersTimeout).toBeLessThan(server.requestTimeout)
    server.headersTimeout = 50
    server.requestTimeout = 100
    await listening.listen({ port: 0, host: '127.0.0.1' })
    const { port } = server.address() as AddressInfo
    const socket = connect({ port, host: '127.0.0.1' })
    socket.write(
      'POST /v1/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    )
    let answer = ''
    for await (const chunk of socket) answer += String(chunk)
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  })
})

describe('pages and lists', () => {
  it('have a largest size, whichever question is asked', async () => {
    const unbounded: string[] = []
    for (const { id, definition } of await operationsOf(house)) {
      for (const { name, schema } of definition.parameters ?? []) {
        const { type, maximum, maxItems } = schema as { type?: string; maximum?: number; maxItems?: number }
        if (name === 'limit' && !(maximum !== undefined && maximum <= 500)) unbounded.push(`${id} ${name}`)
        if (type === 'array' && maxItems === undefined) unbounded.push(`${id} ${name}`)
      }
    }
    expect(unbounded).toEqual([])
    expect(await house.send(`${AT}/audit?limit=501`)).toMatchObject(problem(400, 'VALIDATION_FAILED'))
  })
})

describe('ids', () => {
  it('are of 128 bits, and no two alike', async () => {
    await prepare(house)
    const { entries } = (await house.send(`${AT}/audit?limit=500`)).body as {
      entries: { id: string; data: Record<string, unknown> }[]
    }
    const minted = entries.flatMap(({ data }) =>
      Object.entries(data).flatMap(([name, value]) =>
        /^(person|circle|role|holding)Id$/.test(name) ? [String(value)] : [],
      ),
    )
    expect(minted.length).toBeGreaterThan(10)
    for (const id of minted) expect(id).toMatch(/^[a-z]+_[\w-]{22}$/)
    for (const { id } of entries)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
  })
})

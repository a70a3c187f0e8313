import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/http/app.ts'
import { StoreUnavailable } from '../../src/ledger/port.ts'
import { CALLERS, type CallerKind } from './authorization-table.ts'
import { callersOf } from './callers.ts'
import { AT, House, problem } from './house.ts'
import { StreamReader } from './stream-reader.ts'

let house: House
let app: FastifyInstance
let readers: StreamReader[]
beforeEach(async () => {
  house = await House.open()
  readers = []
  await listen()
})
afterEach(async () => {
  await Promise.all(readers.map((reader) => reader.leave()))
  await app.close()
  await house.close()
})

async function listen(more: { readonly heartbeatMs?: number } = {}): Promise<void> {
  const { engine, registry, identity, clock } = house.server.hearthbook
  app = await buildApp({ engine, registry, identity, clock, requestsPerMinute: 0, ...more })
  await app.listen({ port: 0, host: '127.0.0.1' })
}

async function listenAgain(more: { readonly heartbeatMs?: number }): Promise<void> {
  await app.close()
  await listen(more)
}

interface Follow {
  readonly token?: string | null
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
}

async function follow({ token = house.dweller('ben').token, query = '', headers = {} }: Follow = {}) {
  const { port } = app.server.address() as AddressInfo
  const own = token === null ? {} : { authorization: `Bearer ${token}` }
  const url = `http://127.0.0.1:${port}${AT}/events/stream${query}`
  const reader = await StreamReader.open(url, { ...own, ...headers })
  readers.push(reader)
  return reader
}

const form = (name: string, token = house.dweller('ada').token) =>
  house.post(`${AT}/circles`, { name, purpose: 'To be there.' }, { token })

async function sessionOf(handle: string): Promise<string> {
  const { identity } = house.server.hearthbook
  const { id } = house.dweller(handle)
  const expiresAt = '2026-03-11T00:00:00Z'
  const { link } = await identity.makeLink({ community: 'hearth', personId: id, expiresAt, madeBy: 'operator' })
  return (await house.post('/v1/sign-in', { link }, { token: null })).body.session
}

const revisions = ({ events }: StreamReader) => events.map(({ data }) => data.revision)
const upTo = (last: number, first = 0) => Array.from({ length: last - first + 1 }, (_, at) => first + at)

describe('the stream of the open book', () => {
  it('begins at the head, and sends what is written then', async () => {
    const head = await house.head()
    const reader = await follow()
    await form('Nook')
    await form('Loft')
    await reader.until(() => reader.events.length === 2)
    expect(revisions(reader)).toEqual([head + 1, head + 2])
    expect(reader.events[0]).toMatchObject({
      id: String(head + 1),
      type: 'CircleFormed',
      data: { type: 'CircleFormed', actor: house.dweller('ada').id, data: { name: 'Nook' } },
    })
  })

  it('after -1 is the whole book, as the audit trail has it', async () => {
    const last = await house.head()
    const reader = await follow({ query: '?after=-1' })
    await reader.until(() => reader.events.length > last)
    const { entries } = (await house.send(`${AT}/audit?limit=500`)).body
    const fields = ['revision', 'id', 'type', 'actor', 'effectiveAt', 'recordedAt', 'data', 'hash']
    const seen = (entry: Record<string, unknown>) => Object.fromEntries(fields.map((name) => [name, entry[name]]))
    const sorted = entries.toSorted((a: { revision: number }, b: { revision: number }) => a.revision - b.revision)
    expect(reader.events.map(({ data }) => data)).toEqual(sorted.map(seen))
    expect(reader.text).toContain('"displayName":"ada"')
  })

  it('has the headers of every answer and those of a stream', async () => {
    const { headers } = await follow({ headers: { 'x-request-id': 'trace-12345' } })
    const plain = await house.send('/healthz')
    for (const name of ['content-security-policy', 'x-content-type-options', 'referrer-policy'])
      expect([name, headers.get(name)]).toEqual([name, plain.headers[name]])
    expect(headers.get('x-request-id')).toBe('trace-12345')
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-accel-buffering')).toBe('no')
  })

  it('shows the name of a person until they are erased', async () => {
    const { id } = house.dweller('cyd')
    const named = async () => {
      const last = await house.head()
      const reader = await follow({ query: '?after=-1' })
      await reader.until(() => reader.lastId === String(last))
      return reader.events.find(({ type, data }) => type === 'PersonImported' && data.data.personId === id)?.data.data
    }
    expect(await named()).toMatchObject({ name: 'cyd' })
    expect((await house.post(`${AT}/people/${id}/erasure`, { onRequest: true })).status).toBe(201)
    expect(await named()).toMatchObject({ name: { erased: true } })
  })

  it('has nothing of the private book', async () => {
    const [ada, ben] = [house.dweller('ada'), house.dweller('ben')]
    const reader = await follow({ query: '?after=-1', token: house.operator })
    const { circleId } = (await form('Nook')).body.result
    const role = { circleId, name: 'cook', purpose: 'To cook.' }
    const { roleId } = (await house.post(`${AT}/roles`, role, { token: ada.token })).body.result
    const offer = await house.post(`${AT}/mine/asks/roles`, { roleId, toId: ben.id }, { token: await sessionOf('ada') })
    expect(offer.status, JSON.stringify(offer.body)).toBe(201)
    const { askId } = offer.body.result
    const declined = await house.post(`${AT}/mine/asks/${askId}/decline`, {}, { token: await sessionOf('ben') })
    expect(declined.status, JSON.stringify(declined.body)).toBe(201)
    await form('Loft')
    const last = await house.head()
    await reader.until(() => reader.lastId === String(last))
    expect(revisions(reader)).toEqual(upTo(last))
    expect(reader.text).not.toMatch(/RoleOffered|AskDeclined/)
    expect(reader.text).not.toContain(askId)
  })
})

describe('a reader that comes back', () => {
  it('misses nothing and sees nothing twice, however often it is cut off while others write', async () => {
    let written = 0
    const scenario = fc.array(fc.nat(4), { minLength: 1, maxLength: 5 })
    const writing = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(scenario, writing, async (cuts, bursts) => {
        const seen: number[] = []
        const first = await house.head()
        const writes = (async () => {
          for (const burst of bursts) {
            const names = upTo(burst, 1).map((n) => `Circle ${written + n}`)
            written += burst
            await Promise.all(names.map((name) => form(name)))
          }
        })()
        let lastId = String(first)
        const read = async (enough: (reader: StreamReader) => boolean) => {
          const reader = await follow({ headers: { 'last-event-id': lastId } })
          await reader.until(() => enough(reader))
          await reader.leave()
          seen.push(...revisions(reader))
          lastId = reader.lastId ?? lastId
        }
        const most = bursts.reduce((sum, burst) => sum + burst, 0)
        for (const cut of cuts) if (seen.length + cut <= most) await read(({ events }) => events.length >= cut)
        await writes
        const last = await house.head()
        await read((reader) => reader.lastId === String(last))
        expect(last).toBe(first + most)
        expect(seen).toEqual(upTo(last, first + 1))
      }),
      { numRuns: 25 },
    )
  })

  it('is given an id at once, so that being cut off before the first event loses none', async () => {
    const head = await house.head()
    const reader = await follow()
    await reader.until(() => reader.lastId !== undefined)
    expect([reader.lastId, reader.events]).toEqual([String(head), []])
  })

  it('goes on by the header, whatever its address says', async () => {
    const last = await house.head()
    const reader = await follow({ query: '?after=-1', headers: { 'last-event-id': String(last - 1) } })
    await reader.until(() => reader.events.length > 0)
    expect(revisions(reader)).toEqual([last])
  })

  const bad: readonly (readonly [string, Follow, string])[] = [
    ['an id that is none', { headers: { 'last-event-id': 'x' } }, 'Last-Event-ID'],
    ['an id below all', { headers: { 'last-event-id': '-2' } }, 'Last-Event-ID'],
    ['an id this book does not have', { headers: { 'last-event-id': '99999' } }, 'Last-Event-ID'],
    ['a revision with a fraction', { query: '?after=1.5' }, '/after'],
    ['two revisions', { query: '?after=1&after=2' }, '/after'],
    ['a revision this book does not have', { query: '?after=99999' }, '/after'],
    ['a parameter nobody asked for', { query: '?from=1' }, '/from'],
  ]
  it.each(bad)('with %s: 400', async (_, sent, pointer) => {
    const reader = await follow(sent)
    const told = { status: reader.status, body: await reader.problem() }
    expect(told).toMatchObject(problem(400, 'VALIDATION_FAILED', { pointer }))
  })

  it('is sent away where the store fails, and finds all that was written when it comes back', async () => {
    const { ledgers } = house.server.hearthbook
    const reader = await follow()
    await reader.until(() => reader.lastId !== undefined)
    const { append } = ledgers
    ledgers.append = async () => {
      throw new StoreUnavailable('the store is away')
    }
    expect((await form('Nook')).status).toBe(503)
    ledgers.append = append
    await reader.untilEnded()
    expect((await form('Loft')).status).toBe(201)
    const again = await follow({ headers: { 'last-event-id': reader.lastId ?? '' } })
    await again.until(() => again.events.length > 0)
    expect(again.events.map(({ data }) => data.data.name)).toEqual(['Loft'])
  })
})

describe('who may follow', () => {
  const EXPECTED: Readonly<Record<CallerKind, number>> = {
    nobody: 401,
    garbage: 401,
    expired: 401,
    revoked: 401,
    operator: 200,
    member: 200,
    'member who may only read': 200,
    'member who may only act': 403,
    newcomer: 404,
    'member elsewhere': 404,
    'service that reads': 200,
    'service that imports': 403,
    'service that founds': 403,
    'service elsewhere': 404,
  }

  it('is who may read', async () => {
    const tokens = await callersOf(house)
    const found: Record<string, number> = {}
    for (const caller of CALLERS) found[caller] = (await follow({ token: tokens[caller] })).status
    expect(found).toEqual(EXPECTED)
  })

  it('is told neither the form nor the limit before that', async () => {
    const tokens = await callersOf(house)
    const told = async (caller: CallerKind) => (await follow({ token: tokens[caller], query: '?after=x' })).status
    expect([await told('nobody'), await told('member elsewhere')]).toEqual([401, 404])
  })

  it('is whoever is signed in by a cookie, too', async () => {
    const cookie = `__Host-hearthbook=${await sessionOf('ada')}`
    expect((await follow({ token: null, headers: { cookie } })).status).toBe(200)
  })
})

describe('a stream ends', () => {
  const within = async (reader: StreamReader, ms: number) => {
    const began = performance.now()
    await reader.untilEnded()
    expect(performance.now() - began).toBeLessThan(ms)
  }

  it('for whoever leaves, before the record of it; the others go on', async () => {
    const session = await sessionOf('ada')
    const [leaver, other] = [await follow({ token: session }), await follow()]
    const byToken = await follow({ token: house.dweller('ada').token })
    await form('Nook')
    await Promise.all([leaver, byToken].map((each) => each.until(() => each.events.length === 1)))
    expect((await house.post(`${AT}/departures`, {}, { token: session })).status).toBe(201)
    await Promise.all([within(leaver, 1000), within(byToken, 1000)])
    expect(leaver.text + byToken.text).not.toContain('MemberLeft')
    await other.until(() => other.events.some(({ type }) => type === 'MemberLeft'))
  })

  it('for a token that is revoked, within a second and without a word written', async () => {
    const { identity } = house.server.hearthbook
    const request = { kind: 'person', community: 'hearth', personId: house.dweller('ada').id } as const
    const { token, info } = await identity.issue({ ...request, scopes: ['read'], expiresAt: '2027-01-01T00:00:00Z' })
    const reader = await follow({ token })
    await reader.until(() => reader.lastId !== undefined)
    await identity.revoke(info.id)
    await within(reader, 1000)
  })

  it('for a session that is signed out of', async () => {
    const session = await sessionOf('ada')
    const reader = await follow({ token: session })
    await reader.until(() => reader.lastId !== undefined)
    expect((await house.post('/v1/sign-out', {}, { token: session })).status).toBe(204)
    await within(reader, 1000)
  })

  it('for a token whose time is over', async () => {
    const reader = await follow()
    await reader.until(() => reader.lastId !== undefined)
    await house.server.at('2028-01-01T00:00:00Z')
    await within(reader, 1000)
  })

  it('for all where the server stops, which waits for none of them', async () => {
    const open = await Promise.all([follow(), follow({ query: '?after=-1' }), follow({ token: house.operator })])
    await app.close()
    await Promise.all(open.map((reader) => reader.untilEnded()))
  })
})

describe('a heartbeat', () => {
  it('comes while nothing is written', async () => {
    await listenAgain({ heartbeatMs: 10 })
    const reader = await follow()
    await reader.until(() => reader.comments >= 3)
    expect(reader.events).toEqual([])
  })
})

describe('open streams', () => {
  it('are five of one token, and one more for each that ends', async () => {
    const own = await Promise.all(upTo(5, 1).map(() => follow()))
    expect(own.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    const more = await follow()
    expect({ status: more.status, body: await more.problem() }).toMatchObject(problem(429, 'TOO_MANY_REQUESTS'))
    expect(Number(more.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await follow({ token: house.dweller('ada').token })).status).toBe(200)
    await own[0]?.leave()
    // The server hears of it a moment later.
    let again = await follow()
    while (again.status === 429) again = await follow()
    expect(again.status).toBe(200)
  })

  it('are two hundred of one server', async () => {
    const tokens = await Promise.all(upTo(41, 1).map((n) => house.service(['read'], 'hearth', `reader-${n}`)))
    for (const token of tokens.slice(0, 40)) {
      const opened = await Promise.all(upTo(5, 1).map(() => follow({ token })))
      expect(opened.every(({ status }) => status === 200)).toBe(true)
    }
    const more = await follow({ token: tokens[40] as string })
    expect(more.status).toBe(429)
  })
})

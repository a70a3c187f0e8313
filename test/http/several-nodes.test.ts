import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/engine/engine.ts'
import { buildApp } from '../../src/http/app.ts'
import { AT, House } from './house.ts'
import { StreamReader } from './stream-reader.ts'

let house: House
const nodes: FastifyInstance[] = []
const stops: (() => Promise<void>)[] = []

/** A node of its own over the store of the house. */
async function node(): Promise<{ readonly app: FastifyInstance; readonly engine: Engine }> {
  const { engine: first, registry, identity, clock } = house.server.hearthbook
  const engine = new Engine({ ...first.parts, shared: true })
  const app = await buildApp({ engine, registry, identity, clock, requestsPerMinute: 0 })
  await app.listen({ port: 0, host: '127.0.0.1' })
  nodes.push(app)
  await engine.community('hearth')
  return { app, engine }
}

beforeAll(async () => {
  house = await House.open([], true)
})
afterAll(async () => {
  for (const stop of stops) await stop()
  await Promise.all(nodes.map((app) => app.close()))
  await house.close()
})

async function get(app: FastifyInstance, path: string, token: string | null = house.operator) {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` }
  const response = await app.inject({ method: 'GET', url: `${AT}${path}`, headers })
  const json = String(response.headers['content-type']).includes('json')
  return { status: response.statusCode, body: json ? response.json() : response.body }
}

async function form(app: FastifyInstance, name: string): Promise<number> {
  const headers = { authorization: `Bearer ${house.dweller('ada').token}` }
  const answer = await app.inject({ method: 'POST', url: `${AT}/circles`, headers, payload: { name, purpose: 'x' } })
  expect(answer.statusCode).toBe(201)
  return answer.json().events[0].revision
}

const names = ({ body }: { body: { circles: readonly { name: string }[] } }) => body.circles.map(({ name }) => name)

describe('reading at another node what was just written', () => {
  it('is what minRevision is for, on every kind of read; without it, the answer says how far it goes', async () => {
    const [a, b] = [await node(), await node()]
    const before = (await get(b.app, '/circles')).body.atRevision
    const revision = await form(a.app, 'Kitchen')
    const behind = await get(b.app, '/circles')
    expect(behind.body.atRevision).toBe(before)
    expect(names(behind)).not.toContain('Kitchen')
    const there = await get(b.app, `/circles?minRevision=${revision}`)
    expect(there.body.head.revision).toBe(revision)
    expect(names(there)).toContain('Kitchen')
    // Pinned already: nothing to wait for when it is read again.
    expect(there.body.permalink).not.toContain('minRevision')

    const next = await form(a.app, 'Garden')
    expect((await get(b.app, `/checkpoint?minRevision=${next}`)).body.split('\n')[1]).toBe(String(next + 1))
    const later = await form(a.app, 'Cellar')
    expect(await get(b.app, `/proofs/${later}?minRevision=${later}`)).toMatchObject({ status: 200 })
    const last = await form(a.app, 'Attic')
    expect(names(await get(b.app, `/circles?atRevision=${last}`))).toContain('Attic')
  })

  it('is refused where the book never came to that revision, to whoever may read it and nobody else', async () => {
    const { app } = await node()
    for (const path of ['/circles', '/checkpoint', '/proofs/0']) {
      const answer = await get(app, `${path}?minRevision=9999`)
      expect(answer.body).toMatchObject({ status: 422, code: 'REVISION_NOT_REACHED', pointer: '/minRevision' })
      expect(answer.body.facts.minRevision).toBe(9999)
    }
    expect(await get(app, '/audit?minRevision=9999', null)).toMatchObject({ status: 401 })
    expect(await get(app, '/circles?minRevision=-1')).toMatchObject({ status: 400 })
    expect(await get(app, '/checkpoint?minRevision=soon')).toMatchObject({ status: 400 })
  })

  it('is refused by a single node, too', async () => {
    expect(await house.send(`${AT}/circles?minRevision=9999`)).toMatchObject({
      status: 422,
      body: { code: 'REVISION_NOT_REACHED' },
    })
  })
})

describe('whoever joined at one node', () => {
  it('is let in at another that has not heard of it yet', async () => {
    const [a, b] = [await node(), await node()]
    const { server } = house
    const personId = `person_${'newcomer'.padEnd(22, '0')}`
    const session = await server.sessionFor('hearth', personId)
    const headers = { authorization: `Bearer ${session}` }
    const joined = await a.app.inject({
      method: 'POST',
      url: `${AT}/members`,
      headers,
      payload: { displayName: 'Neo' },
    })
    expect(joined.statusCode).toBe(201)
    expect(await get(b.app, '/audit', session)).toMatchObject({ status: 200 })
    expect(await get(b.app, '/mine/asks', session)).toMatchObject({ status: 200 })
  })
})

describe('a stream', () => {
  it('has what any node writes, in order, and is taken up at another one', async () => {
    const [a, b] = [await node(), await node()]
    stops.push(b.engine.follow())
    const { token } = house.dweller('ben')
    const streamOf = (app: FastifyInstance, lastId?: string) => {
      const { port } = app.server.address() as AddressInfo
      return StreamReader.open(`http://127.0.0.1:${port}${AT}/events/stream`, {
        authorization: `Bearer ${token}`,
        ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
      })
    }
    const atB = await streamOf(b.app)
    await atB.until(() => atB.lastId !== undefined)
    const revisions = [await form(a.app, 'One'), await form(b.app, 'Two'), await form(a.app, 'Three')]
    await atB.until(() => atB.events.length === 3)
    expect(atB.events.map(({ data }) => data.revision)).toEqual(revisions)
    expect(atB.events.map(({ data }) => data.data.name)).toEqual(['One', 'Two', 'Three'])
    await atB.leave()
    // A node that knows less than the reader has seen.
    const c = await node()
    const last = await form(a.app, 'Four')
    const atC = await streamOf(c.app, String(last))
    expect(atC.status).toBe(200)
    stops.push(c.engine.follow())
    await atC.until(() => atC.lastId === String(last))
    const after = await form(c.app, 'Five')
    await atC.until(() => atC.events.length === 1)
    expect(atC.events[0]?.data.revision).toBe(after)
    await atC.leave()
  })
})

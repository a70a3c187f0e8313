import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/http/app.ts'
import { AT, House, problem } from './house.ts'

const LIMIT = 4
let house: House
let app: FastifyInstance
beforeAll(async () => {
  house = await House.open()
})
afterAll(() => house.close())
afterEach(() => app.close())

async function limited(): Promise<void> {
  const { engine, registry, identity, clock } = house.server.hearthbook
  app = await buildApp({ engine, registry, identity, clock, requestsPerMinute: LIMIT })
}

async function statuses(times: number, url: string, headers: Readonly<Record<string, string>> = {}) {
  const counts: Record<number, number> = {}
  for (let i = 0; i < times; i += 1) {
    const { statusCode } = await app.inject({ url, headers })
    counts[statusCode] = (counts[statusCode] ?? 0) + 1
  }
  return counts
}

describe('a caller without a token', () => {
  it('is told 429 and when to come again, after as many requests as a minute has', async () => {
    await limited()
    expect(await statuses(LIMIT, '/v1/keys')).toEqual({ 200: LIMIT })
    const { statusCode, headers, body } = await app.inject({ url: '/v1/keys' })
    expect({ status: statusCode, body: JSON.parse(body) }).toMatchObject(problem(429, 'TOO_MANY_REQUESTS'))
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  })

  it('is told so for questions they may not ask, too', async () => {
    await limited()
    expect(await statuses(LIMIT + 2, `${AT}/roster`)).toEqual({ 401: LIMIT, 429: 2 })
  })

  it('is told so where there is nothing, too: addresses are not to be guessed for ever', async () => {
    await limited()
    expect(await statuses(LIMIT + 2, '/nothing/here')).toEqual({ 404: LIMIT, 429: 2 })
  })

  it('does not get more requests by a token that does not count', async () => {
    await limited()
    const headers = { authorization: `Bearer ${'x'.repeat(43)}` }
    expect(await statuses(LIMIT + 2, '/v1/keys', headers)).toEqual({ 200: LIMIT, 429: 2 })
  })
})

describe('a caller with a token', () => {
  it('gets more requests', async () => {
    await limited()
    const headers = { authorization: `Bearer ${house.operator}` }
    expect(await statuses(3 * LIMIT, `${AT}/roster`, headers)).toEqual({ 200: 3 * LIMIT })
  })
})

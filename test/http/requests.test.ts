import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AT, House, problem, type Sent } from './house.ts'
import { operationsOf } from './operations.ts'

let house: House
let ada: string
let before = -1
beforeAll(async () => {
  house = await House.open()
  ada = house.dweller('ada').token
  before = await house.head()
})
afterAll(() => house.close())

const kitchen = { name: 'Kitchen', purpose: 'To cook.' }
const raw = (text: string | Uint8Array, sent: Sent = {}) =>
  house.send(`${AT}/circles`, { method: 'POST', token: ada, raw: text, ...sent })
const nested = (levels: number) => `{"name":"K","purpose":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`

describe('a body', () => {
  const form = (body: unknown) => house.post(`${AT}/circles`, body, { token: ada })
  const cases: readonly (readonly [string, unknown, number, string, string])[] = [
    ['a field nobody asked for', { ...kitchen, colour: 'red' }, 400, 'VALIDATION_FAILED', '/colour'],
    ['a name that is missing', { purpose: 'To cook.' }, 400, 'VALIDATION_FAILED', '/name'],
    ['a name that is a number', { ...kitchen, name: 7 }, 400, 'VALIDATION_FAILED', '/name'],
    ['a name that is too long', { ...kitchen, name: 'x'.repeat(201) }, 400, 'VALIDATION_FAILED', '/name'],
    ['a name with a bidirectional control', { ...kitchen, name: 'a\u202Eb' }, 400, 'VALIDATION_FAILED', '/name'],
    ['a name with a line break', { ...kitchen, name: 'a\nb' }, 400, 'VALIDATION_FAILED', '/name'],
    ['an actor of its own', { ...kitchen, actor: 'operator' }, 400, 'VALIDATION_FAILED', '/actor'],
    [
      'a time for what cannot be backdated',
      { ...kitchen, effectiveAt: '2026' },
      400,
      'VALIDATION_FAILED',
      '/effectiveAt',
    ],
    ['a password', { ...kitchen, purpose: 'password: hunter2' }, 422, 'LOOKS_LIKE_A_SECRET', '/purpose'],
    ['an IBAN', { ...kitchen, purpose: 'DE89 3704 0044 0532 0130 00' }, 422, 'LOOKS_LIKE_A_SECRET', '/purpose'],
    ['a private key', { ...kitchen, purpose: '-----BEGIN PRIVATE KEY-----' }, 422, 'LOOKS_LIKE_A_SECRET', '/purpose'],
    ['a token of this server', { ...kitchen, name: `hbk_${'a'.repeat(20)}` }, 422, 'LOOKS_LIKE_A_SECRET', '/name'],
    [
      'a circle there is not',
      { ...kitchen, parentId: `circle_${'x'.repeat(22)}` },
      422,
      'UNKNOWN_REFERENCE',
      '/parentId',
    ],
    ['a list', [kitchen], 400, 'VALIDATION_FAILED', ''],
    ['a text', 'kitchen', 400, 'VALIDATION_FAILED', ''],
  ]

  it.each(cases)('with %s: refused, and the field named', async (_, body, status, code, pointer) => {
    expect(await form(body)).toMatchObject(problem(status, code, { pointer }))
  })

  it('with three faults: a finding for each', async () => {
    const { body } = await form({ name: '', colour: 'red' })
    expect(body.findings.map((each: { pointer: string }) => each.pointer).sort()).toEqual([
      '/colour',
      '/name',
      '/purpose',
    ])
  })

  it('that says again what stands in the address: 400', async () => {
    const answer = await house.post(`${AT}/imports/rolls/withdrawal`, { importId: 'rolls' })
    expect(answer).toMatchObject(problem(400, 'VALIDATION_FAILED', { pointer: '/importId' }))
  })

  it('that quotes a secret is not quoted back', async () => {
    expect(JSON.stringify((await form({ ...kitchen, purpose: 'password: hunter2' })).body)).not.toContain('hunter2')
  })
})

describe('text that is no body', () => {
  const bodies: readonly (readonly [string, string | Uint8Array])[] = [
    ['a lone surrogate', '{"name":"K","purpose":"\\ud800"}'],
    ['a lone surrogate in a field name', '{"name":"K","purpose":"p","\\udc00":1}'],
    ['a number beyond a double', '{"name":"K","purpose":1e400}'],
    ['half a body', '{"name":'],
    ['bytes that are not UTF-8', Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['a key of the prototype', '{"name":"K","purpose":"p","__proto__":{"admin":true}}'],
    ['seventeen levels', nested(17)],
    ['thirty thousand levels', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['null', 'null'],
  ]

  it.each(bodies)('%s: 400', async (_, text) => {
    expect(await raw(text)).toMatchObject(problem(400, 'VALIDATION_FAILED'))
  })

  it('sixteen levels are read, and refused by the form of the field only', async () => {
    expect((await raw(nested(17))).body.detail).toContain('nested deeper')
    expect((await raw(nested(16))).body.pointer).toBe('/purpose')
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'nonsense'])(
    'sent as %s: 415',
    async (type) => {
      const answer = await raw('{"name":"K","purpose":"p"}', { headers: { 'content-type': type } })
      expect(answer).toMatchObject(problem(415, 'UNSUPPORTED_MEDIA_TYPE'))
    },
  )

  it('of more than 64 KiB: 413; an import takes up to a MiB', async () => {
    const large = JSON.stringify({ name: 'K', purpose: 'x'.repeat(65 * 1024) })
    expect(await raw(large)).toMatchObject(problem(413, 'PAYLOAD_TOO_LARGE'))
    const imported = (bytes: number) =>
      house.send(`${AT}/imports/rolls/circles`, { method: 'POST', raw: JSON.stringify({ rows: 'x'.repeat(bytes) }) })
    expect((await imported(65 * 1024)).status).toBe(400)
    expect(await imported(1_048_576)).toMatchObject(problem(413, 'PAYLOAD_TOO_LARGE'))
  })
})

describe('an address', () => {
  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s: 405 with what is allowed', async (method) => {
    const answer = await house.send(`${AT}/circles`, { method })
    expect(answer).toMatchObject(problem(405, 'METHOD_NOT_ALLOWED'))
    expect(String(answer.headers.allow).split(', ').sort()).toEqual(['GET', 'HEAD', 'POST'])
  })

  it('with a part of any length is described to answer 414', async () => {
    const silent = (await operationsOf(house)).filter(
      ({ path, definition }) => path.includes('{') && !('414' in definition.responses),
    )
    expect(silent.map(({ id }) => id)).toEqual([])
  })

  it('that only reads does not take POST, and one that only writes does not take GET', async () => {
    expect((await house.post(`${AT}/roster`, {})).headers.allow).toBe('GET, HEAD')
    expect((await house.send(`${AT}/members`)).headers.allow).toBe('POST')
  })

  it('longer than the server takes: 414', async () => {
    expect(await house.send(`${AT}/circles/${'x'.repeat(401)}`)).toMatchObject(problem(414, 'URI_TOO_LONG'))
    expect((await house.send(`${AT}/circles/${'x'.repeat(400)}`)).status).toBe(404)
  })

  it.each([
    ['/v1/communities/%zz', 400, 'VALIDATION_FAILED'],
    ['/v1/communities/%c0%af/roster', 400, 'VALIDATION_FAILED'],
    ['/v2', 404, 'NOT_FOUND'],
    [`${AT}/circles/`, 404, 'NOT_FOUND'],
    [`${AT}/circles/not-an-id`, 404, 'NOT_FOUND'],
    ['/v1/communities/no%2Fsuch/roster', 404, 'NOT_FOUND'],
  ])('%s: %i', async (url, status, code) => {
    expect(await house.send(url)).toMatchObject(problem(status, code))
  })

  it('of an act whose id has no right form: the one 404', async () => {
    const answer = await house.post(`${AT}/circles/not-an-id/closings`, {}, { token: ada })
    expect(answer).toMatchObject(problem(404, 'NOT_FOUND'))
  })
})

describe('a problem', () => {
  it('names the request by the id the caller gave, if it has the right form', async () => {
    const given = await house.send('/v1/communities', { token: null, headers: { 'x-request-id': 'trace-12345' } })
    expect([given.body.requestId, given.headers['x-request-id']]).toEqual(['trace-12345', 'trace-12345'])
    const odd = await house.send('/v1/communities', { token: null, headers: { 'x-request-id': '<script>' } })
    expect(odd.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('is sent as application/problem+json and never kept', async () => {
    const { headers } = await house.send('/nowhere')
    expect(headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(headers['cache-control']).toBe('no-store')
  })

  it('has a page for every code the description names, and no other', async () => {
    const document = JSON.stringify((await house.send('/openapi.json')).body)
    const { commands } = house.server.hearthbook.registry
    const codes = new Set([...commands.values()].flatMap(({ refusals }) => Object.keys(refusals)))
    for (const [, list] of document.matchAll(/"code":\{"enum":\[([^\]]+)\]/g))
      for (const code of JSON.parse(`[${list}]`)) codes.add(code)
    expect(codes.size).toBeGreaterThan(30)
    const index = (await house.send('/problems', { token: null })).body
    for (const code of codes) {
      const page = await house.send(`/problems/${code}`, { token: null })
      expect([code, page.status, page.headers['content-type']]).toEqual([code, 200, 'text/html; charset=utf-8'])
      expect(page.body).toContain(code)
      expect(index).toContain(`/problems/${code}`)
    }
    expect(await house.send('/problems/NO_SUCH_CODE')).toMatchObject(problem(404, 'NOT_FOUND'))
  })
})

describe('all of these', () => {
  it('wrote nothing', async () => {
    expect(await house.head()).toBe(before)
  })
})

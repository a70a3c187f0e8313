import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/http/app.ts'
import type { Answer } from '../support/http.ts'
import { AT, House, NOW, problem } from './house.ts'

const DAY_MS = 86_400_000
const COOKIE = '__Host-hearthbook'
const OWN = { host: 'hearth.example', origin: 'https://hearth.example' }

let house: House
beforeAll(async () => {
  house = await House.open()
})
afterAll(() => house.close())

async function linkFor(handle = 'ada'): Promise<string> {
  const expiresAt = new Date(house.server.hearthbook.clock() + DAY_MS).toISOString()
  const request = { community: 'hearth', personId: house.dweller(handle).id, expiresAt, madeBy: 'operator' }
  return (await house.server.hearthbook.identity.makeLink(request)).link
}

const signIn = (link: unknown, headers: Readonly<Record<string, string>> = {}) =>
  house.post('/v1/sign-in', { link }, { token: null, headers })

async function sessionOf(handle = 'ada'): Promise<string> {
  const { body } = await signIn(await linkFor(handle))
  return body.session
}

/** What a browser sends with a cookie: no bearer token. */
const withCookie = (session: string, headers: Readonly<Record<string, string>> = {}) => ({
  token: null,
  headers: { cookie: `theme=dark; ${COOKIE}=${session}`, ...headers },
})

/** The act of a member, refused for its body where it is let in. */
const act = (session: string, headers: Readonly<Record<string, string>> = {}) =>
  house.post(`${AT}/circles`, {}, withCookie(session, headers))

const letIn = ({ status, body }: Answer) => ({ status, code: body.code })
/** A form that does not fit is met by nobody who was turned away before. */
const LET_IN = { status: 400, code: 'VALIDATION_FAILED' }
const CROSS_SITE = { status: 403, code: 'CROSS_SITE' }
const LINK_NOT_VALID = { status: 401, code: 'LINK_NOT_VALID' }

describe('signing in', () => {
  it('gives a session as a token and as a cookie that scripts and other sites do not get', async () => {
    const { status, body, headers } = await signIn(await linkFor())
    expect(status).toBe(201)
    expect(body).toEqual({
      community: 'hearth',
      personId: house.dweller('ada').id,
      expiresAt: new Date(Date.parse(NOW) + 30 * DAY_MS).toISOString(),
      session: expect.stringMatching(/^hbk_session_/),
    })
    expect(String(headers['set-cookie']).split('; ').sort()).toEqual(
      [
        `${COOKIE}=${body.session}`,
        'HttpOnly',
        `Max-Age=${30 * 24 * 60 * 60}`,
        'Path=/',
        'SameSite=Strict',
        'Secure',
      ].sort(),
    )
    expect(headers['cache-control']).toBe('no-store')
    const token = await house.send('/v1/session', { token: body.session })
    const cookie = await house.send('/v1/session', withCookie(body.session))
    expect([token.status, cookie.status]).toEqual([200, 200])
  })

  it('takes a link with the white space it was pasted with', async () => {
    expect((await signIn(` ${await linkFor()}\n`)).status).toBe(201)
  })

  it('works once, and a used link reads like one that never was', async () => {
    const link = await linkFor()
    const tries = await Promise.all([signIn(link), signIn(link), signIn(link)])
    expect(tries.map(({ status }) => status).sort()).toEqual([201, 401, 401])
    const bare = ({ body: { requestId: _, ...rest } }: Answer) => rest
    const [used, never] = [await signIn(link), await signIn('x'.repeat(60))]
    expect(used).toMatchObject(problem(401, 'LINK_NOT_VALID'))
    expect(bare(never)).toEqual(bare(used))
    expect(used.headers['set-cookie']).toBeUndefined()
  })

  it('refuses what is no link', async () => {
    const { token } = house.dweller('ada')
    for (const text of [token, await sessionOf(), house.operator])
      expect(letIn(await signIn(text))).toEqual(LINK_NOT_VALID)
  })

  it.each<readonly [string, unknown]>([
    ['no link', {}],
    ['a number', { link: 7 }],
    ['an empty link', { link: '' }],
    ['a blank link', { link: ' ' }],
    ['too long a link', { link: 'x'.repeat(513) }],
    ['a list', []],
  ])('refuses a body with %s', async (_what, body) => {
    expect(letIn(await house.post('/v1/sign-in', body, { token: null }))).toEqual(LET_IN)
  })

  it('refuses another field and leaves the link unused', async () => {
    const link = await linkFor()
    const { status, body } = await house.post('/v1/sign-in', { link, personId: 'x' }, { token: null })
    expect({ status, findings: body.findings }).toEqual({
      status: 400,
      findings: [{ pointer: '/personId', rule: 'is not a field of this' }],
    })
    expect((await signIn(link)).status).toBe(201)
  })

  it('refuses a body larger than 64 KiB', async () => {
    expect(await signIn('x'.repeat(64 * 1024))).toMatchObject(problem(413, 'PAYLOAD_TOO_LARGE'))
  })

  it('is not to be had by a page elsewhere, which would make its visitors somebody else', async () => {
    const link = await linkFor()
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { host: 'hearth.example', origin: 'https://evil.example' },
    ])
      expect(letIn(await signIn(link, headers))).toEqual(CROSS_SITE)
    expect((await signIn(link, OWN)).status).toBe(201)
  })

  it('makes no credential of a link itself', async () => {
    const link = await linkFor()
    expect((await house.send('/v1/session', { token: link })).status).toBe(401)
    expect((await house.send('/v1/session', withCookie(link))).status).toBe(401)
    expect((await signIn(link)).status).toBe(201)
  })
})

describe('who is signed in', () => {
  it('is told to whoever has a session or a token of their own', async () => {
    const ada = house.dweller('ada')
    const session = await sessionOf()
    const person = { community: 'hearth', personId: ada.id }
    const expiresAt = new Date(Date.parse(NOW) + 30 * DAY_MS).toISOString()
    const { body, headers } = await house.send('/v1/session', withCookie(session))
    expect(body).toEqual({ ...person, via: 'session', expiresAt })
    expect(headers['cache-control']).toBe('no-store')
    expect((await house.send('/v1/session', { token: session })).body).toEqual(body)
    expect((await house.send('/v1/session', { token: ada.token })).body).toMatchObject({ ...person, via: 'token' })
  })

  it('is nobody without, and nobody at all where the caller is no person', async () => {
    expect(await house.send('/v1/session', { token: null })).toMatchObject(problem(401, 'UNAUTHENTICATED'))
    expect(await house.send('/v1/session', { token: 'x'.repeat(43) })).toMatchObject(problem(401, 'UNAUTHENTICATED'))
    expect((await house.send('/v1/session')).status).toBe(404)
    expect((await house.send('/v1/session', { token: await house.service(['read']) })).status).toBe(404)
  })
})

describe('signing out', () => {
  it('ends the session it is sent with and no other, and takes the cookie back', async () => {
    const [session, other] = [await sessionOf(), await sessionOf()]
    const { status, headers } = await house.send('/v1/sign-out', { method: 'POST', ...withCookie(session, OWN) })
    expect(status).toBe(204)
    expect(String(headers['set-cookie'])).toMatch(new RegExp(`^${COOKIE}=; .*Max-Age=0`))
    expect(String(headers['set-cookie'])).toMatch(/Secure/)
    expect((await house.send('/v1/session', withCookie(session))).status).toBe(401)
    expect((await house.send('/v1/session', { token: session })).status).toBe(401)
    expect((await house.send('/v1/session', withCookie(other))).status).toBe(200)
  })

  it('ends a session sent as a token', async () => {
    const session = await sessionOf()
    expect((await house.post('/v1/sign-out', {}, { token: session })).status).toBe(204)
    expect((await house.post('/v1/sign-out', {}, { token: session })).status).toBe(401)
  })

  it('takes a cookie back that counts no more, and may be repeated', async () => {
    const session = await sessionOf()
    for (const status of [204, 204]) {
      const answer = await house.post('/v1/sign-out', {}, withCookie(session, OWN))
      expect(answer.status).toBe(status)
      expect(String(answer.headers['set-cookie'])).toMatch(/Max-Age=0/)
    }
  })

  it('leaves a token for programs alone', async () => {
    const { token } = house.dweller('ada')
    expect((await house.post('/v1/sign-out', {}, { token })).status).toBe(404)
    expect((await house.send('/v1/session', { token })).status).toBe(200)
  })

  it('is not done for a page elsewhere, with the cookie or without', async () => {
    const session = await sessionOf()
    const elsewhere = { ...OWN, origin: 'https://evil.example' }
    expect(letIn(await house.post('/v1/sign-out', {}, withCookie(session, elsewhere)))).toEqual(CROSS_SITE)
    const without = await house.post('/v1/sign-out', {}, { token: null, headers: elsewhere })
    expect([letIn(without), without.headers['set-cookie']]).toEqual([CROSS_SITE, undefined])
    expect((await house.send('/v1/session', withCookie(session))).status).toBe(200)
  })

  it('takes no fields', async () => {
    const session = await sessionOf()
    expect(letIn(await house.post('/v1/sign-out', { all: true }, { token: session }))).toEqual(LET_IN)
    expect((await house.send('/v1/session', { token: session })).status).toBe(200)
  })
})

describe('the cookie', () => {
  let session: string
  beforeAll(async () => {
    session = await sessionOf()
  })

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['a page of this origin', { 'sec-fetch-site': 'same-origin' }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['a page of this host', OWN],
    ['a page of this host and port', { host: 'localhost:8080', origin: 'http://localhost:8080' }],
    ['a page of this host, the port of TLS said', { host: 'hearth.example:443', origin: 'https://hearth.example' }],
    ['a page of this host in capitals', { host: 'Hearth.Example', origin: 'https://hearth.example' }],
  ])('acts for %s', async (_what, headers) => {
    expect(letIn(await act(session, headers))).toEqual(LET_IN)
  })

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['nothing said', {}],
    ['a page elsewhere', { 'sec-fetch-site': 'cross-site' }],
    ['a page of a sibling host', { 'sec-fetch-site': 'same-site' }],
    ['a verdict that nobody knows', { 'sec-fetch-site': 'same-origin, cross-site' }],
    ['a page elsewhere that has our name', { ...OWN, 'sec-fetch-site': 'cross-site' }],
    ['another host', { ...OWN, origin: 'https://evil.example' }],
    ['a host that begins with ours', { ...OWN, origin: 'https://hearth.example.evil.example' }],
    ['a sibling host', { ...OWN, origin: 'https://www.hearth.example' }],
    ['another port', { ...OWN, origin: 'https://hearth.example:8443' }],
    ['a hidden origin', { ...OWN, origin: 'null' }],
    ['an origin that is none', { ...OWN, origin: 'hearth.example' }],
    ['another scheme', { ...OWN, origin: 'ftp://hearth.example' }],
  ])('does not act for %s', async (_what, headers) => {
    expect(letIn(await act(session, headers))).toEqual(CROSS_SITE)
  })

  it('reads wherever the reader comes from', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await house.send(`${AT}/roster`, withCookie(session, headers))).status).toBe(200)
    expect((await house.send(`${AT}/roster`, { method: 'HEAD', ...withCookie(session, headers) })).status).toBe(200)
  })

  it('does not count beside a bearer token, not even a dead one', async () => {
    const both = { headers: { cookie: `${COOKIE}=${session}` } }
    const { token } = house.dweller('ben')
    expect((await house.send('/v1/session', { token, ...both })).body.personId).toBe(house.dweller('ben').id)
    expect((await house.send('/v1/session', { token: 'x'.repeat(43), ...both })).status).toBe(401)
    expect(letIn(await house.post(`${AT}/circles`, {}, { token, ...both }))).toEqual(LET_IN)
  })

  it('holds sessions only: a token in it is nobody', async () => {
    for (const token of [house.dweller('ada').token, house.operator]) {
      expect((await house.send(`${AT}/roster`, withCookie(token))).status).toBe(401)
      expect((await act(token, OWN)).status).toBe(401)
    }
  })

  it('counts under its own name only', async () => {
    const headers = { cookie: `hearthbook=${session}; __Secure-hearthbook=${session}` }
    expect((await house.send('/v1/session', { token: null, headers })).status).toBe(401)
  })

  it('reads as garbage without harm', async () => {
    for (const value of ['', '%', '%E0%A4%A', '"', 'x'.repeat(5000), `${session}x`])
      expect((await house.send('/v1/session', withCookie(value))).status).toBe(401)
  })
})

describe('a bearer session', () => {
  it('acts without saying where it comes from', async () => {
    const token = await sessionOf()
    const sent = { token, headers: { 'sec-fetch-site': 'cross-site' } }
    expect(letIn(await house.post(`${AT}/circles`, {}, { token }))).toEqual(LET_IN)
    expect(letIn(await house.post(`${AT}/circles`, {}, sent))).toEqual(LET_IN)
  })
})

describe('credentials that were ended', () => {
  it('count no more from the next request on, a session in use too', async () => {
    const { id } = house.dweller('ben')
    const session = await sessionOf('ben')
    expect((await house.send(`${AT}/roster`, withCookie(session))).status).toBe(200)
    await house.server.hearthbook.identity.revokeAllOf('hearth', id)
    expect((await house.send(`${AT}/roster`, withCookie(session))).status).toBe(401)
    expect((await act(session, OWN)).status).toBe(401)
  })
})

describe('a limit on requests', () => {
  it('counts those that are refused for their site by address', async () => {
    const { engine, registry, identity, clock } = house.server.hearthbook
    const app = await buildApp({ engine, registry, identity, clock, requestsPerMinute: 2 })
    const session = await sessionOf()
    const statuses: number[] = []
    for (let sent = 0; sent < 3; sent += 1) {
      const headers = { cookie: `${COOKIE}=${session}` }
      const { statusCode } = await app.inject({ method: 'POST', url: '/v1/sign-out', headers })
      statuses.push(statusCode)
    }
    await app.close()
    expect(statuses).toEqual([403, 403, 429])
  })

  it('stands before guessing at links, too', async () => {
    const { engine, registry, identity, clock } = house.server.hearthbook
    const app = await buildApp({ engine, registry, identity, clock, requestsPerMinute: 2 })
    const statuses: number[] = []
    for (let sent = 0; sent < 3; sent += 1) {
      const { statusCode } = await app.inject({ method: 'POST', url: '/v1/sign-in', payload: { link: 'x'.repeat(60) } })
      statuses.push(statusCode)
    }
    await app.close()
    expect(statuses).toEqual([401, 401, 429])
  })
})

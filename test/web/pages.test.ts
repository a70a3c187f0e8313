import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callersOf } from '../http/callers.ts'
import { AT, House } from '../http/house.ts'
import type { Answer } from '../support/http.ts'

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const PROBLEM = 'application/problem+json; charset=utf-8'
const MISSING = `person_${'z'.repeat(22)}`

let house: House
let opened: House
let roleId: string
let eventId: string
beforeAll(async () => {
  house = await House.open()
  opened = await House.open([], true)
  const { body } = await house.send(`${AT}/holders?role=chair`)
  roleId = body.holders[0].role.id
  eventId = body.holders[0].evidence[0]
})
afterAll(() => Promise.all([house.close(), opened.close()]))

const get = (url: string, token: string | null = house.dweller('ada').token, headers: object = {}) =>
  house.send(url, { token, headers: { ...BROWSER, ...headers } })

/** Every page of a community, and the question of the API it is the page of. */
const pages = (): readonly (readonly [page: string, question: string])[] => [
  ['/c/hearth/roster', `${AT}/roster`],
  ['/c/hearth/roster?asOf=2024-03-01&circle=table&role=chair', `${AT}/roster?asOf=2024-03-01&circle=table&role=chair`],
  [`/c/hearth/people/${house.dweller('cyd').id}`, `${AT}/people/${house.dweller('cyd').id}`],
  [`/c/hearth/roles/${roleId}`, `${AT}/roles/${roleId}`],
  ['/c/hearth/audit', `${AT}/audit`],
  [`/c/hearth/audit/${eventId}`, `${AT}/events/${eventId}`],
  [`/c/hearth/people/${MISSING}`, `${AT}/people/${MISSING}`],
  ['/c/hearth/roster?role=nothing', `${AT}/roster?role=nothing`],
  ['/c/hearth/roster?asOf=yesterday', `${AT}/roster?asOf=yesterday`],
  ['/c/nowhere/roster', '/v1/communities/nowhere/roster'],
]

describe('who may look at a page', () => {
  it('is whoever may ask the question it is made of, and everybody else is refused as there', async () => {
    const callers = await callersOf(house)
    const told: Record<string, unknown> = {}
    for (const [kind, token] of Object.entries(callers)) {
      for (const [page, question] of pages()) {
        const [shown, asked] = [await get(page, token), await house.send(question, { token })]
        told[`${kind} ${page}`] = shown.status
        expect(`${kind} ${page} ${shown.status}`).toBe(`${kind} ${page} ${asked.status}`)
        expect(shown.headers).toMatchObject({
          'content-type': 'text/html; charset=utf-8',
          'cache-control': shown.status === 200 ? 'private, no-cache' : 'no-store',
          vary: 'Cookie, Authorization',
        })
      }
    }
    expect(new Set(Object.values(told))).toEqual(new Set([200, 400, 401, 403, 404, 422]))
  })

  it('cannot tell what is hidden from what is missing', async () => {
    const stranger = house.dweller('cyd').token
    const hidden = await get('/c/hearth/roster', stranger)
    const missing = await get('/c/nowhere/people/x', stranger)
    expect([hidden.status, missing.status]).toEqual([404, 404])
    expect(hidden.body).toBe(missing.body)
    expect(hidden.body).not.toMatch(/hearth</i)
  })

  it('is anybody, where the community opened its roster, and still not of the trail', async () => {
    const anybody = (url: string) => opened.send(url, { token: null, headers: BROWSER })
    const roster = await anybody('/c/hearth/roster')
    expect(roster.status).toBe(200)
    expect(roster.body).toContain('>ada</a>')
    expect(roster.body).not.toContain('/c/hearth/audit')
    expect((await anybody(`/c/hearth/people/${opened.dweller('cyd').id}`)).status).toBe(200)
    expect((await anybody('/c/hearth/audit')).status).toBe(401)
  })
})

describe('every page', () => {
  const all = async (): Promise<readonly Answer[]> => {
    const own = await Promise.all(
      [...pages().map(([page]) => page), '/sign-in', '/problems', '/problems/NOT_FOUND'].map((page) => get(page)),
    )
    return [...own, await get('/c/hearth/roster', null), await get('/nowhere')]
  }

  it('has a title, a language, one heading and one style sheet of our own, and nothing that is run', async () => {
    for (const { body } of await all()) {
      expect(body).toMatch(/^<!doctype html><html lang="en">/)
      expect(body).toMatch(/<title>[^<]+<\/title>/)
      expect(body.match(/<h1/g)).toHaveLength(1)
      expect(body).not.toMatch(/<script|\son\w+=|\sstyle=|javascript:|https?:\/\//i)
      const [, sheet = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(body) ?? []
      const { status, headers } = await get(sheet, null)
      expect([status, headers['content-type'], headers['cache-control']]).toEqual([
        200,
        'text/css; charset=utf-8',
        'public, max-age=31536000, immutable',
      ])
    }
  })

  it('is under the strict policy', async () => {
    for (const { headers } of await all())
      expect(headers['content-security-policy']).toBe(
        "default-src 'none';style-src 'self';frame-ancestors 'none';form-action 'self';base-uri 'none'",
      )
  })

  it('shows a name as the text it is', async () => {
    const token = house.dweller('cyd').token
    const name = '<img src=x onerror=alert(1)>&amp;"'
    await house.post(`${AT}/members`, { displayName: name }, { token })
    for (const page of ['/c/hearth/roster', `/c/hearth/people/${house.dweller('cyd').id}`, '/c/hearth/audit']) {
      const { body } = await get(page)
      expect(body).toContain('&lt;img src=x onerror=alert(1)>&amp;amp;')
      expect(body).not.toContain('<img')
    }
  })
})

describe('the roster page', () => {
  it('says what the API says, on both axes', async () => {
    const { body } = await get('/c/hearth/roster?asOf=2024-03-01&role=chair')
    expect(body).toContain('On 1 March 2024, as the record says now.')
    expect(body).toContain('>ada</a>')
    expect(body).not.toContain('>ben</a>')
    const before = await get('/c/hearth/roster?asOf=2024-03-01&knownBy=2019-12-31')
    expect(before.body).toContain('before anything was in it')
    expect(before.body).toContain('Nobody held any of these roles then')
    expect((await get('/c/hearth/roster?asOf=2019-12-31&role=chair')).body).toContain('Nobody held')
  })

  it('takes empty fields, as forms send them, for none', async () => {
    const { status, body } = await get('/c/hearth/roster?asOf=&circle=&role=&knownBy=')
    expect(status).toBe(200)
    expect(body).toContain('>ben</a>')
  })

  it('has a link that shows the same for ever', async () => {
    const { body } = await get('/c/hearth/roster')
    const [, link = ''] = /<a href="([^"]+)">This page for ever/.exec(body) ?? []
    const then = link.replaceAll('&amp;', '&')
    const main = (answer: Answer) => /<table.*<\/table>/s.exec(answer.body)?.[0].replaceAll(/href="[^"]*"/g, '')
    const before = await get(then)
    expect(main(before)).toBe(main(await get('/c/hearth/roster')))
    await house.post(`${AT}/imports/later/holdings`, {
      rows: [
        ...[{ memberId: 'dov', memberName: 'dov', role: 'chair', circle: 'table', from: '2021', source: 'later' }],
      ],
    })
    expect(main(await get(then))).toBe(main(before))
    expect((await get('/c/hearth/roster')).body).toContain('>dov</a>')
    expect((await get(then)).body).toMatch(/It has come to revision \d+ since/)
  })
})

describe('a link followed from elsewhere', () => {
  const elsewhere = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }

  it('goes on to the page, for browsers keep the session back at first', async () => {
    const { status, body } = await get('/c/hearth/roster?asOf=2024-03-01', null, elsewhere)
    expect(status).toBe(200)
    expect(body).toContain('<meta http-equiv="refresh" content="0; url=/c/hearth/roster?asOf=2024-03-01"')
    const next = await get('/c/hearth/roster?asOf=2024-03-01', null, { ...elsewhere, 'sec-fetch-site': 'same-origin' })
    expect(next.status).toBe(401)
    expect(next.body).toContain('href="/sign-in?next=%2Fc%2Fhearth%2Froster%3FasOf%3D2024-03-01"')
  })

  it('shows at once what anybody may read', async () => {
    const { body } = await opened.send('/c/hearth/roster', { token: null, headers: { ...BROWSER, ...elsewhere } })
    expect(body).toContain('>ada</a>')
  })
})

describe('a refusal', () => {
  it('is a page for a browser, and a problem document for everybody in the API', async () => {
    const page = await get('/nowhere')
    expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
    const api = await get('/v1/nowhere')
    expect([api.status, api.headers['content-type']]).toEqual([404, PROBLEM])
    const bare = await house.send('/nowhere', { headers: { accept: '*/*' } })
    expect(bare.headers['content-type']).toBe(PROBLEM)
  })

  it('says when the record cannot be read', async () => {
    const { engine } = house.server.hearthbook
    const { StoreUnavailable } = await import('../../src/ledger/port.ts')
    const asks = engine.ask.bind(engine)
    engine.ask = async () => {
      throw new StoreUnavailable('away')
    }
    try {
      const { status, body, headers } = await get('/c/hearth/roster')
      expect([status, headers['retry-after']]).toEqual([503, '1'])
      expect(body).toContain('Nothing is lost; try again in a while.')
    } finally {
      engine.ask = asks
    }
  })
})

describe('signing in', () => {
  const ada = () => house.dweller('ada').id
  const link = (personId = ada()) => house.server.linkFor('hearth', personId)
  const OWN = { 'sec-fetch-site': 'same-origin' }
  const send = (url: string, fields: Readonly<Record<string, string>>, headers: object = OWN) =>
    house.send(url, {
      method: 'POST',
      token: null,
      raw: new URLSearchParams(fields).toString(),
      headers: { ...BROWSER, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    })
  const cookieOf = ({ headers }: Answer) => String(headers['set-cookie']).split(';')[0] ?? ''

  it('is not done by opening the link, but by the button', async () => {
    const text = await link()
    for (let n = 0; n < 3; n += 1) {
      const { body, headers } = await get(`/sign-in?link=${text}`, null)
      expect(body).toContain(`<input type="hidden" name="link" value="${text}"`)
      expect([headers['set-cookie'], headers['cache-control']]).toEqual([undefined, 'no-store'])
    }
    const signedIn = await send('/sign-in', { link: text })
    expect([signedIn.status, signedIn.headers.location]).toEqual([303, '/c/hearth/roster'])
    expect(String(signedIn.headers['set-cookie'])).toMatch(/^__Host-hearthbook=.*HttpOnly; Secure; SameSite=Strict/)
    const roster = await get('/c/hearth/roster', null, { cookie: cookieOf(signedIn) })
    expect(roster.body).toContain('Sign out')
    expect((await send('/sign-in', { link: text })).status).toBe(401)
  })

  it('takes the whole address a link came in, and leads back to where one was', async () => {
    const text = await link()
    const { headers } = await send('/sign-in', {
      link: ` https://hearth.example/sign-in?link=${text}\n`,
      next: '/c/hearth/audit?type=MemberJoined',
    })
    expect(headers.location).toBe('/c/hearth/audit?type=MemberJoined')
  })

  it.each([
    'https://evil.example/',
    '//evil.example/c/',
    '/\\evil.example',
    '/c/hearth/../../x\\',
    'javascript:alert(1)',
    '/v1/sign-out',
  ])('leads nowhere else: %s', async (next) => {
    const { headers } = await send('/sign-in', { link: await link(), next })
    expect(headers.location).toBe('/c/hearth/roster')
  })

  it('says beside the field what is wrong, and keeps where one was going', async () => {
    const { status, body } = await send('/sign-in', { link: 'x'.repeat(60), next: '/c/hearth/audit' })
    expect(status).toBe(401)
    expect(body).toMatch(/<p class="wrong" id="wrong" role="alert">This link does not count/)
    expect(body).toContain('aria-describedby="wrong"')
    expect(body).toContain('name="next" value="/c/hearth/audit"')
    expect((await send('/sign-in', { link: ' ' })).status).toBe(400)
    expect((await send('/sign-in', { link: 'x', other: 'y' })).status).toBe(400)
  })

  it('is refused from pages of other sites, and so are joining and signing out', async () => {
    const { status: ok, headers } = await send('/sign-in', { link: await link() })
    expect(ok).toBe(303)
    const cookie = String(headers['set-cookie']).split(';')[0]
    for (const site of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'null' }, { origin: 'https://evil.example' }])
      for (const [url, fields] of [
        ['/sign-in', { link: await link() }],
        ['/sign-out', {}],
        ['/c/hearth/join', { displayName: 'x' }],
      ] as const) {
        const refused = await send(url, fields, { ...site, cookie })
        expect([url, refused.status]).toEqual([url, 403])
        expect(refused.headers['content-type']).toBe('text/html; charset=utf-8')
      }
    expect((await get('/c/hearth/roster', null, { cookie })).status).toBe(200)
  })

  it('ends with signing out', async () => {
    const cookie = cookieOf(await send('/sign-in', { link: await link() }))
    const out = await send('/sign-out', {}, { ...OWN, cookie })
    expect([out.status, out.headers.location]).toEqual([303, '/sign-in?out'])
    expect((await get('/c/hearth/roster', null, { cookie })).status).toBe(401)
    expect((await get('/sign-in?out', null)).body).toContain('You are signed out.')
  })

  it('lets somebody new join by their own act, under a name of one line', async () => {
    const newcomer = `person_${'w'.repeat(22)}`
    const signedIn = await send('/sign-in', { link: await link(newcomer), next: '/c/hearth/audit' })
    expect(signedIn.headers.location).toBe('/c/hearth/join')
    const own = { ...OWN, cookie: cookieOf(signedIn) }
    expect((await get('/', null, own)).headers.location).toBe('/c/hearth/join')
    expect((await get('/c/hearth/roster', null, own)).status).toBe(404)
    expect((await get('/c/hearth/join', null, own)).body).toContain('You are signed in, and not a member yet.')
    expect((await send('/c/hearth/join', { displayName: '' }, own)).status).toBe(400)
    const head = await house.head()
    expect((await send('/c/hearth/join', { displayName: 'Wren' }, own)).headers.location).toBe('/c/hearth/roster')
    expect(await house.head()).toBe(head + 1)
    expect((await send('/c/hearth/join', { displayName: 'Wren' }, own)).headers.location).toBe('/c/hearth/roster')
    expect(await house.head()).toBe(head + 1)
    expect((await get('/', null, own)).headers.location).toBe('/c/hearth/roster')
    const trail = await get('/c/hearth/audit?type=MemberJoined&person=Wren', null, own)
    expect(trail.body).toContain('in person, signed in')
    expect((await get('/c/nowhere/join', null, own)).status).toBe(404)
    expect((await get('/c/hearth/join', null)).status).toBe(404)
  })

  it('is the only place that takes the form of a page', async () => {
    const { status } = await send('/v1/sign-in', { link: await link() }, {})
    expect(status).toBe(415)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyCheckpoint } from '../../src/ledger/proofs/checkpoint.ts'
import { AT, House, problem, type Sent } from './house.ts'

let house: House
let ada: string
let keys = 0
beforeAll(async () => {
  house = await House.open()
  ada = house.dweller('ada').token
})
afterAll(() => house.close())

const kitchen = { name: 'Kitchen', purpose: 'To cook together.' }
const form = (body: unknown = kitchen, sent: Sent = {}) => house.post(`${AT}/circles`, body, { token: ada, ...sent })
const freshKey = () => `key-${keys++}`

describe('the answer to a command', () => {
  it('is 201 with Location, ETag, the events and the result', async () => {
    const { status, headers, body } = await form()
    const head = await house.head()
    expect(status).toBe(201)
    expect(body.result.circleId).toMatch(/^circle_/)
    expect(headers.location).toBe(`${AT}/circles/${body.result.circleId}`)
    expect(headers.etag).toBe(`"${head}"`)
    expect(headers['cache-control']).toBe('no-store')
    expect(body.events).toEqual([
      { id: expect.any(String), type: 'CircleFormed', revision: head, recordedAt: '2026-03-10T12:00:00.000Z' },
    ])
    expect((await house.send(String(headers.location), { token: ada })).body.circle.name).toBe('Kitchen')
  })

  it('holds a receipt whose checkpoint the key of the server verifies, and another key does not', async () => {
    const { receipt } = (await form()).body
    const served = (await house.send('/v1/keys', { token: null })).body.checkpoints
    expect(served).toBe(house.signerKey)
    expect(verifyCheckpoint(receipt.checkpoint, served)).toMatchObject({ size: receipt.revision + 1 })
    const stranger = await House.open()
    expect(verifyCheckpoint(receipt.checkpoint, stranger.signerKey)).toBeUndefined()
    await stranger.close()
  })

  it('holds a receipt whose hash is that of the record, as the proof says', async () => {
    const { receipt } = (await form()).body
    expect(receipt).toMatchObject({ community: 'hearth', book: 'open', revision: await house.head() })
    expect((await house.send(`${AT}/proofs/${receipt.revision}`)).body.hash).toBe(receipt.hash)
  })

  it('of a founding points to the community', async () => {
    const founded = await house.post('/v1/communities', { community: 'cellar', name: 'Cellar' })
    expect([founded.status, founded.headers.location]).toEqual([201, '/v1/communities/cellar'])
    const again = await house.post('/v1/communities', { community: 'cellar', name: 'Cellar' })
    expect(again).toMatchObject(problem(422, 'COMMUNITY_EXISTS'))
  })
})

describe('an Idempotency-Key', () => {
  it('again with the same body: 200 with the first answer, receipt included, and nothing written', async () => {
    const headers = { 'idempotency-key': freshKey() }
    const first = await form(kitchen, { headers })
    await form()
    const before = await house.head()
    const again = await form(kitchen, { headers })
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.body).toEqual(first.body)
    expect([again.headers.location, again.headers.etag]).toEqual([first.headers.location, first.headers.etag])
    expect(await house.head()).toBe(before)
  })

  it('again with another body: 422, and nothing written', async () => {
    const headers = { 'idempotency-key': freshKey() }
    await form(kitchen, { headers })
    const before = await house.head()
    const other = await form({ ...kitchen, name: 'Cellar' }, { headers })
    expect(other).toMatchObject(problem(422, 'IDEMPOTENCY_KEY_REUSED'))
    expect(await house.head()).toBe(before)
  })

  it('again with what a default would have filled in: 422, for it is another request', async () => {
    const headers = { 'idempotency-key': freshKey() }
    await form(kitchen, { headers })
    expect((await form({ ...kitchen, kind: 'circle' }, { headers })).body.code).toBe('IDEMPOTENCY_KEY_REUSED')
  })

  it('of another person is another act', async () => {
    const headers = { 'idempotency-key': freshKey() }
    await form(kitchen, { headers })
    expect((await form({ ...kitchen, name: 'Yard' }, { headers, token: house.dweller('ben').token })).status).toBe(201)
  })

  it('sent twice at once is one act', async () => {
    const headers = { 'idempotency-key': freshKey() }
    const before = await house.head()
    const answers = await Promise.all([form(kitchen, { headers }), form(kitchen, { headers })])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201])
    expect(answers[0]?.body).toEqual(answers[1]?.body)
    expect(await house.head()).toBe(before + 1)
  })

  it('of a refused act is free: the same key may be used for the act put right', async () => {
    const headers = { 'idempotency-key': freshKey() }
    expect((await form({ ...kitchen, parentId: `circle_${'x'.repeat(22)}` }, { headers })).status).toBe(422)
    expect((await form(kitchen, { headers })).status).toBe(201)
  })

  it('is required of a service, but not for a dry run', async () => {
    const token = await house.service(['import'])
    const url = `${AT}/imports/sync/circles`
    const body = { rows: [{ circle: 'garden', name: 'Garden', from: '2020' }] }
    expect(await house.post(url, body, { token })).toMatchObject(problem(400, 'IDEMPOTENCY_KEY_REQUIRED'))
    expect((await house.post(`${url}?dryRun=true`, body, { token })).status).toBe(200)
    expect((await house.post(url, body, { token, headers: { 'idempotency-key': freshKey() } })).status).toBe(201)
  })

  it.each(['', 'a\tb', 'x'.repeat(129), 'ключ'])('%j: 400, for it is no key', async (key) => {
    const answer = await form(kitchen, { headers: { 'idempotency-key': key } })
    expect(answer).toMatchObject(problem(400, 'VALIDATION_FAILED', { pointer: 'Idempotency-Key' }))
  })
})

describe('a dry run', () => {
  it('says what would be written, and writes nothing', async () => {
    const before = await house.head()
    const { status, body } = await house.post(`${AT}/circles?dryRun=true`, kitchen, { token: ada })
    expect([status, body.dryRun, body.events[0].type]).toEqual([200, true, 'CircleFormed'])
    expect(body.events[0].data).toMatchObject({ name: 'Kitchen', kind: 'circle' })
    expect(await house.head()).toBe(before)
  })

  it('leaves its key to the act itself', async () => {
    const headers = { 'idempotency-key': freshKey() }
    await house.post(`${AT}/circles?dryRun=true`, kitchen, { token: ada, headers })
    expect((await form(kitchen, { headers })).status).toBe(201)
  })

  it('is refused with what would refuse the act', async () => {
    const refused = await house.post(`${AT}/members?dryRun=true`, { displayName: 'Ada' }, { token: ada })
    expect(refused).toMatchObject(problem(422, 'ALREADY_A_MEMBER'))
  })

  it.each(['dryRun=yes', 'dryrun=true', 'dryRun=true&dryRun=true'])('?%s: 400, and nothing written', async (query) => {
    const before = await house.head()
    const answer = await house.post(`${AT}/circles?${query}`, kitchen, { token: ada })
    expect(answer).toMatchObject(problem(400, 'VALIDATION_FAILED'))
    expect(await house.head()).toBe(before)
  })
})

describe('If-Match', () => {
  const amend = async (url: string, ifMatch: string) =>
    house.post(`${url}/amendments`, { changes: { kind: 'crew' } }, { token: ada, headers: { 'if-match': ifMatch } })

  it('at the version the resource is at, or a later answer of an unchanged one: done', async () => {
    const { headers } = await form()
    const amended = await amend(String(headers.location), String(headers.etag))
    expect(amended.status).toBe(201)
    await form()
    expect((await amend(String(headers.location), `"${await house.head()}"`)).status).toBe(201)
  })

  it('at a version the resource has left: 412, and nothing written', async () => {
    const { headers } = await form()
    await amend(String(headers.location), String(headers.etag))
    const before = await house.head()
    expect(await amend(String(headers.location), String(headers.etag))).toMatchObject(
      problem(412, 'PRECONDITION_FAILED'),
    )
    expect(await house.head()).toBe(before)
  })

  it('at a version the book has not come to: 412', async () => {
    const { headers } = await form()
    expect((await amend(String(headers.location), '"999999"')).status).toBe(412)
  })

  it.each(['*', '17', 'W/"17"', '"17", "18"', '"x"'])('%s: 400, for it is no ETag of this server', async (ifMatch) => {
    const { headers } = await form()
    expect(await amend(String(headers.location), ifMatch)).toMatchObject(problem(400, 'VALIDATION_FAILED'))
  })
})

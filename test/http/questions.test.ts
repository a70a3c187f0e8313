import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AT, House, problem } from './house.ts'

let house: House
beforeAll(async () => {
  house = await House.open()
})
afterAll(() => house.close())

const ask = (query: string, headers: Readonly<Record<string, string>> = {}) => house.send(`${AT}/${query}`, { headers })
const importing = async (importId: string, more: Readonly<Record<string, unknown>>) => {
  const row = { role: 'scribe', circle: 'table', from: '2021-01-01', source: 'minutes', ...more }
  const answer = await house.post(`${AT}/imports/${importId}/holdings`, { rows: [row] })
  expect(answer.status).toBe(201)
}

describe('an answer', () => {
  it('says what it was asked for: the moment, what was known by then, and the head', async () => {
    const { body } = await ask('holders?asOf=2026-01-01&asKnownAt=2026-03-10')
    const head = await house.server.hearthbook.engine.community('hearth').then((hot) => hot.head)
    expect(body).toMatchObject({
      asOf: '2026-01-01',
      asKnownAt: '2026-03-10T12:00:00.000Z',
      atRevision: head.revision,
      head,
      record: 'recorded',
      count: 3,
    })
  })

  it('without a moment is of now, and says so', async () => {
    expect((await ask('holders')).body).toMatchObject({ asOf: '2026-03-10T12:00:00.000Z', record: 'recorded' })
  })

  it('at a revision is what the record said then', async () => {
    expect((await ask('holders?atRevision=0')).body).toMatchObject({ atRevision: 0, count: 0 })
    expect((await ask('holders?atRevision=999999')).body).toMatchObject({
      code: 'VALIDATION_FAILED',
      pointer: '/atRevision',
    })
  })

  it('from before the first record says that nothing is recorded yet, and its permalink says it again', async () => {
    const { body } = await ask('holders?asKnownAt=2020-01-01')
    expect(body).toMatchObject({ record: 'nothing-recorded-yet', atRevision: -1, asKnownAt: null, holders: [] })
    expect((await house.send(body.permalink)).body).toEqual(body)
  })

  it('of a question over a period has no moment of its own', async () => {
    expect((await ask('changes?from=2020-01-01&through=2026-01-01')).body).not.toHaveProperty('asOf')
    const refused = await ask('changes?from=2020-01-01&through=2026-01-01&asOf=2026-01-01')
    expect(refused).toMatchObject(problem(400, 'VALIDATION_FAILED', { pointer: '/asOf' }))
  })
})

describe('a question asked wrongly', () => {
  it.each([
    ['holders?roel=chair', '/roel'],
    ['holders?asOf=2026', '/asOf'],
    ['holders?asOf=2026-03', '/asOf'],
    ['holders?asOf=2026-02-30', '/asOf'],
    ['holders?asOf=now', '/asOf'],
    ['holders?asOf=', '/asOf'],
    ['holders?asOf=2026-01-01&asOf=2026-01-02', '/asOf'],
    ['holders?asKnownAt=2026-03', '/asKnownAt'],
    ['holders?asKnownAt=2026-01-01&atRevision=1', '/atRevision'],
    ['holders?atRevision=-1', '/atRevision'],
    ['holders?atRevision=1.5', '/atRevision'],
    ['holders?atRevision=1e1', '/atRevision'],
    ['changes?through=2026-01-01', '/from'],
    ['audit?limit=501', '/limit'],
    ['people?handle=ada&token=x', '/token'],
  ])('%s: 400, naming %s', async (query, pointer) => {
    expect(await ask(query)).toMatchObject(problem(400, 'VALIDATION_FAILED', { pointer }))
  })

  it.each([
    ['holders?role=no-such', '/role'],
    ['holders?circle=no-such', '/circle'],
    ['holders?person=no-such', '/person'],
    ['holders?notRole=scribe&notRole=no-such', '/notRole'],
  ])('%s: 422, for nothing is called so', async (query, pointer) => {
    expect(await ask(query)).toMatchObject(problem(422, 'UNKNOWN_REFERENCE', { pointer }))
  })

  it('about a person, circle, role, event or import there is not: 404', async () => {
    for (const path of ['people/no-such', 'circles/no-such', 'roles/no-such', 'events/no-such', 'imports/no-such'])
      expect(await ask(path)).toMatchObject(problem(404, 'NOT_FOUND'))
  })
})

describe('notRole', () => {
  it('once leaves out one role, twice leaves out both', async () => {
    const count = async (query: string) => (await ask(`holders?asOf=2026-01-01&atRevision=9${query}`)).body.count
    const all = await count('')
    const [one, both] = [await count('&notRole=scribe'), await count('&notRole=scribe&notRole=chair')]
    expect([all, one, both]).toEqual([3, 1, 0])
  })
})

describe('a permalink', () => {
  it.each([
    'holders?role=scribe&notRole=chair',
    'holders?asOf=2026-01-01&asKnownAt=2026-03-10',
    'people/ada/tenure',
    'tenure/longest',
    'circles',
    'roster',
  ])('of %s gives the same answer after more was recorded, and is its own permalink', async (query) => {
    const { head: _, ...first } = (await ask(query)).body
    expect(first.permalink).toContain(`atRevision=${first.atRevision}`)
    expect(first.permalink).not.toContain('asKnownAt')
    await importing(`later-${query.length}`, { memberId: query.replaceAll(/\W/g, ''), memberName: 'Dov' })
    await house.server.at('2026-03-25T12:00:00Z')
    const { head: __, ...again } = (await house.send(first.permalink)).body
    expect(again).toEqual(first)
  })
})

describe('an ETag', () => {
  it('of an answer with a moment of its own: 304 until something is recorded', async () => {
    const { headers } = await ask('holders?asOf=2026-01-01')
    const etag = { 'if-none-match': String(headers.etag) }
    const same = await ask('holders?asOf=2026-01-01', etag)
    expect([same.status, same.body, same.headers.etag]).toEqual([304, '', headers.etag])
    await importing('etag', { memberId: 'eva', memberName: 'Eva' })
    const changed = await ask('holders?asOf=2026-01-01', etag)
    expect(changed.status).toBe(200)
    expect(changed.headers.etag).not.toBe(headers.etag)
  })

  it('of an answer that is of now is given anew, for time goes on without a record', async () => {
    const { headers } = await ask('holders')
    expect((await ask('holders', { 'if-none-match': String(headers.etag) })).status).toBe(200)
  })

  it('of the CSV is not that of the JSON', async () => {
    const { headers } = await ask('holders?asOf=2026-01-01')
    const csv = { accept: 'text/csv', 'if-none-match': String(headers.etag) }
    expect((await ask('holders?asOf=2026-01-01', csv)).status).toBe(200)
  })

  it('comes with what keeps a private answer out of shared caches', async () => {
    const { headers } = await ask('holders')
    expect([headers['cache-control'], headers.vary]).toEqual(['private, no-cache', 'Accept, Authorization, Cookie'])
  })

  it('does not open an answer to somebody who may not read it', async () => {
    const { headers } = await ask('holders?asOf=2026-01-01')
    const answer = await house.send(`${AT}/holders?asOf=2026-01-01`, {
      token: house.dweller('cyd').token,
      headers: { 'if-none-match': String(headers.etag) },
    })
    expect(answer.status).toBe(404)
  })
})

describe('CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)'])(
    'a person called %s gets an apostrophe before the formula',
    async (name) => {
      await importing(`csv-${name}`.replaceAll(/\W/g, '-'), { memberId: `handle ${name}`, memberName: name })
      const { body, headers } = await ask('people', { accept: 'text/csv' })
      expect(headers['content-type']).toBe('text/csv; charset=utf-8')
      expect(body.split('\n')[0]).toBe('id,name,handle')
      expect(body).toContain(`,'${name},`)
    },
  )

  it('quotes names with commas and quotes, and has a row for each of the answer', async () => {
    await importing('quotes', { memberId: 'fay', memberName: 'Fay "the oak", elder' })
    const { body } = await ask('people', { accept: 'text/csv' })
    expect(body).toContain('"Fay ""the oak"", elder"')
    expect(body.trimEnd().split('\n')).toHaveLength((await ask('people')).body.count + 1)
  })

  it('of a question without rows is its JSON', async () => {
    const { headers } = await ask('people/ada', { accept: 'text/csv' })
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { TestServer } from '../support/http.ts'

const at = '/v1/communities/council'
let server: TestServer

async function council(now: string): Promise<void> {
  server = await TestServer.start(now)
  await server.post('/v1/communities', { community: 'council', name: 'Council', publicRoster: true })
  await server.post(`${at}/imports/first/circles`, { rows: [{ circle: 'board', name: 'Board', from: '2015-01-01' }] })
}

async function holding(
  importId: string,
  memberId: string,
  from: string,
  to: string | null,
  role = 'chair',
): Promise<void> {
  const row = { memberId, memberName: memberId, role, circle: 'board', from, to, source: 'roles.md' }
  const answer = await server.post(`${at}/imports/${importId}/holdings`, { rows: [row] })
  expect(answer.status).toBe(201)
}

const chairs = async (query: string) => (await server.get(`${at}/holders?role=chair&${query}`)).body.holders

afterEach(() => server.close())

describe('records that learn late, vague dates and earlier spells', () => {
  it('case B: a chair who stepped down in September, of which the file spoke in February', async () => {
    await council('2021-03-01T12:00:00Z')
    await holding('march', 'lou', '2021-03-01', null)
    await server.at('2022-02-28T12:00:00Z')
    await holding('february', 'lou', '2021-03-01', '2021-09-22')
    expect(await chairs('asOf=2021-12-01')).toEqual([])
    const then = await chairs('asOf=2021-12-01&asKnownAt=2021-12-01')
    expect(then.map((h: { person: { handle: string } }) => h.person.handle)).toEqual(['lou'])
    const difference = (await server.get(`${at}/compare?asOf=2021-12-01&asKnownAt=2021-12-01&thenAsKnownAt=2022-03-01`))
      .body
    expect(difference.onlyFirst).toHaveLength(1)
    expect(difference.onlySecond).toEqual([])
  })

  it('case C: mostly just in March 2025', async () => {
    await council('2025-06-01T12:00:00Z')
    await holding('notes', 'sam', '2025-03', '2025-03')
    const on = async (day: string) => (await chairs(`asOf=${day}`)).map((h: { certainty: string }) => h.certainty)
    expect(await on('2025-03-10')).toEqual(['possible'])
    expect(await on('2025-02-28')).toEqual([])
    expect(await on('2025-04-01')).toEqual([])
    const { days, possibleDays } = (await server.get(`${at}/people/sam/tenure`)).body
    expect([days, possibleDays]).toEqual([0, 31])
  })

  it('case F: an earlier spell does not make an active member a former one', async () => {
    await council('2024-06-01T12:00:00Z')
    await holding('old', 'kim', '2016-01-01', '2018-01-01', 'member')
    await holding('new', 'kim', '2023-01-01', null, 'member')
    const { spells } = (await server.get(`${at}/people/kim/history`)).body
    expect(spells.map((s: { from: string; to: string | null; state: string }) => [s.from, s.to, s.state])).toEqual([
      ['2016-01-01', '2018-01-01', 'ended'],
      ['2023-01-01', null, 'running'],
    ])
    expect(spells[1].days).toBe(517 + 1)
  })

  it('a permalink repeats an answer exactly, whatever is recorded later', async () => {
    await council('2021-03-01T12:00:00Z')
    await holding('march', 'lou', '2021-03-01', null)
    const first = (await server.get(`${at}/holders?asOf=2021-12-01`)).body
    await server.at('2022-02-28T12:00:00Z')
    await holding('february', 'lou', '2021-03-01', '2021-09-22')
    const { head: _, ...again } = (await server.get(first.permalink)).body
    const { head: __, ...before } = first
    expect(again).toEqual(before)
  })

  it('a dispute marks every answer that rests on the record, and no answer before it', async () => {
    await council('2024-06-01T12:00:00Z')
    await holding('old', 'kim', '2023-01-01', null)
    const { body } = await server.get(`${at}/people?handle=kim`)
    const token = await server.tokenFor('council', body.people[0].id)
    await server.post(`${at}/members`, { displayName: 'Kim' }, token)
    const [entry] = (await server.get(`${at}/audit?type=HoldingImported`)).body.entries
    await server.at('2024-07-01T12:00:00Z')
    expect((await server.post(`${at}/events/${entry.id}/disputes`, { text: 'It was 2022.' }, token)).status).toBe(201)
    expect((await chairs('asOf=2024-06-15'))[0].disputed).toBe(true)
    expect((await chairs('asOf=2024-06-15&asKnownAt=2024-06-15'))[0].disputed).toBe(false)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ELSEWHERE, foundElsewhere } from './callers.ts'
import { AT, House, problem } from './house.ts'
import { type Known, prepare } from './operations.ts'

let house: House
let known: Known
let eva: { readonly id: string; readonly token: string }
beforeAll(async () => {
  house = await House.open()
  known = await prepare(house)
  eva = await foundElsewhere(house)
})
afterAll(() => house.close())

describe('two communities of one server', () => {
  it('have ids of their own: those of one name nothing in the other, for a member as for the operator', async () => {
    const paths = [
      `circles/${known.circleId}`,
      `roles/${known.roleId}`,
      `people/${known.ada}`,
      `events/${known.eventId}`,
      'imports/rolls',
    ]
    for (const path of paths) {
      expect((await house.send(`${AT}/${path}`)).status).toBe(200)
      for (const token of [eva.token, house.operator])
        expect([path, (await house.send(`${ELSEWHERE}/${path}`, { token })).status]).toEqual([path, 404])
    }
  })

  it('are not reached by a command that names ids of the other', async () => {
    const before = await house.head()
    const post = (path: string, body: unknown) => house.post(`${ELSEWHERE}/${path}`, body, { token: eva.token })
    const role = { circleId: known.circleId, name: 'spy', purpose: 'To see.' }
    expect(await post('roles', role)).toMatchObject(problem(422, 'UNKNOWN_REFERENCE'))
    const circle = { name: 'Annex', purpose: 'To be inside.', parentId: known.circleId }
    expect(await post('circles', circle)).toMatchObject(problem(422, 'UNKNOWN_REFERENCE'))
    expect((await post(`circles/${known.circleId}/closings`, {})).status).toBe(404)
    expect((await post(`events/${known.eventId}/disputes`, { text: 'No.' })).status).toBe(404)
    expect((await house.post(`${ELSEWHERE}/people/${known.cyd}/erasure`, { onRequest: true })).status).toBe(404)
    expect((await house.post(`${ELSEWHERE}/imports/rolls/withdrawal`, {})).body.code).toBe('NOTHING_TO_WITHDRAW')
    expect(await house.head()).toBe(before)
    expect((await house.send(`${AT}/people/cyd`)).body.person.name).toBe('cyd')
  })

  it('grow apart: what is written in one moves neither the head nor the figures of the other', async () => {
    const figures = async () => (await house.send(`${AT}/community`.replace('/community', ''))).body
    const before = await figures()
    await house.post(`${ELSEWHERE}/imports/rolls/circles`, { rows: [{ circle: 'table', name: 'Pier', from: '2021' }] })
    await house.post(`${ELSEWHERE}/circles`, { name: 'Pier', purpose: 'To land.' }, { token: eva.token })
    expect(await figures()).toEqual(before)
    expect((await house.send(`${AT}/circles/table`)).body.circle.name).toBe('The table')
  })

  it('know a person of the same handle by different ids', async () => {
    const row = { memberId: 'ada', memberName: 'ada', role: 'chair', circle: 'table', from: '2021', source: 'minutes' }
    expect((await house.post(`${ELSEWHERE}/imports/rolls/holdings`, { rows: [row] })).status).toBe(201)
    const { id } = (await house.send(`${ELSEWHERE}/people/ada`)).body.person
    expect(id).not.toBe(known.ada)
  })

  it('do not share an idempotency key: the same key and body is an act in each', async () => {
    const headers = { 'idempotency-key': 'the-same' }
    const body = { rows: [{ circle: 'loft', name: 'Loft', from: '2021' }] }
    const one = await house.post(`${AT}/imports/key/circles`, body, { headers })
    const other = await house.post(`${ELSEWHERE}/imports/key/circles`, body, { headers })
    expect([one.status, other.status]).toEqual([201, 201])
    expect(one.body.events[0].id).not.toBe(other.body.events[0].id)
  })

  it('sign checkpoints of different origins', async () => {
    const origins = await Promise.all(
      [AT, ELSEWHERE].map(async (at) => (await house.send(`${at}/checkpoint`)).body.split('\n')[0]),
    )
    expect(origins).toEqual(['hearthbook.hearth.open', 'hearthbook.harbour.open'])
  })
})

describe('Hearthbook-As', () => {
  const form = (as: string, token: string) =>
    house.post(`${AT}/circles`, { name: 'Nook', purpose: 'To sit.' }, { token, headers: { 'hearthbook-as': as } })
  const lastEntry = async () => (await house.send(`${AT}/audit?type=CircleFormed`)).body.entries.at(-1)

  it('lets the operator act for a member, and the record says which way it came', async () => {
    expect((await form(known.ada, house.operator)).status).toBe(201)
    expect(await lastEntry()).toMatchObject({ actor: known.ada, via: 'operator-cli' })
  })

  it('of a person does nothing: they act in their own name', async () => {
    const ben = house.dweller('ben')
    expect((await form(known.ada, ben.token)).status).toBe(201)
    expect(await lastEntry()).toMatchObject({ actor: ben.id, via: 'token' })
  })

  it('for somebody who has not joined: 404', async () => {
    expect(await form(known.cyd, house.operator)).toMatchObject(problem(404, 'NOT_FOUND'))
  })

  it('has no place where the operator acts as such: 400', async () => {
    const headers = { 'hearthbook-as': known.ada }
    expect((await house.post(`${AT}/people/${known.cyd}/erasure`, { onRequest: true }, { headers })).status).toBe(400)
    expect((await house.post(`${AT}/imports/rolls/withdrawal`, {}, { headers })).status).toBe(400)
    expect((await house.post('/v1/communities', { community: 'barn', name: 'Barn' }, { headers })).status).toBe(400)
  })

  it.each(['x', 'operator', 'engine', 'service:sync', 'person_short'])(
    '%s, which is no id of a person, joins nothing',
    async (as) => {
      const answer = await house.post(`${AT}/members`, { displayName: 'X' }, { headers: { 'hearthbook-as': as } })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
    },
  )

  it('or a token made for something that is no id of a person joins nothing either', async () => {
    const before = await house.head()
    const token = await house.server.tokenFor('hearth', 'operator')
    const joined = await house.post(`${AT}/members`, { displayName: 'X' }, { token })
    expect(joined).toMatchObject(problem(404, 'NOT_FOUND'))
    expect(await house.head()).toBe(before)
  })
})

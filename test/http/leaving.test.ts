import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AT, House } from './house.ts'
import { addressOf, examplesOf, type Operation, operationsOf, prepare } from './operations.ts'

let house: House
let operations: readonly Operation[]
let examples: ReturnType<typeof examplesOf>
const credentials: Record<string, string> = {}
let nextPage = ''
let link = ''

beforeAll(async () => {
  house = await House.open()
  examples = examplesOf(await prepare(house))
  operations = (await operationsOf(house)).filter(({ path }) => path.includes('{community}'))
  const { id, token } = house.dweller('ben')
  credentials.token = token
  credentials['token that reads'] = await house.server.tokenFor('hearth', id, ['read'])
  credentials.session = await house.server.sessionFor('hearth', id)
  credentials['session elsewhere'] = await house.server.sessionFor('hearth', id)
  link = await house.server.linkFor('hearth', id)
  const page = await house.send(`${AT}/audit?limit=2`, { token })
  nextPage = `${AT}/audit?limit=2&after=${page.body.next}`
  expect((await house.send(nextPage, { token })).status).toBe(200)
  const left = await house.post(`${AT}/departures`, {}, { token: credentials.session })
  expect(left.status).toBe(201)
})
afterAll(() => house.close())

describe('leaving ends at once', () => {
  it('every token and session, on every operation', async () => {
    for (const operation of operations)
      for (const [name, token] of Object.entries(credentials)) {
        const example = examples[operation.id]
        const { status } = await house.send(addressOf(operation, example), {
          method: operation.method,
          token,
          ...(operation.method === 'POST' ? { body: example?.body ?? {} } : {}),
        })
        expect([operation.id, name, status]).toEqual([operation.id, name, 401])
      }
  })

  it('a page of a list that was begun before', async () => {
    for (const token of Object.values(credentials)) expect((await house.send(nextPage, { token })).status).toBe(401)
  })

  it('a sign-in link that was not used yet', async () => {
    expect((await house.post('/v1/sign-in', { link }, { token: null })).status).toBe(401)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../support/http.ts'
import {
  type AnyCaller,
  CALLERS,
  type CallerKind,
  EVERYBODY,
  expectedOf,
  OPERATIONS_WITH_A_ROW,
  PUBLIC,
  type SignedInKind,
} from './authorization-table.ts'
import { callersOf } from './callers.ts'
import { House } from './house.ts'
import { addressOf, type Example, examplesOf, type Operation, operationsOf, prepare } from './operations.ts'
import { signedInOf } from './signed-in.ts'

interface Furnished {
  readonly house: House
  readonly operations: readonly Operation[]
  readonly tokens: Readonly<Record<CallerKind, string | null>>
  readonly sessionOf: (kind: SignedInKind) => Promise<string>
  readonly examples: Readonly<Record<string, Example>>
}

async function furnished(publicRoster: boolean): Promise<Furnished> {
  const house = await House.open([], publicRoster)
  const known = await prepare(house)
  const tokens = await callersOf(house)
  const sessionOf = await signedInOf(house, known)
  return { house, operations: await operationsOf(house), tokens, sessionOf, examples: examplesOf(known) }
}

async function credentialOf({ tokens, sessionOf }: Furnished, caller: AnyCaller): Promise<string | null> {
  const byToken: readonly AnyCaller[] = CALLERS
  return byToken.includes(caller) ? tokens[caller as CallerKind] : sessionOf(caller as SignedInKind)
}

function send({ house, examples }: Furnished, operation: Operation, token: string | null, community?: string) {
  const example = examples[operation.id]
  const { method } = operation
  return house.send(addressOf(operation, example, community), {
    method,
    token,
    ...(method === 'POST' ? { body: example?.body ?? {} } : {}),
  })
}

const cellOf = ({ status, body }: Answer, expected: string) =>
  expected.includes(' ') ? `${status} ${body.code}` : String(status)

async function rowOf(there: Furnished, operation: Operation, publicRoster: boolean) {
  const expected = expectedOf(operation.id, publicRoster)
  if (!expected) return { expected, found: undefined }
  const found: Record<string, string> = {}
  for (const caller of EVERYBODY) {
    const answer = await send(there, operation, await credentialOf(there, caller))
    found[caller] = cellOf(answer, expected[caller])
  }
  return { expected, found }
}

describe.each([
  ['of a private community', false],
  ['of a community with a public roster', true],
])('the authorization table, %s', (_, publicRoster) => {
  let there: Furnished
  beforeAll(async () => {
    there = await furnished(publicRoster)
  })
  afterAll(() => there.house.close())

  it('has a row for every operation the server describes, and none for another', () => {
    expect(OPERATIONS_WITH_A_ROW.toSorted()).toEqual(there.operations.map(({ id }) => id).sort())
  })

  it.each(OPERATIONS_WITH_A_ROW)('%s: every kind of caller gets what the table says', async (id) => {
    const operation = there.operations.find((each) => each.id === id)
    if (!operation) throw new Error(`the server has no operation ${id}`)
    const { expected, found } = await rowOf(there, operation, publicRoster)
    expect(found).toEqual(expected)
  })

  it('says of every operation of the public roster that it needs no token, and of no other question', () => {
    const open = there.operations.filter(({ path, definition }) => {
      const { security } = definition as { security?: readonly Record<string, unknown>[] }
      return path.includes('{community}') && security?.some((each) => Object.keys(each).length === 0)
    })
    expect(open.map(({ id }) => id).sort()).toEqual([...PUBLIC].sort())
  })

  it('was read without a word written', async () => {
    expect((await there.house.send('/v1/communities')).body.communities).toHaveLength(2)
  })
})

describe('what is forbidden and what is missing', () => {
  let there: Furnished
  beforeAll(async () => {
    there = await furnished(false)
  })
  afterAll(() => there.house.close())

  const seen = ({ status, body, headers }: Answer) => {
    const { date: _, 'x-request-id': __, ...others } = headers
    return { status, body, headers: others }
  }
  const hidden: readonly CallerKind[] = ['newcomer', 'member elsewhere', 'service elsewhere']

  it('are told apart by nobody, on no address of a community', async () => {
    const compared: string[] = []
    for (const operation of there.operations.filter(({ path }) => path.includes('{community}'))) {
      for (const caller of hidden) {
        if (operation.id === 'JoinCommunity' && caller === 'newcomer') continue
        const token = there.tokens[caller]
        const forbidden = seen(await send(there, operation, token))
        expect([operation.id, caller, seen(await send(there, operation, token, 'nowhere'))]).toEqual([
          operation.id,
          caller,
          forbidden,
        ])
        compared.push(operation.id)
      }
      const nobody = seen(await send(there, operation, null))
      const { requestId: _, ...body } = nobody.body
      const elsewhere = seen(await send(there, operation, null, 'nowhere'))
      expect({ ...nobody, body }).toEqual({
        ...elsewhere,
        body: (({ requestId: __, ...rest }) => rest)(elsewhere.body),
      })
    }
    expect(compared.length).toBeGreaterThan(100)
  })

  it('have one body, whatever was asked for', async () => {
    const bodies = new Set<string>()
    const paths = ['roster', 'people/nobody', 'circles/none', 'events/x', 'imports/none', 'digests', 'nothing']
    for (const path of paths) {
      const { status, body } = await there.house.send(`/v1/communities/nowhere/${path}`)
      expect(status).toBe(404)
      bodies.add(JSON.stringify(body))
    }
    const newcomer = await there.house.send('/v1/communities/hearth/roster', { token: there.tokens.newcomer })
    bodies.add(JSON.stringify(newcomer.body))
    expect([...bodies]).toHaveLength(1)
  })

  it('leave no trace: asking for a community that is not there makes none', async () => {
    await there.house.send('/v1/communities/nowhere/roster')
    expect(await there.house.server.hearthbook.engine.exists('nowhere')).toBe(false)
  })
})

describe('authorization comes before the form', () => {
  let there: Furnished
  beforeAll(async () => {
    there = await furnished(false)
  })
  afterAll(() => there.house.close())

  const bad: readonly (readonly [string, string, string])[] = [
    ['half a body', '{', 'application/json'],
    ['a body of unknown fields', '{"x":1}', 'application/json'],
    ['a body of another kind', 'x=1', 'text/plain'],
    ['a body that is too large', `"${'x'.repeat(2_000_000)}"`, 'application/json'],
  ]

  it.each(bad)('for every command, %s: a stranger is told 401 and an outsider 404', async (_, raw, type) => {
    // Signing in and out are no acts in a community.
    const commands = there.operations.filter(
      ({ method, path }) => method === 'POST' && path.startsWith('/v1/communities'),
    )
    expect(commands.length).toBeGreaterThan(15)
    for (const operation of commands) {
      const url = addressOf(operation, there.examples[operation.id])
      const headers = { 'content-type': type, 'if-match': 'nonsense' }
      const told = async (caller: CallerKind) =>
        (await there.house.send(url, { method: 'POST', token: there.tokens[caller], raw, headers })).status
      const statuses = [await told('nobody'), await told('revoked'), await told('member elsewhere')]
      expect([operation.id, ...statuses]).toEqual([operation.id, 401, 401, 404])
    }
  })

  it('for every question, a parameter nobody asked for: a stranger is told 401 and an outsider 404', async () => {
    for (const operation of there.operations) {
      if (operation.method === 'POST' || !operation.path.includes('{community}')) continue
      const url = addressOf(operation, { ...there.examples[operation.id], query: 'nonsense=1&asOf=never' })
      const told = async (caller: CallerKind) => (await there.house.send(url, { token: there.tokens[caller] })).status
      expect([operation.id, await told('nobody'), await told('member elsewhere')]).toEqual([operation.id, 401, 404])
    }
  })
})

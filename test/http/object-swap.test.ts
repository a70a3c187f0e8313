import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../support/http.ts'
import { type AnyCaller, CALLERS, type CallerKind, EVERYBODY, type SignedInKind } from './authorization-table.ts'
import { callersOf } from './callers.ts'
import { House } from './house.ts'
import { addressOf, type Example, examplesOf, type Known, type Operation, operationsOf, prepare } from './operations.ts'
import { signedInOf } from './signed-in.ts'

const PRIVATE_ID = /\bask_[\w-]{22}/g
const NOWHERE = `ask_${'x'.repeat(22)}`

/** What stands in an address and is no id the server makes. */
const NAMES_OF_ONES_OWN = new Set(['community', 'revision', 'importId'])

/** The two who know what Ada asked Ben. */
const PARTIES: readonly AnyCaller[] = ['asker in session', 'asked in session']

let house: House
let known: Known
let operations: readonly Operation[]
let credentialOf: (caller: AnyCaller) => Promise<string | null>
beforeAll(async () => {
  house = await House.open()
  known = await prepare(house)
  const tokens = await callersOf(house)
  const sessionOf = await signedInOf(house, known)
  operations = await operationsOf(house)
  const byToken: readonly AnyCaller[] = CALLERS
  credentialOf = async (caller) =>
    byToken.includes(caller) ? tokens[caller as CallerKind] : sessionOf(caller as SignedInKind)
})
afterAll(() => house.close())

const privateIds = () => [known.offer, known.invitation, known.handover, known.standIn]
const swapped = <T>(value: T, id: string): T => JSON.parse(JSON.stringify(value).replaceAll(PRIVATE_ID, id)) as T

/** An answer without what differs from one request to the next, nor the id that was sent. */
const seen = ({ status, body }: Answer, id: string) => {
  const { requestId: _, ...rest } = body as Record<string, unknown>
  return JSON.stringify([status, rest]).replaceAll(id, 'ID')
}

async function answered(operation: Operation, example: Example, caller: AnyCaller, id: string): Promise<string> {
  const { body, ...where } = swapped(example, id)
  const answer = await house.send(addressOf(operation, where), {
    method: operation.method,
    token: await credentialOf(caller),
    ...(operation.method === 'POST' ? { body: body ?? {} } : {}),
  })
  return seen(answer, id)
}

/** Operations whose example names an ask, and every one that takes an id in its path, given an ask's there. */
function takingAnId(): readonly (readonly [Operation, Example])[] {
  const examples = examplesOf(known)
  return operations
    .filter(({ path }) => path.includes('{community}'))
    .flatMap((operation) => {
      const example = examples[operation.id] ?? {}
      if (JSON.stringify(example).match(PRIVATE_ID)) return [[operation, example] as const]
      const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) =>
        NAMES_OF_ONES_OWN.has(name) ? [] : [[name, NOWHERE]],
      )
      return inPath.length === 0 ? [] : [[operation, { ...example, path: Object.fromEntries(inPath) }] as const]
    })
}

describe('the id of what two people have between them', () => {
  it('is to every other caller, on every route, as one that nobody made', async () => {
    const compared = new Set<string>()
    for (const [operation, example] of takingAnId())
      for (const caller of EVERYBODY.filter((each) => !PARTIES.includes(each)))
        for (const id of privateIds()) {
          const told = await answered(operation, example, caller, id)
          expect([operation.id, caller, told]).toEqual([
            operation.id,
            caller,
            await answered(operation, example, caller, NOWHERE),
          ])
          compared.add(operation.id)
        }
    expect(compared.size).toBeGreaterThan(25)
  })

  it('is something to whoever was asked, or the comparison above could not fail', async () => {
    const told = async (id: string) => {
      const operation = operations.find((each) => each.id === 'DeclineAsk')
      if (!operation) throw new Error('nobody can decline')
      return answered(operation, { path: { askId: NOWHERE }, body: {} }, 'asked in session', id)
    }
    expect(await told(known.offer)).not.toBe(await told(NOWHERE))
  })
})

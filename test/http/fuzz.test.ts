import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { HotCommunity } from '../../src/engine/hot-community.ts'
import type { Answer } from '../support/http.ts'
import { Arbitraries } from './arbitraries.ts'
import { House } from './house.ts'
import { type Operation, operationsOf, type Parameter, prepare } from './operations.ts'

const RUNS = 40
// What once failed is kept; the last one is new each time. HEARTHBOOK_FUZZ_SEED repeats a run.
const SEEDS = [20260310, 210557711, Number(process.env.HEARTHBOOK_FUZZ_SEED ?? Date.now() % 2 ** 31)]

/** What a fault of the server would let slip into an answer. */
const INNER_WORDS = /node_modules|\bat \S+ \(|\.ts:\d+|SQLITE|ZodError|TypeError|RangeError|undefined is not/

interface Request {
  readonly url: string
  readonly token: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

function encoded(value: unknown): string {
  return encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed())
}

/** A segment of an address; dots alone would name another address before they are sent. */
function segment(value: unknown): string {
  return /^\.{1,2}$/.test(String(value)) ? '_' : encoded(value)
}

class Fuzzing {
  readonly house: House
  readonly arbitraries: Arbitraries
  readonly tokens: readonly (string | null)[]
  readonly statuses = new Map<number, number>()

  constructor(house: House, arbitraries: Arbitraries, tokens: readonly (string | null)[]) {
    this.house = house
    this.arbitraries = arbitraries
    this.tokens = tokens
  }

  static async begin(): Promise<Fuzzing> {
    const house = await House.open()
    const known = await prepare(house)
    const names = [
      'hearth',
      'ada',
      'ben',
      'cyd',
      'table',
      'yard',
      'chair',
      'scribe',
      'rolls',
      'places',
      'HoldingImported',
    ]
    const [ada, ben] = [house.dweller('ada').token, house.dweller('ben').token]
    const tokens = [
      house.operator,
      house.operator,
      ada,
      ada,
      ada,
      ada,
      ben,
      await house.service(['read', 'import']),
      null,
    ]
    return new Fuzzing(house, new Arbitraries([...Object.values(known), ...names]), tokens)
  }

  requests({ path, method, definition }: Operation): fc.Arbitrary<Request> {
    const parameters = definition.parameters ?? []
    const at = (place: Parameter['in']) => parameters.filter((each) => each.in === place)
    const values = (list: readonly Parameter[], all: boolean) =>
      fc.record(Object.fromEntries(list.map((each) => [each.name, this.#value(each)])), {
        requiredKeys: all ? list.map(({ name }) => name) : list.filter((each) => each.required).map(({ name }) => name),
      })
    const schema = definition.requestBody?.content['application/json']?.schema
    return fc
      .record({
        path: values(at('path'), true),
        query: values(at('query'), false),
        extra: fc.oneof(
          { weight: 12, arbitrary: fc.constant(undefined) },
          { weight: 1, arbitrary: fc.tuple(this.arbitraries.nastyText, this.arbitraries.nastyText) },
        ),
        headers: fc.oneof(
          { weight: 3, arbitrary: fc.constant({}) },
          { weight: 3, arbitrary: fc.record({ 'idempotency-key': fc.stringMatching(/^[a-z]{1,8}$/) }) },
          { weight: 1, arbitrary: fc.record({ 'if-match': fc.constantFrom('"3"', '"999"', 'x') }) },
        ),
        token: fc.constantFrom(...this.tokens),
        body: method === 'POST' ? this.arbitraries.body(schema) : fc.constant(undefined),
      })
      .map(({ path: inPath, query, extra, headers, token, body }) => {
        const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segment(inPath[name]))
        const asked = [...Object.entries(query), ...(extra ? [extra] : [])].flatMap(([name, value]) =>
          [value].flat().map((each) => `${encoded(name)}=${encoded(each)}`),
        )
        return { url: asked.length > 0 ? `${filled}?${asked.join('&')}` : filled, token, headers, body }
      })
  }

  #value({ name, schema }: Parameter): fc.Arbitrary<unknown> {
    const good = name === 'community' ? fc.constant('hearth') : this.arbitraries.valid(schema)
    return fc.oneof({ weight: 8, arbitrary: good }, { weight: 1, arbitrary: this.arbitraries.nastyText })
  }

  async send({ method }: Operation, { url, token, headers, body }: Request): Promise<Answer> {
    const answer = await this.house.send(url, { method, token, headers, ...(body === undefined ? {} : { body }) })
    this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1)
    return answer
  }

  check({ id, definition }: Operation, { status, body, headers }: Answer): void {
    expect(status, JSON.stringify(body)).toBeLessThan(500)
    expect(Object.keys(definition.responses), `status ${status} is not described: ${JSON.stringify(body)}`).toContain(
      String(status),
    )
    expect(JSON.stringify(body)).not.toMatch(INNER_WORDS)
    if (status >= 400) {
      expect(headers['content-type']).toMatch(/^application\/problem\+json/)
      const text: unknown = expect.any(String)
      expect(body).toMatchObject({ status, type: `/problems/${body.code}`, title: text, detail: text })
    } else {
      const question = this.house.server.hearthbook.registry.questions.get(id)
      const form = question?.answer as z.ZodType | undefined
      if (form) expect(form.safeParse(body).error).toBeUndefined()
    }
  }
}

describe.each(SEEDS)('requests made from the served description, seed %i', (seed) => {
  let fuzzing: Fuzzing
  let operations: readonly Operation[]
  beforeAll(async () => {
    fuzzing = await Fuzzing.begin()
    operations = await operationsOf(fuzzing.house)
  })
  afterAll(() => fuzzing.house.close())

  it(`get a described answer, never a fault of the server (HEARTHBOOK_FUZZ_SEED=${seed})`, async () => {
    const faults: string[] = []
    for (const operation of operations) {
      const property = fc.asyncProperty(fuzzing.requests(operation), async (request) => {
        fuzzing.check(operation, await fuzzing.send(operation, request))
      })
      // The book grows from request to request, so a smaller request would meet another book.
      const { failed, counterexample, errorInstance } = await fc.check(property, {
        seed,
        numRuns: operation.method === 'POST' ? 3 * RUNS : RUNS,
        endOnFailure: true,
      })
      if (failed)
        faults.push(`${operation.id}: ${String(errorInstance)} ${JSON.stringify(counterexample).slice(0, 2000)}`)
    }
    expect(faults, `HEARTHBOOK_FUZZ_SEED=${seed}`).toEqual([])
  })

  it('were of every kind: done, refused by form, by rule and by right', () => {
    const few = [200, 201, 400, 401, 404, 422].filter((status) => (fuzzing.statuses.get(status) ?? 0) < 5)
    expect(few).toEqual([])
  })

  it('left a book that loads again to the same views', async () => {
    const { engine } = fuzzing.house.server.hearthbook
    const live = await (await engine.community('hearth')).digests()
    expect(Object.keys(live.views).length).toBeGreaterThan(4)
    expect(await (await HotCommunity.load('hearth', engine.parts)).digests()).toEqual(live)
  })
})

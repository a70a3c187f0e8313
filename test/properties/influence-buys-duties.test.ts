import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dutiesOf } from '../../commands/influence/duties.ts'
import { type InfluenceState, influenceSlice } from '../../commands/influence/state.ts'
import { Engine } from '../../src/engine/engine.ts'
import { buildApp } from '../../src/http/app.ts'
import type { AnyCommand } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { buildRegistry, type Registry } from '../../src/kernel/registry.ts'
import { AT, House } from '../http/house.ts'
import { addressOf, type Example, examplesOf, type Operation, operationsOf, prepare } from '../http/operations.ts'

/** What a person who has much influence may be asked for, and one who has little not. */
const DUTIES = ['ACCOUNTABILITY_PARTNERS_REQUIRED']

/** By operation and person: what a dry run is answered, as `200` or a status with its code. */
type Answers = ReadonlyMap<string, string>

/** Where more influence made another difference than a duty: a right that it bought, or lost. */
function rightsBought(quiet: Answers, loud: Answers): readonly string[] {
  return [...quiet].flatMap(([what, answer]) => {
    const then = loud.get(what) ?? ''
    if (answer === then || DUTIES.some((code) => then.endsWith(code))) return []
    return [`${what}: ${answer}, and with more influence ${then}`]
  })
}

describe('two members who differ in nothing but influence', () => {
  let house: House
  let operations: readonly Operation[]
  let examples: Readonly<Record<string, Example>>
  const people = new Map<string, string>()
  const found: Record<'usual' | 'planted', { quiet: Answers; loud: Answers }> = {
    usual: { quiet: new Map(), loud: new Map() },
    planted: { quiet: new Map(), loud: new Map() },
  }

  beforeAll(async () => {
    house = await House.open()
    const known = await prepare(house)
    examples = examplesOf(known)
    const { commands } = house.server.hearthbook.registry
    operations = (await operationsOf(house)).filter(({ id }) => commands.has(id))
    for (const [name, id] of [
      ['ada', known.ada],
      ['ben', house.dweller('ben').id],
      ['dov', known.dov],
    ])
      people.set(name ?? '', await house.server.sessionFor('hearth', id ?? ''))
    // The same past, counted otherwise: nobody has influence, then whoever carries anything has very much.
    for (const [how, weight] of [
      ['quiet', 0],
      ['loud', 60],
    ] as const) {
      const carried = { roleHeld: weight, understudy: 0, hosting: weight, invitationAccepted: weight }
      const influenceWeights = { ...carried, proposalAdopted: 0, objectionIntegrated: 0 }
      const ada = people.get('ada') ?? ''
      const amended = await house.post(`${AT}/policies/amendments`, { changes: { influenceWeights } }, { token: ada })
      expect(amended.status).toBe(201)
      found.usual[how] = await sweep(house.app, operations)
      // It has no memory of its own yet: another engine on the same books.
      const planted = await otherApp(house, plant)
      const few = operations.filter(({ id }) => ['FormCircle', 'ProposeInvitation', 'SayStillIn'].includes(id))
      found.planted[how] = await sweep(planted, few)
      await planted.close()
    }
  }, 240_000)
  afterAll(() => house.close())

  async function sweep(app: FastifyInstance, which: readonly Operation[]): Promise<Answers> {
    const answers = new Map<string, string>()
    for (const operation of which) {
      const example = examples[operation.id]
      for (const [name, token] of people) {
        const response = await app.inject({
          method: 'POST',
          url: addressOf(operation, example),
          headers: { authorization: `Bearer ${token}` },
          payload: (example?.body ?? {}) as object,
        })
        const code = response.statusCode === 200 ? '' : ` ${response.json().code}`
        answers.set(`${operation.id} by ${name}`, `${response.statusCode}${code}`)
      }
    }
    return answers
  }

  it('are permitted and refused the same, but for duties', () => {
    const { quiet, loud } = found.usual
    expect(quiet.size).toBeGreaterThan(150)
    expect([...quiet.values()].filter((answer) => answer === '200').length).toBeGreaterThan(40)
    expect(rightsBought(quiet, loud)).toEqual([])
  })

  it('would be told apart by a command that looks at influence for anything else', () => {
    const { quiet, loud } = found.planted
    const told = rightsBought(quiet, loud)
    expect(told).toContain('FormCircle by ada: 422 NOT_LOUD_ENOUGH, and with more influence 200')
    expect(told.filter((each) => each.startsWith('SayStillIn'))).toEqual([])
  })

  it('and the registry would not take such a command', () => {
    const { registry } = house.server.hearthbook
    const altered = plant(registry)
    const parts = {
      ...registry,
      events: [...registry.events.values()],
      commands: [...altered.commands.values()],
      questions: [...registry.questions.values()],
    }
    expect(() => buildRegistry(parts)).toThrow(/FormCircle may not read "influence"/)
    expect(() => buildRegistry({ ...parts, commands: [...registry.commands.values()] })).not.toThrow()
  })
})

async function otherApp(house: House, alter: (registry: Registry) => Registry): Promise<FastifyInstance> {
  const { engine, identity, clock } = house.server.hearthbook
  const registry = alter(engine.parts.registry)
  const other = new Engine({ ...engine.parts, registry })
  return buildApp({ engine: other, registry, identity, clock, signerKey: house.signerKey, requestsPerMinute: 0 })
}

/** Lets nobody form a circle who has not twice the mean voice: a right that influence would buy. */
function plant(builtIn: Registry): Registry {
  const formCircle = builtIn.commands.get('FormCircle') as AnyCommand
  const decide: AnyCommand['decide'] = (state, input, context) => {
    const { influence } = state as unknown as { influence: InfluenceState }
    const personId = context.actor.kind === 'person' ? context.actor.personId : ''
    return dutiesOf(influence, personId, context.now).lambda >= 2
      ? formCircle.decide(state, input, context)
      : refuse('NOT_LOUD_ENOUGH', { message: 'Others would have to hear you first.' })
  }
  const reads = { ...formCircle.reads, influence: influenceSlice }
  return { ...builtIn, commands: new Map(builtIn.commands).set('FormCircle', { ...formCircle, reads, decide }) }
}

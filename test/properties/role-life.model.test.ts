import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnyCommand } from '../../src/kernel/define-command.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import type { Registry } from '../../src/kernel/registry.ts'
import { personNamed } from '../support/scenario.ts'
import { RoleModel } from './role-model.ts'
import { BEGAN, Commons, DAY, type Reply, type World } from './worlds.ts'

const PEOPLE = ['ana', 'ben', 'chi'].map(personNamed)

interface Real {
  readonly world: World
  readonly roleId: string
  /** The id of each ask, in the order of the model's. */
  readonly asks: string[]
}

const ACTS = ['offer', 'accept', 'decline', 'withdraw', 'back', 'renew', 'leave', 'return', 'pass'] as const

/** One act of one person: given to the server and to the model, whose answers must agree; then who holds the role must. */
class Act implements fc.AsyncCommand<RoleModel, Real> {
  readonly what: (typeof ACTS)[number]
  readonly who: string
  readonly days: number

  constructor(what: (typeof ACTS)[number], who: number, days: number) {
    this.what = what
    this.who = PEOPLE[who] ?? ''
    this.days = days
  }

  check(model: Readonly<RoleModel>): boolean {
    const answers = this.what === 'accept' || this.what === 'decline' || this.what === 'withdraw'
    return !answers || model.lastAsk(this.who) !== undefined
  }

  async run(model: RoleModel, real: Real): Promise<void> {
    const { commons } = real.world
    // A second between any two acts: no two asks are alike.
    model.now += this.what === 'pass' ? this.days * DAY : 1000
    commons.clock.now = model.now
    if (this.what !== 'pass')
      expect([this.toString(), await this.#give(real)]).toEqual([this.toString(), this.#model(model)])
    for (const later of [0, 1, 29, 31, 200]) {
      const t = model.now + later * DAY
      expect([this.toString(), later, await heldAt(real, t)]).toEqual([this.toString(), later, model.holdersAt(t)])
    }
  }

  toString(): string {
    return this.what === 'pass' ? `pass(${this.days})` : `${this.what}(${this.who.slice(7, 10)})`
  }

  #model(model: RoleModel): string {
    const ask = model.lastAsk(this.who)
    if (this.what === 'accept') return ask ? model.accept(ask) : ''
    if (this.what === 'decline' || this.what === 'withdraw') return ask ? model.close(ask) : ''
    const acts = { offer: 'offer', back: 'stepBack', renew: 'renew', leave: 'leave', return: 'back' } as const
    return this.what === 'pass' ? '' : model[acts[this.what]](this.who)
  }

  async #give({ world, roleId, asks }: Real): Promise<string> {
    const post = async (path: string, body: object, who = this.who) =>
      world.post(path, body, await world.commons.session(who))
    const askId = asks.findLast((ask) => ask.startsWith(this.who))?.split(' ')[1]
    switch (this.what) {
      case 'offer': {
        const reply = await post('/mine/asks/roles', { roleId, toId: this.who }, PEOPLE[0])
        if (reply.status === 201) asks.push(`${this.who} ${reply.body.result.askId}`)
        return codeOf(reply)
      }
      case 'accept':
        return codeOf(await post(`/roles/${roleId}/acceptances`, { askId }))
      case 'decline':
        return codeOf(await post(`/mine/asks/${askId}/decline`, {}))
      case 'withdraw':
        return codeOf(await post(`/mine/asks/${askId}/withdrawal`, {}, PEOPLE[0]))
      case 'back':
        return codeOf(await post(`/roles/${roleId}/step-back`, {}))
      case 'renew':
        return codeOf(await post(`/roles/${roleId}/renewals`, {}))
      case 'leave':
        return codeOf(await post('/leaves', {}))
      default:
        return codeOf(await post('/leaves/return', {}))
    }
  }
}

const codeOf = ({ status, body }: Reply): string => (status === 201 ? 'done' : String(body.code))

async function heldAt({ world, roleId }: Real, t: number): Promise<string[]> {
  const at = new Date(t).toISOString()
  const { body } = await world.get(
    `/v1/communities/hearth/holders?role=${roleId}&asOf=${at}`,
    await world.commons.token('operator'),
  )
  return (body.holders as { person: { id: string }; status: string; termEnd: string }[])
    .map(({ person, status, termEnd }) => `${person.id} ${status} ${new Date(termEnd).toISOString()}`)
    .sort()
}

async function begin(
  commons: Commons,
  alter?: (builtIn: Registry) => Registry,
): Promise<{ model: RoleModel; real: Real }> {
  commons.clock.now = BEGAN
  const world = await commons.world(alter)
  await world.post('/v1/communities', { community: 'hearth', name: 'Hearth' }, await commons.token('operator'))
  for (const who of PEOPLE) await world.post('/members', { displayName: who.slice(7, 10) }, await commons.session(who))
  const session = await commons.session(PEOPLE[0] ?? '')
  const { circleId } = (await world.post('/circles', { name: 'Kitchen', purpose: 'Food' }, session)).body.result
  const { roleId } = (await world.post('/roles', { circleId, name: 'cook', purpose: 'To cook.' }, session)).body.result
  return { model: new RoleModel(BEGAN), real: { world, roleId, asks: [] } }
}

const person = fc.integer({ min: 0, max: PEOPLE.length - 1 })
const commands = fc.commands(
  [
    fc
      .tuple(fc.constantFrom('offer', 'accept', 'accept' as const), person)
      .map(([what, who]) => new Act(what as 'offer', who, 0)),
    fc
      .tuple(fc.constantFrom('decline', 'withdraw', 'back', 'renew', 'renew', 'leave', 'return' as const), person)
      .map(([what, who]) => new Act(what as 'back', who, 0)),
    fc.constantFrom(1, 13, 14, 30, 45, 91, 136, 137, 182).map((days) => new Act('pass', 0, days)),
  ],
  { size: '+1', maxCommands: 40 },
)

function holds(commons: Commons, numRuns: number, alter?: (builtIn: Registry) => Registry): Promise<void> {
  const property = fc.asyncProperty(commands, async (acts) => {
    const setup = await begin(commons, alter)
    await fc.asyncModelRun(() => setup, acts)
    await setup.real.world.close()
  })
  return fc.assert(property, { numRuns })
}

/** The command as it is, but that what it writes says another end of the term. */
function off(command: AnyCommand, ms: number): AnyCommand {
  return {
    ...command,
    decide(state, input, context) {
      const decision = command.decide(state, input, context)
      if (isRefusal(decision)) return decision
      return decision.map(({ definition, data }) => {
        const termEnd = new Date(Date.parse(String(data.termEnd)) + ms).toISOString()
        return { definition, data: { ...data, termEnd } }
      })
    },
  }
}

describe("a role's life over HTTP", () => {
  it('is what a small model of it says, whatever people do in whatever order', { timeout: 180_000 }, async () => {
    const commons = await Commons.open()
    await holds(commons, 60)
    await commons.hearthbook.close()
  })

  it.each(['AcceptRole', 'RenewTerm'])(
    'is found out where %s ends a term a day late',
    { timeout: 180_000 },
    async (name) => {
      const commons = await Commons.open()
      const alter = (builtIn: Registry): Registry => {
        const command = builtIn.commands.get(name) as AnyCommand
        return { ...builtIn, commands: new Map(builtIn.commands).set(name, off(command, DAY)) }
      }
      await expect(holds(commons, 300, alter)).rejects.toThrow('Property failed')
      await commons.hearthbook.close()
    },
  )
})

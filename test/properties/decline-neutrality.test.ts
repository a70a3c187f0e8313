import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnyQuestion } from '../../src/kernel/define-question.ts'
import type { Registry } from '../../src/kernel/registry.ts'
import type { MemoryLedgers } from '../../src/ledger/memory/memory-ledgers.ts'
import { personNamed } from '../support/scenario.ts'
import { BEGAN, Commons, DAY, type World } from './worlds.ts'

const PEOPLE = ['ana', 'ben', 'chi', 'dee', 'eli', 'fay'].map(personNamed)
/** Who asks and who is asked; the others must never be able to tell. */
const [ASKER = '', ASKED = '', ...OTHERS] = PEOPLE
const ABOUT_ROLES = ['role', 'understudy', 'handover', 'stand-in'] as const
/** `to all` is an invitation that stands in the open book whatever becomes of it: who was not asked by name says nothing. */
const ABOUT_HOSTING = ['to all', 'invitation', 'hosting', 'mentorship', 'accountability'] as const
const KINDS = [...ABOUT_ROLES, ...ABOUT_HOSTING] as const
const FATES = ['declined', 'silent', 'never asked'] as const
type Fate = (typeof FATES)[number]

/** One act of a history, by its numbers: who does which thing, after how many days. */
const act = fc.record({
  days: fc.integer({ min: 0, max: 12 }),
  what: fc.constantFrom(
    'offer',
    'offer',
    'leave',
    'return',
    'back',
    'circle',
    'define',
    'renew',
    'in',
    'amend',
    'invite',
    'home',
    'tie',
  ),
  by: fc.integer({ min: 0, max: 5 }),
  to: fc.integer({ min: 0, max: 5 }),
})
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never
const history = fc.record({
  acts: fc.array(act, { minLength: 1, maxLength: 7 }),
  at: fc.nat({ max: 7 }),
  kind: fc.constantFrom(...KINDS),
  note: fc.constantFrom(undefined, 'not this spring', 'I would rather learn first'),
  probe: fc.nat(),
})
type History = typeof history extends fc.Arbitrary<infer T> ? T : never

interface Lived {
  readonly world: World
  /** What everybody who is no party was answered on the way. */
  readonly told: readonly string[]
  readonly asked: boolean
}

/** Lives through a history in which one ask has this fate. */
async function live(commons: Commons, { acts, at, kind, note }: History, fate: Fate, alter?: Alter): Promise<Lived> {
  commons.clock.now = BEGAN
  const world = await commons.world(alter)
  const told: string[] = []
  const by = async (who: string, path: string, body: object, key?: string) =>
    world.post(path, body, await commons.session(who), key)
  const founding = { community: 'hearth', name: 'The hearth' }
  await world.post('/v1/communities', founding, await commons.token('operator'), 'founding')
  for (const who of PEOPLE) await by(who, '/members', { displayName: who.slice(7, 10) }, `join-${who}`)
  const formed = await by(ASKER, '/circles', { name: 'Kitchen', purpose: 'Food' }, 'circle')
  const { circleId } = formed.body.result
  const role = { circleId, name: 'cook', purpose: 'To cook.', seats: 3 }
  const { roleId } = (await by(ASKER, '/roles', role, 'role')).body.result
  const offer = await by(ASKER, '/mine/asks/roles', { roleId, toId: ASKER }, 'own-offer')
  const { askId: own } = offer.body.result
  const taken = await by(ASKER, `/roles/${roleId}/acceptances`, { askId: own }, 'own-yes')
  const { holdingId } = taken.body.result
  const dates = {
    startsAt: new Date(BEGAN + 10 * DAY).toISOString(),
    endsAt: new Date(BEGAN + 100 * DAY).toISOString(),
  }
  const camp = { kind: 'gathering', title: 'Camp', purpose: 'To meet.', respondBy: dates.endsAt, ...dates }
  const { invitationId } = (await by(ASKER, '/invitations', camp, 'camp')).body.result
  await by(OTHERS[0] ?? '', '/invitations/acceptances', { invitationId }, 'camp-yes')
  const asking = async () => {
    const until = new Date(BEGAN + 150 * DAY).toISOString()
    const asks = {
      role: ['/mine/asks/roles', { roleId, toId: ASKED }],
      understudy: ['/mine/asks/understudies', { roleId, toId: ASKED }],
      handover: ['/mine/asks/handovers', { roleId, toIds: [ASKED], handoverAt: until, notes: { lessons: 'Salt.' } }],
      'stand-in': ['/mine/asks/stand-ins', { holdingId, toId: ASKED, to: until }],
      invitation: [
        '/mine/asks/invitations',
        { kind: 'project', title: 'A wall', purpose: 'To build it.', toIds: [ASKED], sensitiveTopics: ['money'] },
      ],
      hosting: ['/mine/asks/hosting', { invitationId, toId: ASKED }],
      mentorship: ['/mine/asks/mentors', { toId: ASKED, topics: ['soup'] }],
      accountability: ['/mine/asks/partners', { toId: ASKED }],
    } as const
    if (kind === 'to all') return undefined
    const [path, body] = asks[kind]
    return by(ASKER, path, body, 'the-ask')
  }
  let asked = false
  for (const [i, each] of [...acts, undefined].entries()) {
    if (i === Math.min(at, acts.length)) {
      commons.clock.now += 1000
      const answer = fate === 'never asked' ? undefined : await asking()
      asked = answer?.status === 201 || kind === 'to all'
      commons.clock.now += 1000
      const askId = answer?.body.result?.askId ?? answer?.body.result?.askIds?.[0]
      if (asked && fate === 'declined') {
        const path = kind === 'to all' ? '/mine/invitations/declines' : `/mine/asks/${askId}/decline`
        const to = kind === 'to all' ? { invitationId } : {}
        const declined = await by(ASKED, path, note === undefined ? to : { ...to, note }, 'the-no')
        expect(declined.status).toBe(201)
      }
    }
    if (each) await perform(world, each, { circleId, roleId, invitationId, n: i }, told)
  }
  return { world, told, asked }
}

/** Gives one random command; where it is nobody's of the two, what they were answered counts. */
async function perform(
  world: World,
  { days, what, by: one, to }: Act,
  { circleId, roleId, invitationId, n }: { circleId: string; roleId: string; invitationId: string; n: number },
  told: string[],
): Promise<void> {
  const { commons } = world
  commons.clock.now += days * DAY
  const who = PEOPLE[one] ?? ''
  const toId = PEOPLE[to] ?? ''
  const send = async (sender: string, path: string, body: object, key: string) => {
    const reply = await world.post(path, body, await commons.session(sender), `${key}-${n}`)
    if (OTHERS.includes(sender)) told.push(`${n} ${what} ${reply.status} ${withoutRequestId(reply.text)}`)
    return reply
  }
  const acts: Readonly<Record<string, () => Promise<unknown>>> = {
    offer: async () => {
      const { body } = await send(who, '/mine/asks/roles', { roleId, toId }, 'offer')
      if (body.result?.askId) await send(toId, `/roles/${roleId}/acceptances`, { askId: body.result.askId }, 'yes')
    },
    leave: () => send(who, '/leaves', {}, 'leave'),
    return: () => send(who, '/leaves/return', {}, 'return'),
    back: () => send(who, `/roles/${roleId}/step-back`, {}, 'back'),
    circle: () => send(who, '/circles', { name: `Circle ${n}`, purpose: 'More' }, 'circle'),
    define: () => send(who, '/roles', { circleId, name: `role ${n}`, purpose: 'More' }, 'define'),
    renew: () => send(who, `/roles/${roleId}/renewals`, {}, 'renew'),
    in: () => send(who, `/roles/${roleId}/step-in`, {}, 'in'),
    invite: async () => {
      const project = { kind: 'project', title: `Wall ${n}`, purpose: 'More' }
      const { body } = await send(who, '/invitations', project, 'invite')
      await send(toId, '/invitations/acceptances', { invitationId: body.result?.invitationId ?? invitationId }, 'come')
    },
    home: () => send(who, `/gatherings/${invitationId}/at-home`, {}, 'home'),
    tie: async () => {
      const { body } = await send(who, '/mine/asks/partners', { toId, scope: roleId }, 'tie')
      if (body.result?.askId) await send(toId, '/accountability', { askId: body.result.askId }, 'tied')
    },
    amend: () => send(who, `/roles/${roleId}/amendments`, { changes: { purpose: `Purpose ${n}` } }, 'amend'),
  }
  await acts[what]?.()
}

const withoutRequestId = (text: string) => text.replace(/,?"requestId":"[^"]*"/, '')

/** Everything that tells two worlds apart to whoever is no party: an empty list where nothing does. */
async function differences(one: Lived, other: Lived, addresses: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  const compare = (what: string, a: string, b: string) => a === b || found.push(what)
  compare('answers on the way', JSON.stringify(one.told), JSON.stringify(other.told))
  compare('open book', (await one.world.openBytes()).join(), (await other.world.openBytes()).join())
  const { commons } = one.world
  const [reader = '', second = ''] = OTHERS
  const actors: readonly (readonly [string, string | null])[] = [
    ['a member in session', await commons.session(reader)],
    ['a member by token', await commons.token('person', second)],
    ['the operator', await commons.token('operator')],
    ['a service', await commons.token('service')],
    ['nobody', null],
  ]
  for (const url of addresses) {
    for (const [who, credential] of actors) {
      const answers = await Promise.all([one, other].map(({ world }) => world.get(url, credential)))
      const [a, b] = answers.map(({ status, text, headers }) => {
        const { date: _, 'x-request-id': __, ...kept } = headers
        return JSON.stringify([status, withoutRequestId(text), kept])
      })
      compare(`${who} at ${url}`, a ?? '', b ?? '')
    }
  }
  return found
}

const PAIRS = 200

describe('declined, silent and never asked', () => {
  it(`are the same to everybody but the two, over ${PAIRS} pairs of histories`, { timeout: 400_000 }, async () => {
    const commons = await Commons.open()
    let pairs = 0
    let asked = 0
    const seen = new Set<string>()
    const property = fc.asyncProperty(history, async (given) => {
      const lived: Lived[] = []
      for (const fate of FATES) lived.push(await live(commons, given, fate))
      const [declined, silent, never] = lived as [Lived, Lived, Lived]
      if (declined.asked) asked += 1
      const all = await declined.world.addresses()
      // Every address with a few histories, a handful with the others: each address is looked at several times.
      const some = pairs % 50 === 0 ? all : [0, 1, 2].map((i) => all[(given.probe + i * 17) % all.length] ?? '')
      for (const url of some) seen.add(url.split('?')[0]?.replaceAll(/[a-z]+_[\w-]{22}|[0-9a-f-]{36}/g, '*') ?? '')
      expect(await differences(declined, silent, some)).toEqual([])
      expect(await differences(declined, never, some)).toEqual([])
      pairs += 2
      for (const { world } of lived) await world.close()
    })
    await fc.assert(property, { numRuns: PAIRS / 2 })
    expect(pairs).toBeGreaterThanOrEqual(PAIRS)
    expect(asked).toBeGreaterThan(PAIRS / 8)
    expect(seen.size).toBeGreaterThan(45)
    await commons.hearthbook.close()
  })

  it.each(KINDS)('are so for each kind of ask there is: %s', async (kind) => {
    const commons = await Commons.open()
    const given: History = { acts: [], at: 0, kind, note: undefined, probe: 0 }
    // One after the other: they share a clock.
    const lived: Lived[] = []
    for (const fate of FATES) lived.push(await live(commons, given, fate))
    const [declined, ...others] = lived
    expect(declined?.asked).toBe(true)
    for (const other of others) expect(declined && (await differences(declined, other, []))).toEqual([])
    await commons.hearthbook.close()
  })

  it.each([
    ['a figure that counts the private book', leakingCount],
    ['a tag of the private book’s head', leakingTag],
    ['a board that counts the noes', leakingBoard],
  ])('would be told apart by %s', async (_, alter) => {
    const commons = await Commons.open()
    const given: History = { acts: [], at: 0, kind: 'role', note: undefined, probe: 0 }
    const declined = await live(commons, given, 'declined', alter)
    const silent = await live(commons, given, 'silent', alter)
    const where = (await declined.world.addresses()).filter((url) => PLANTED.test(url))
    const found = await differences(declined, silent, where)
    expect(found.length).toBeGreaterThan(0)
    expect(found.every((each) => each.includes(' at /v1/communities/hearth'))).toBe(true)
    await commons.hearthbook.close()
  })
})

/** Where the leaks below would be seen. */
const PLANTED = /hearth(\/people|\/invitations)?$/

type Alter = (builtIn: Registry, ledgers: MemoryLedgers) => Registry

/** A registry whose question answers with something of the private book: what no definition could declare. */
function leaking(name: string, leak: (answer: Record<string, unknown>, records: number) => object): Alter {
  return (builtIn, ledgers) => {
    const question = builtIn.questions.get(name) as AnyQuestion
    const ask: AnyQuestion['ask'] = async (views, params, context) => {
      const answer = (await question.ask(views, params, context)) as Record<string, unknown>
      let records = 0
      for await (const page of ledgers.read({ community: 'hearth', book: 'private' })) records += page.length
      return leak(answer, records)
    }
    return { ...builtIn, questions: new Map(builtIn.questions).set(name, { ...question, ask }) }
  }
}

function leakingCount(builtIn: Registry, ledgers: MemoryLedgers): Registry {
  return leaking('community', (answer, records) => ({ ...answer, circles: Number(answer.circles) + records }))(
    builtIn,
    ledgers,
  )
}

function leakingTag(builtIn: Registry, ledgers: MemoryLedgers): Registry {
  return leaking('people', (answer, records) => ({ ...answer, at: records }))(builtIn, ledgers)
}

function leakingBoard(builtIn: Registry, ledgers: MemoryLedgers): Registry {
  return leaking('invitations', (answer, records) => ({ ...answer, count: Number(answer.count) + records }))(
    builtIn,
    ledgers,
  )
}

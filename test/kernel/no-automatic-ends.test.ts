import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adopted } from '../support/decided.ts'
import { TestServer } from '../support/http.ts'
import { HttpCommunity } from '../support/http-community.ts'
import { aRole, learns, takes } from '../support/lived-roles.ts'
import { personNamed, Scenario } from '../support/scenario.ts'

const [ada, ben, cyd, dov] = ['ada', 'ben', 'cyd', 'dov'].map(personNamed) as [string, string, string, string]
const { registry } = await Scenario.open()

/** Events by which somebody else's membership or role is over before its time. */
const ENDS = ['MembershipEnded', 'RoleRecalled'] as const

/** What a command's own code, and that of its part, makes. */
const makes = (event: string) =>
  [...registry.commands.values()]
    .filter(({ decide, part }) => `${decide}${part?.decide ?? ''}`.includes(`${event}.of(`))
    .map(({ name }) => name)

describe('nothing ends a membership or a role but its term, its holder and what was decided together (INV-23)', () => {
  it('so that one command each writes such an end', () => {
    expect(ENDS.map(makes)).toEqual([['EndMembership'], ['RecallFromRole']])
  })

  it('and no notice does: a date ends what was agreed to end then, and nothing else', () => {
    const kinds = registry.notices.map(({ due }) => `${due}`)
    expect(kinds.filter((code) => ENDS.some((event) => code.includes(event)))).toEqual([])
    expect(registry.notices.length).toBeGreaterThan(2)
  })

  it.each(ENDS)('%s names the proposal it was decided by', (event) => {
    const fields = registry.events.get(event)?.fields as Record<
      string,
      { schema: { safeParse(v: unknown): { success: boolean } } }
    >
    expect(fields.proposalId?.schema.safeParse(undefined).success).toBe(false)
  })
})

describe('a membership that is ended together', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await TestServer.start('2026-03-01T09:00:00Z')
  })
  afterAll(() => server.close())

  it('ends every credential and every role as leaving does; history stays, and they may be invited again', async () => {
    const there = await HttpCommunity.found(server, 'ending', [ada, ben, cyd, dov])
    const [held, learned] = [await aRole(there, ada), await aRole(there, ada)]
    await takes(there, held, ada, dov)
    await takes(there, learned, ada, ben)
    await learns(there, learned, ben, dov)
    const token = await server.tokenFor(there.id, dov)
    const [session, sessionLater] = [await there.session(dov), await server.sessionFor(there.id, dov)]
    const path = `/v1/communities/${there.id}`
    const changes = [{ command: 'EndMembership', input: { memberId: dov } }]
    const fresh = await there.server.sessionFor(there.id, dov)
    await adopted(there, [ada, ben, cyd], { decisionClass: 'recall', changes })
    for (const credential of [token, session, sessionLater, fresh])
      expect((await server.get(`${path}/roles`, credential)).status).toBe(401)
    const { body } = await there.asks(ada, `/audit?person=${dov}&limit=500`)
    const types = body.entries.map(({ type }: { type: string }) => type)
    for (const type of ['MembershipEnded', 'RoleTermEnded', 'UnderstudyEnded']) expect(types).toContain(type)
    const ended = body.entries.find(({ type }: { type: string }) => type === 'RoleTermEnded')
    expect(ended.data).toMatchObject({ reason: 'membership-ended' })
    expect((await there.asks(ada, `/holders?role=${held}`)).body.count).toBe(0)
    expect((await there.asks(ada, `/people/${dov}/history`)).body.count).toBe(2)
    expect((await there.asks(ada, '')).body.members).toBe(3)
    const again = await there.sends(
      dov,
      'JoinCommunity',
      { displayName: 'Dov' },
      { token: await server.sessionFor(there.id, dov) },
    )
    expect(again.status).toBe(201)
  })

  it('is ended by no fewer than three quarters of the positions, whoever objects; the person is heard, and not counted', async () => {
    const there = await HttpCommunity.found(server, 'recalling', [ada, ben, cyd, dov])
    const changes = [{ command: 'EndMembership', input: { memberId: dov } }]
    const proposal = { title: 'T', driver: 'D', text: 'x', decisionClass: 'recall', changes }
    const { proposalId } = await there.does(ada, 'SubmitProposal', proposal)
    const objection = { proposalId, version: 1, argument: 'I want to stay.' }
    await there.does(dov, 'RaiseObjection', objection)
    await there.does(ben, 'GiveConsent', { proposalId, version: 1 })
    await there.does(cyd, 'RaiseObjection', { ...objection, argument: 'Not so fast.' })
    await there.later(14)
    const { body } = await there.sends(ada, 'AdoptProposal', { proposalId, version: 1 })
    expect(body).toMatchObject({ code: 'THRESHOLD_NOT_MET', facts: { stated: 2 } })
    expect(await there.written()).toBe(there.writtenBefore)
  })
})

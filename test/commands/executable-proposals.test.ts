import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adopted, agreedOn } from '../support/decided.ts'
import { TestServer } from '../support/http.ts'
import { HttpCommunity } from '../support/http-community.ts'
import { takes } from '../support/lived-roles.ts'
import { ada, ben, cyd, dov } from './refusal-case.ts'

const MEMBERS = [ada, ben, cyd, dov]

let server: TestServer
let communities = 0
beforeAll(async () => {
  server = await TestServer.start('2026-03-01T09:00:00Z')
})
afterAll(() => server.close())

const found = () => HttpCommunity.found(server, `carrying-${communities++}`, MEMBERS)

/** A community in which Dov holds a role that carries little. */
async function withHolder() {
  const there = await found()
  const { circleId = '' } = await there.does(ada, 'FormCircle', { name: 'Kitchen', purpose: 'To cook.' })
  const role = { circleId, name: 'cook', purpose: 'To cook.' }
  const { roleId: heldId = '' } = await there.does(ada, 'DefineRole', role)
  await takes(there, heldId, ada, dov)
  return { there, circleId, heldId }
}

const steward = (circleId: unknown) => ({
  command: 'DefineRole',
  input: { circleId, name: 'steward', purpose: 'To keep the stores.', weight: 2, seats: 2 },
})
const offer = (toId: string, more: object = {}) => ({
  command: 'OfferRole',
  input: { roleId: { madeBy: 0 }, toId, ...more },
})

const typesOf = (body: { events: readonly { type: string }[] }) => body.events.map(({ type }) => type)

describe('a proposal that defines a role, offers it to two people, sets a rule and ends a term', () => {
  const all = (circleId: string, heldId: string): { command: string; input: object }[] => [
    steward(circleId),
    offer(ben),
    offer(cyd),
    { command: 'AmendPolicy', input: { changes: { termDays: 91 } } },
    { command: 'RecallFromRole', input: { roleId: heldId, memberId: dov } },
  ]

  it('is adopted as one append, each part on what the ones before it made', async () => {
    const { there, circleId, heldId } = await withHolder()
    const changes = all(circleId, heldId)
    const proposalId = await agreedOn(there, MEMBERS.slice(0, 3), { decisionClass: 'constitutional', changes })
    const adoption = { proposalId, version: 1 }
    const dry = await there.server.post(
      `/v1/communities/${there.id}/proposals/${proposalId}/adoption?dryRun=true`,
      { version: 1 },
      await there.session(ada),
    )
    const before = await there.written()
    const { status, body } = await there.sends(ada, 'AdoptProposal', adoption)
    expect(status).toBe(201)
    expect(typesOf(body)).toEqual([
      'ProposalAdopted',
      'AgreementRecorded',
      'RoleDefined',
      'RoleOfferAdopted',
      'RoleOfferAdopted',
      'PolicyAmended',
      'RoleRecalled',
    ])
    expect(typesOf(dry.body)).toEqual(typesOf(body))
    expect(before).toBe(there.writtenBefore)
    const revisions = body.events.map(({ revision }: { revision: number }) => revision)
    expect(revisions.at(-1) - revisions[0]).toBe(6)
    const { body: roles } = await there.asks(ada, '/roles')
    const made = roles.roles.find(({ name }: { name: string }) => name === 'steward')
    await there.does(ben, 'AcceptRole', { roleId: made.id, proposalId })
    const { body: holders } = await there.asks(ada, `/holders?role=${made.id}`)
    expect(holders.holders).toMatchObject([{ person: { id: ben } }])
    expect((await there.asks(ada, `/holders?role=${heldId}`)).body.holders).toEqual([])
  })

  it.each([
    [1, 'a person who is no member', offer(`person_${'x'.repeat(22)}`), 'UNKNOWN_REFERENCE', 'OfferRole'],
    [
      3,
      'a rule no community has',
      { command: 'AmendPolicy', input: { changes: { mood: 1 } } },
      'POLICY_OUT_OF_RANGE',
      'AmendPolicy',
    ],
    [
      4,
      'somebody who does not hold it',
      { command: 'RecallFromRole', input: { roleId: { madeBy: 0 }, memberId: dov } },
      'NOT_THE_HOLDER',
      'RecallFromRole',
    ],
  ])('changes nothing where part %i names %s, and says so', async (index, _, part, code, command) => {
    const { there, circleId, heldId } = await withHolder()
    const changes = all(circleId, heldId)
    changes[index] = part
    const proposalId = await agreedOn(there, MEMBERS.slice(0, 3), { decisionClass: 'constitutional', changes })
    const { status, body } = await there.sends(ada, 'AdoptProposal', { proposalId, version: 1 })
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'CHANGE_REFUSED' })
    expect(body.facts).toMatchObject({ index, command, code })
    expect(await there.written()).toBe(there.writtenBefore)
    expect((await there.asks(ada, '/roles')).body.count).toBe(1)
  })

  it('is found impossible only when adopted: what it says was possible when it was written', async () => {
    const { there, circleId, heldId } = await withHolder()
    const proposalId = await agreedOn(there, MEMBERS.slice(0, 3), {
      decisionClass: 'constitutional',
      changes: all(circleId, heldId),
    })
    await there.does(dov, 'StepBack', { roleId: heldId })
    const { body } = await there.sends(ada, 'AdoptProposal', { proposalId, version: 1 })
    expect(body.facts).toMatchObject({ index: 4, code: 'NOT_THE_HOLDER' })
    expect(await there.written()).toBe(there.writtenBefore)
  })
})

describe('what a change may refer to', () => {
  it('is a circle formed before it, and the branch of a role defined before it', async () => {
    const there = await found()
    const { proposalId } = await adopted(there, [ada, ben, cyd], {
      changes: [
        { command: 'FormCircle', input: { name: 'Garden', purpose: 'To grow.' } },
        steward({ madeBy: 0 }),
        {
          command: 'DefineRole',
          input: { ...steward({ madeBy: 0 }).input, name: 'hand', partOfRoleId: { madeBy: 1 } },
        },
        { command: 'AmendRole', input: { roleId: { madeBy: 2 }, changes: { weight: 2 } } },
      ],
    })
    const { body } = await there.asks(ada, '/roles')
    expect(body.roles).toMatchObject([
      { name: 'steward', weight: 2 },
      { name: 'hand', weight: 2 },
    ])
    const { body: hand } = await there.asks(ada, `/roles/${body.roles[1].id}`)
    expect(hand.wordings.at(-1)).toMatchObject({ partOfRoleId: body.roles[0].id })
    expect(proposalId).toMatch(/^proposal_/)
  })

  it.each([
    ['one after it', [offer(ben), steward({ madeBy: 0 })], 0],
    ['itself', [{ ...steward({ madeBy: 0 }) }], 0],
    ['one that makes nothing', [{ command: 'AmendPolicy', input: { changes: { termDays: 91 } } }, offer(ben)], 1],
    ['something of another kind', [{ command: 'FormCircle', input: { name: 'G', purpose: 'P' } }, offer(ben)], 1],
  ])('is not %s', async (_, changes, index) => {
    const there = await found()
    const { status, body } = await there.sends(ada, 'SubmitProposal', {
      title: 'T',
      driver: 'D',
      text: 'x',
      decisionClass: 'constitutional',
      changes,
    })
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'NOT_EXECUTABLE' })
    expect(body.facts).toMatchObject({ index })
  })
})

it('is no place for a secret either: what is proposed is never edited', async () => {
  const there = await found()
  const purpose = 'The password: swordfish1.'
  const changes = [{ command: 'FormCircle', input: { name: 'Garden', purpose } }]
  const { body } = await there.sends(ada, 'SubmitProposal', { title: 'T', driver: 'D', text: 'x', changes })
  expect(body).toMatchObject({ code: 'LOOKS_LIKE_A_SECRET', pointer: '/changes/0/input/purpose' })
  expect(JSON.stringify(body)).not.toContain('swordfish')
})

describe('what a class of proposals may carry', () => {
  const forms = {
    AmendPolicy: { changes: { termDays: 91 } },
    EndMembership: { memberId: dov },
    FormCircle: { name: 'Garden', purpose: 'To grow.' },
    StepBack: { roleId: `role_${'x'.repeat(22)}` },
  }
  it.each([
    ['standard', 'FormCircle', 201],
    ['standard', 'AmendPolicy', 422],
    ['significant', 'AmendPolicy', 422],
    ['constitutional', 'AmendPolicy', 201],
    ['standard', 'EndMembership', 422],
    ['recall', 'EndMembership', 201],
    ['constitutional', 'EndMembership', 201],
    ['recall', 'FormCircle', 422],
    ['recall', 'AmendPolicy', 422],
    ['constitutional', 'StepBack', 422],
  ] as const)('%s: %s is answered %i', async (decisionClass, command, status) => {
    const there = await found()
    const changes = [{ command, input: forms[command] }]
    const answer = await there.sends(ada, 'SubmitProposal', {
      title: 'T',
      driver: 'D',
      text: 'x',
      decisionClass,
      changes,
    })
    expect(answer.status).toBe(status)
    if (status === 422) expect(answer.body.code).toBe('NOT_EXECUTABLE')
  })

  it('ends a membership no earlier and with no fewer consents than a recall, whatever its class', async () => {
    const there = await found()
    const changes = [{ command: 'EndMembership', input: { memberId: dov } }]
    const submission = { title: 'T', driver: 'D', text: 'x', decisionClass: 'constitutional', changes }
    const { body } = await there.sends(ada, 'SubmitProposal', submission)
    expect(body.result.closesAt).toBe(there.day(14))
  })
})

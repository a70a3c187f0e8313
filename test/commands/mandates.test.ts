import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adopted, onTrial } from '../support/decided.ts'
import { TestServer } from '../support/http.ts'
import { HttpCommunity } from '../support/http-community.ts'
import { aRole, handedOver, learns, takes } from '../support/lived-roles.ts'
import { ada, ben, cyd, dov } from './refusal-case.ts'

const MEMBERS = [ada, ben, cyd, dov]
const NOTES = { lessons: 'Salt early.' }

let server: TestServer
let communities = 0
beforeAll(async () => {
  server = await TestServer.start('2026-03-01T09:00:00Z')
})
afterAll(() => server.close())

const found = () => HttpCommunity.found(server, `mandated-${communities++}`, MEMBERS)

/** The guards as the preset has them, after a role that carries much was made without them. */
async function guarded(there: HttpCommunity, mode: string): Promise<void> {
  const changes = { mandateToDefine: mode, mandateToOffer: mode, mandateToHandOver: mode, steppingInAgain: mode }
  await there.does(ada, 'AmendPolicy', { changes })
}

/** Everything that takes a mandate, each in a community of its own. `more` is what would cite one. */
async function prepared(command: string) {
  const there = await found()
  const { circleId } = await there.does(ada, 'FormCircle', { name: 'Kitchen', purpose: 'To cook.' })
  const roleId = await aRole(there, ada, { weight: 2 })
  const by = command === 'HandOverRole' ? ben : command === 'StepIn' ? cyd : ada
  if (by !== ada) await takes(there, roleId, ada, ben)
  if (command === 'StepIn') {
    await learns(there, roleId, ben, cyd)
    await there.does(ben, 'TakeLeave')
    await there.does(cyd, 'StepIn', { roleId })
    await there.later(60)
  }
  const inputs: Readonly<Record<string, object>> = {
    DefineRole: { circleId, name: 'keeper', purpose: 'To keep.', weight: 2 },
    AmendRole: { roleId, changes: { purpose: 'To roast.' } },
    RetireRole: { roleId },
    OfferRole: { roleId, toId: dov },
    HandOverRole: { roleId, toIds: [dov], handoverAt: there.day(60), notes: NOTES },
    StepIn: { roleId },
  }
  return { there, send: (more: object = {}) => there.sends(by, command, { ...inputs[command], ...more }) }
}

const CODES = {
  DefineRole: 'ROLE_NEEDS_MANDATE',
  AmendRole: 'ROLE_NEEDS_MANDATE',
  RetireRole: 'ROLE_NEEDS_MANDATE',
  OfferRole: 'OFFER_NEEDS_MANDATE',
  HandOverRole: 'HANDOVER_NEEDS_MANDATE',
  StepIn: 'STEP_IN_NEEDS_PROPOSAL',
} as const
const ALL = Object.entries(CODES)

describe('an act that takes a mandate', () => {
  it.each(ALL)('%s is refused without one, and where it cites what is not in force', async (command, code) => {
    const { there, send } = await prepared(command)
    await guarded(there, 'require')
    expect((await send()).body.code).toBe(code)
    expect((await send({ proposalId: `proposal_${'x'.repeat(22)}` })).body.code).toBe(code)
    expect(await there.written()).toBe(there.writtenBefore)
  })

  it.each(ALL)('%s is only warned of in the mode "warn", and the record says so', async (command, code) => {
    const { there, send } = await prepared(command)
    await guarded(there, 'warn')
    const { status, body } = await send()
    expect(status).toBe(201)
    expect(body.warnings).toContainEqual(expect.objectContaining({ code }))
  })

  it.each(ALL)('%s is done under an adopted proposal in force, which the record names', async (command, code) => {
    const { there, send } = await prepared(command)
    await guarded(there, 'require')
    const { proposalId } = await adopted(there, [ada, cyd, dov], { text: `Let ${dov} be offered it.` })
    const { status, body } = await send({ proposalId })
    expect({ status, code: body.code }).toEqual({ status: 201, code: undefined })
    expect(body.warnings).not.toContainEqual(expect.objectContaining({ code }))
    const [{ id, matter }] = body.events
    const read = matter === undefined ? `/events/${id}` : `/mine/matters/${matter}`
    const told = await there.asks(command === 'HandOverRole' ? ben : command === 'StepIn' ? cyd : ada, read)
    expect(JSON.stringify(told.body)).toContain(proposalId)
  })

  it.each(ALL)(
    '%s that cites what is not in force is refused whatever the mode: the record would name nothing',
    async (command) => {
      const { there, send } = await prepared(command)
      await guarded(there, 'off')
      const { body } = await send({ proposalId: `proposal_${'x'.repeat(22)}` })
      expect(body).toMatchObject({ code: 'UNKNOWN_REFERENCE', pointer: '/proposalId' })
    },
  )
})

describe('the mandate to offer', () => {
  it('is for the person the proposal names, and for nobody else', async () => {
    const there = await found()
    const roleId = await aRole(there, ada, { weight: 2 })
    await guarded(there, 'require')
    const { proposalId } = await adopted(there, MEMBERS, { text: `We ask ${ben} to take it.` })
    const offers = (toId: string, by = ada) => there.sends(by, 'OfferRole', { roleId, toId, proposalId })
    expect((await offers(cyd)).body.code).toBe('OFFER_NEEDS_MANDATE')
    expect((await offers(ada)).body.code).toBe('OFFER_NEEDS_MANDATE')
    expect((await offers(ben)).status).toBe(201)
    // Even to themself: that is what everybody decided.
    expect((await offers(ben, ben)).status).toBe(201)
  })

  it('goes with the yes into the open record', async () => {
    const there = await found()
    const roleId = await aRole(there, ada, { weight: 2 })
    await guarded(there, 'require')
    const { proposalId } = await adopted(there, MEMBERS, { text: `We ask ${ben} to take it.` })
    const { askId } = await there.does(ada, 'OfferRole', { roleId, toId: ben, proposalId })
    await there.does(ben, 'AcceptRole', { roleId, askId })
    const { body } = await there.asks(dov, `/audit?role=${roleId}`)
    const accepted = body.entries.find(({ type }: { type: string }) => type === 'RoleAccepted')
    expect(accepted.data).toMatchObject({ proposalId })
  })
})

describe('a mandate', () => {
  it('is over with the trial that gave it', async () => {
    const there = await found()
    const { circleId } = await there.does(ada, 'FormCircle', { name: 'Kitchen', purpose: 'To cook.' })
    const { proposalId } = await onTrial(there, MEMBERS, 20)
    const role = { circleId, name: 'keeper', purpose: 'To keep.', weight: 2, proposalId }
    expect((await there.sends(ada, 'DefineRole', role)).status).toBe(201)
    await there.later(20)
    expect((await there.sends(ada, 'DefineRole', role)).body.code).toBe('ROLE_NEEDS_MANDATE')
  })

  it('is not needed by whoever has learned the role for some time, nor for what carries little', async () => {
    const there = await found()
    const roleId = await aRole(there, ada, { weight: 2 })
    await takes(there, roleId, ada, ben)
    await learns(there, roleId, ben, cyd)
    await guarded(there, 'require')
    await there.later(14)
    expect(await handedOver(there, roleId, ben, [cyd], { handoverAt: there.day(20) })).toHaveLength(1)
    expect(
      (await there.sends(ada, 'DefineRole', { circleId: await circle(there), name: 'hand', purpose: 'x' })).status,
    ).toBe(201)
  })
})

async function circle(there: HttpCommunity): Promise<unknown> {
  return (await there.does(ada, 'FormCircle', { name: 'Yard', purpose: 'To sit.' })).circleId
}

describe('the presets', () => {
  it.each([
    ['hospitality', 422],
    ['crew', 201],
  ])('%s: a role that carries much is defined without a mandate: %i', async (preset, status) => {
    const community = `preset-${preset}`
    const there = HttpCommunity.at(server, community)
    await there.does('operator', 'FoundCommunity', { community, name: 'x', preset })
    await there.does(ada, 'JoinCommunity', { displayName: 'Ada' })
    const answer = await there.sends(ada, 'DefineRole', {
      circleId: await circle(there),
      name: 'c',
      purpose: 'x',
      weight: 2,
    })
    expect(answer.status).toBe(status)
    if (status === 201) expect(answer.body.warnings).toMatchObject([{ code: 'ROLE_NEEDS_MANDATE' }])
  })
})

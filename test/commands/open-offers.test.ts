import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adopted } from '../support/decided.ts'
import { TestServer } from '../support/http.ts'
import { HttpCommunity } from '../support/http-community.ts'
import { readAll } from '../support/records.ts'
import { ada, ben, cyd, dov } from './refusal-case.ts'

let server: TestServer
let communities = 0
beforeAll(async () => {
  server = await TestServer.start('2026-03-01T09:00:00Z')
})
afterAll(() => server.close())

/** An adopted proposal that offers a role of two seats to Ben and to Cyd. */
async function offering() {
  const there = await HttpCommunity.found(server, `offers-${communities++}`, [ada, ben, cyd, dov])
  const { circleId } = await there.does(ada, 'FormCircle', { name: 'Kitchen', purpose: 'To cook.' })
  const role = { circleId, name: 'steward', purpose: 'To keep the stores.', weight: 2, seats: 2 }
  const { proposalId } = await adopted(there, [ada, ben, cyd], {
    changes: [
      { command: 'DefineRole', input: role },
      { command: 'OfferRole', input: { roleId: { madeBy: 0 }, toId: ben } },
      { command: 'OfferRole', input: { roleId: { madeBy: 0 }, toId: cyd } },
    ],
  })
  const asked = async (by: string) => (await there.asks(by, '/mine/asks')).body
  const { asks } = await asked(ben)
  return { there, proposalId, askId: asks[0].askId as string, roleId: asks[0].about as string, asked }
}

const openBook = (there: HttpCommunity) => readAll(server.hearthbook.ledgers, { community: there.id, book: 'open' })

describe('an offer written into an adopted proposal', () => {
  it('waits for the answer of the person it is made to, like any ask, and everybody knows of it', async () => {
    const { there, proposalId, roleId, asked } = await offering()
    expect(await asked(ben)).toMatchObject({
      waiting: 1,
      asks: [{ what: 'role', about: roleId, from: { id: ada }, status: 'open', terms: { proposalId } }],
    })
    expect(await asked(dov)).toMatchObject({ count: 0 })
    const { body } = await there.asks(dov, `/audit?role=${roleId}`)
    const types = body.entries.map(({ type }: { type: string }) => type)
    expect(types.filter((type: string) => type === 'RoleOfferAdopted')).toHaveLength(2)
  })

  it('is taken by their own yes, by the proposal or by the ask, and names the proposal', async () => {
    const { there, proposalId, roleId, askId, asked } = await offering()
    await there.does(ben, 'AcceptRole', { roleId, askId })
    await there.does(cyd, 'AcceptRole', { roleId, proposalId })
    expect(await asked(ben)).toMatchObject({ waiting: 0, asks: [{ status: 'accepted' }] })
    const { body } = await there.asks(dov, `/holders?role=${roleId}`)
    expect(body.holders.map(({ person }: { person: { id: string } }) => person.id).sort()).toEqual([ben, cyd].sort())
    const accepted = (await openBook(there))
      .map(({ text }) => JSON.parse(text))
      .filter(({ type }) => type === 'RoleAccepted')
    for (const { data } of accepted) expect(data).toMatchObject({ proposalId, asked: { what: 'role', by: ada } })
  })

  it('is declined with nobody but the decliner ever knowing: the open book has the same bytes', async () => {
    const { there, askId, roleId, asked } = await offering()
    const before = await openBook(there)
    await there.does(ben, 'DeclineAsk', { askId, note: 'Not this year.' })
    expect(await openBook(there)).toEqual(before)
    expect(await asked(ben)).toMatchObject({ waiting: 0, asks: [{ status: 'declined' }] })
    for (const by of [ada, cyd, dov]) expect((await there.asks(by, `/mine/matters/${askId}`)).status).toBe(404)
    expect((await there.asks(ben, `/mine/matters/${askId}`)).body.records).toMatchObject([{ type: 'OfferDeclined' }])
    const [record] = (await readAll(server.hearthbook.ledgers, { community: there.id, book: 'private' })).slice(-1)
    expect(JSON.parse(record?.text ?? '{}')).toMatchObject({ type: 'OfferDeclined', parties: [ben] })
    const again = await there.sends(ben, 'AcceptRole', { roleId, askId })
    expect({ status: again.status, code: again.body.code }).toEqual({ status: 422, code: 'ASK_CLOSED' })
  })

  it.each([
    ['AcceptRole', ben, 'nobody else answers it', dov, 'NOT_YOURS_TO_ACCEPT'],
    ['DeclineAsk', ben, 'nor says no for them', dov, 'NOT_YOURS_TO_DECLINE'],
  ])('%s: %s, %s', async (command, _, __, by, code) => {
    const { there, askId, roleId } = await offering()
    const input = command === 'AcceptRole' ? { roleId, askId } : { askId }
    const { status, body } = await there.sends(by, command, input)
    expect({ status, code: body.code }).toEqual({ status: 403, code })
    expect(await there.written()).toBe(there.writtenBefore)
  })

  it('is none where the proposal offers them nothing, or its time has passed', async () => {
    const { there, proposalId, roleId } = await offering()
    const notTheirs = await there.sends(dov, 'AcceptRole', { roleId, proposalId })
    expect(notTheirs.body.code).toBe('NOT_YOURS_TO_ACCEPT')
    const nothing = await there.sends(ben, 'AcceptRole', { roleId, proposalId: `proposal_${'x'.repeat(22)}` })
    expect(nothing.body.code).toBe('NOT_FOUND')
    const both = await there.sends(ben, 'AcceptRole', { roleId })
    expect(both.body.code).toBe('VALIDATION_FAILED')
    await there.later(15)
    const late = await there.sends(ben, 'AcceptRole', { roleId, proposalId })
    expect(late.body).toMatchObject({ code: 'ASK_CLOSED', facts: { status: 'lapsed' } })
  })
})

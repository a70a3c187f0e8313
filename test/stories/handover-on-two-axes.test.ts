import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestServer } from '../support/http.ts'
import { HttpCommunity } from '../support/http-community.ts'
import { aRole, takes } from '../support/lived-roles.ts'
import { checked, packetOf } from '../support/packets.ts'
import { readAll } from '../support/records.ts'
import { personNamed } from '../support/scenario.ts'

const [ana, dee, eli, fay] = [personNamed('ana'), personNamed('dee'), personNamed('eli'), personNamed('fay')]

describe('a handover whose day is told otherwise later', () => {
  let server: TestServer
  let there: HttpCommunity
  let roleId: string
  let handover: { readonly id: string; readonly data: Record<string, unknown>; readonly revision: number }
  let before: string
  let proposal: string
  const waiting: string[][] = []

  const on = async (asOf: string, more = '') => {
    const { body } = await there.asks(ana, `/holders?role=${roleId}&asOf=${asOf}${more}`)
    return (body.holders as { person: { id: string } }[]).map(({ person }) => person.id)
  }
  const textAt = async (revision: number) =>
    (await readAll(server.hearthbook.ledgers, { community: 'tidepool', book: 'open' }))[revision]?.text ?? ''
  const correct = (by: string, changes: object) =>
    there.sends(by, 'CorrectRecord', {
      eventId: handover.id,
      replacement: { ...handover.data, ...changes },
      reason: 'Eli was already doing it from the middle of March.',
    })
  const EARLIER = { overlapFrom: '2026-03-15', handoverAt: '2026-03-15', termStart: '2026-03-15' }

  beforeAll(async () => {
    server = await TestServer.start('2026-01-01T00:00:00Z')
    there = await HttpCommunity.found(server, 'tidepool', [ana, dee, eli, fay])
    roleId = await aRole(there, ana, { name: 'Kitty Keeper', termDays: 365 })
    await takes(there, roleId, ana, dee)
    await server.at('2026-03-25T09:00:00Z')
    const offer = { roleId, toIds: [eli], overlapFrom: '2026-04-01', handoverAt: '2026-04-01' }
    const { askIds } = (await there.sends(dee, 'HandOverRole', offer)).body.result
    await server.at('2026-04-02T09:00:00Z')
    await there.does(eli, 'AcceptHandover', { askId: askIds[0] }, '2026-04-01')
    const { entries } = (await there.asks(ana, '/audit?type=RoleHandedOver')).body
    handover = entries[0]
    before = await textAt(handover.revision)
    await server.at('2026-05-10T09:00:00Z')
    const proposed = await correct(dee, EARLIER)
    expect(proposed.body.result).toMatchObject({ outcome: 'proposed', needs: [eli] })
    proposal = proposed.body.result.correctionEventId
    waiting.push(await on('2026-03-20'))
    const attested = await there.does(eli, 'AttestRecord', { eventId: proposal })
    expect(attested.corrected).toBe(true)
    await server.at('2026-05-15T09:00:00Z')
  })
  afterAll(() => server.close())

  it.each([
    ['2026-03-10', '2026-04-15', [dee]],
    ['2026-03-20', '2026-04-15', [dee]],
    ['2026-04-05', '2026-04-15', [eli]],
    ['2026-03-10', '2026-05-15', [dee]],
    ['2026-03-20', '2026-05-15', [eli]],
    ['2026-04-05', '2026-05-15', [eli]],
  ])('on %s, as known on %s: %j', async (asOf, asKnownAt, expected) => {
    expect(await on(asOf, `&asKnownAt=${asKnownAt}`)).toEqual(expected)
  })

  it('changes nothing until the other one whose time it changes has attested', () => {
    expect(waiting).toEqual([[dee]])
  })

  it('stands in the book byte for byte, and the handover is told with its new day', async () => {
    expect(await textAt(handover.revision)).toBe(before)
    const { handovers } = (await there.asks(ana, '/handovers')).body
    expect(handovers).toMatchObject([{ handoverAt: expect.stringContaining('2026-03-15') }])
    const earlier = (await there.asks(ana, '/handovers?asKnownAt=2026-04-15')).body.handovers
    expect(earlier).toMatchObject([{ handoverAt: expect.stringContaining('2026-04-01') }])
  })

  it.each([
    ['that it happened', 'CORRECTION_FORBIDDEN', null],
    ['who took it over', 'CORRECTION_BREAKS_INVARIANT', { personId: fay }],
    ['a day before the overlap', 'CORRECTION_BREAKS_INVARIANT', { handoverAt: '2026-03-01' }],
    ['a later end of the term', 'CORRECTION_BREAKS_INVARIANT', { termEnd: '2027-05-01' }],
  ])('is not corrected in this: %s', async (_, code, changes) => {
    const reason = 'x'
    const replacement = changes === null ? null : { ...handover.data, ...changes }
    const refused = await there.sends(dee, 'CorrectRecord', { eventId: handover.id, replacement, reason })
    expect(refused.body.code).toBe(code)
  })

  it('is corrected by those it names and by nobody else, the operator neither', async () => {
    const operator = { eventId: handover.id, replacement: { ...handover.data, ...EARLIER }, reason: 'x' }
    expect((await correct(fay, EARLIER)).body.code).toBe('NOT_YOURS_TO_CORRECT')
    expect((await there.sends('operator', 'CorrectRecord', operator)).body.code).toBe('NOT_YOURS_TO_CORRECT')
  })

  it('makes a packet that tells both answers, with the correction and the word it waited for', async () => {
    const book = await readAll(server.hearthbook.ledgers, { community: 'tidepool', book: 'open' })
    const asked = { from: '2026-03-01', through: '2026-05-15', roles: [roleId], dates: ['2026-03-20'] }
    const { registry } = server.hearthbook
    const packet = await packetOf({ community: 'tidepool', ...asked }, book, registry)
    expect(await checked(packet, registry)).toEqual([])
    expect(packet).toMatch(
      /On 2026-03-20: P\d \(Kitty Keeper\), by all that is known\. The record of that day said: P\d/,
    )
    for (const type of ['CorrectionProposed', 'RecordAttested', 'RecordCorrected'])
      expect(packet).toMatch(new RegExp(`- 2026-05-10[^\\n]*: ${type} by P\\d`))
  })
})

import { describe, expect, it } from 'vitest'
import type { MatterReceipt } from '../../src/engine/receipts.ts'
import { type MatterRecord, verifyMatter } from '../../src/engine/verify-matter.ts'
import { fieldOf, personNamed, Scenario } from '../support/scenario.ts'

const [ana, ben, chi] = ['ana', 'ben', 'chi'].map(personNamed) as [string, string, string]

interface MatterAnswer {
  readonly records: readonly { readonly hash: string; readonly record: MatterRecord }[]
}

/** Ana offers Ben a role; beside it other asks go to and fro in the private book. */
async function withMatter() {
  const s = await Scenario.founded(['ana', 'ben', 'chi'], { at: '2026-01-05T00:00:00Z' })
  const circleId = fieldOf(
    await s.given('FormCircle', { name: 'Kitchen', purpose: 'Food' }, ana),
    'CircleFormed',
    'circleId',
  )
  const roleId = fieldOf(
    await s.given('DefineRole', { circleId, name: 'Cook', purpose: 'Cooks' }, ana),
    'RoleDefined',
    'roleId',
  )
  await s.given('OfferRole', { roleId, toId: chi }, ana)
  const offered = await s.done('OfferRole', { roleId, toId: ben }, ana)
  const askId = fieldOf(offered.events, 'RoleOffered', 'askId')
  await s.given('OfferRole', { roleId, toId: ana }, chi)
  await s.given('RemindAsk', { askId }, ana)
  const declined = await s.done('DeclineAsk', { askId, note: 'not this spring' }, ben)
  const matter = await s.ask<MatterAnswer>('my-matter', { matter: askId }, {}, ben)
  const receipts = [offered, declined].map(({ receipt }) => receipt as MatterReceipt)
  return { s, roleId, askId, records: matter.records.map(({ record }) => record), receipts }
}

describe('a private matter', () => {
  it('is given to its parties alone, with its own gapless order and nothing of the book it stands in', async () => {
    const { s, askId, records } = await withMatter()
    expect(records.map(({ matterRevision }) => matterRevision)).toEqual([0, 1, 2])
    for (const record of records) {
      expect(Object.keys(record)).not.toContain('revision')
      expect(Object.keys(record)).not.toContain('previous')
      expect(record.parties).toEqual([ana, ben].sort())
    }
    expect(await s.ask('my-matter', { matter: askId }, {}, chi)).toBeUndefined()
    expect(await s.ask('my-matters', {}, {}, chi)).toMatchObject({ count: 2 })
    expect((await s.refused('WithdrawAsk', { askId }, chi)).code).toBe('NOT_FOUND')
  })

  it('is checked whole by a party from what they were given, and by the receipts they kept', async () => {
    const { records, receipts } = await withMatter()
    expect(verifyMatter(records, receipts)).toEqual([])
    expect(receipts.map(({ matterRevision }) => matterRevision)).toEqual([0, 2])
    expect(receipts[1]).not.toHaveProperty('revision')
  })

  it.each([
    [
      'a record changed',
      (r: MatterRecord[]) => r.map((x, i) => (i === 1 ? { ...x, recordedAt: '2026-01-06T00:00:00.000Z' } : x)),
    ],
    ['a record left out', (r: MatterRecord[]) => r.filter((_, i) => i !== 1)],
    ['two records swapped', ([a, b, c]: MatterRecord[]) => [a, c, b] as MatterRecord[]],
    ['the end cut off', (r: MatterRecord[]) => r.slice(0, 2)],
  ])('is found out with %s', async (_, change) => {
    const { records, receipts } = await withMatter()
    expect(verifyMatter(change([...records]), receipts)).not.toEqual([])
  })

  it('is nobody’s to read who has left, and theirs again who was no longer named after', async () => {
    const { s, askId } = await withMatter()
    await s.given('LeaveCommunity', {}, ben)
    expect(await s.ask('my-matter', { matter: askId }, {}, ben)).toBeUndefined()
    expect(await s.ask('my-data', {}, {}, ben)).toMatchObject({ matters: [{ matter: askId }] })
  })

  it('is the same after a restart', async () => {
    const { s, askId, records } = await withMatter()
    const again = await s.restarted().ask<MatterAnswer>('my-matter', { matter: askId }, {}, ana)
    expect(again.records.map(({ record }) => record)).toEqual(records)
  })

  it('is written to only at the version seen, where a version is named; saying no asks for none', async () => {
    const { s, roleId } = await withMatter()
    const askId = fieldOf(await s.given('OfferRole', { roleId, toId: ben }, ana), 'RoleOffered', 'askId')
    const stale = await s.refused('RemindAsk', { askId }, ana, { ifMatch: 1, target: askId })
    expect(stale.code).toBe('PRECONDITION_FAILED')
    await s.given('RemindAsk', { askId }, ana, { ifMatch: 0, target: askId })
    await s.given('DeclineAsk', { askId }, ben, { ifMatch: 0, target: askId })
  })
})

describe('the notes of a handover', () => {
  it('are read by the two, and once it is taken by later holders of the seat; never where it was not', async () => {
    const { s, roleId } = await withMatter()
    const own = fieldOf(await s.given('OfferRole', { roleId, toId: ben }, ana), 'RoleOffered', 'askId')
    await s.given('AcceptRole', { roleId, askId: own }, ben)
    const notes = { lessons: 'salt last' }
    const at = '2026-02-01'
    const { events } = await s.done('HandOverRole', { roleId, toIds: [ana, chi], handoverAt: at, notes }, ben)
    const [toAna, toChi] = events.map(({ data }) => (data as { askId: string }).askId)
    const read = async (who: string) => (await s.ask<{ count: number }>('my-handover-notes', {}, {}, who)).count
    expect([await read(ana), await read(chi), await read(ben)]).toEqual([1, 1, 2])
    await s.given('AcceptHandover', { askId: toAna }, ana)
    expect((await s.refused('AcceptHandover', { askId: toChi }, chi)).code).toBe('NO_FREE_SEAT')
    // Chi, who did not take it over, holds the seat later: what was written for Ana is theirs to read then.
    s.at('2026-02-02T00:00:00Z')
    await s.given('StepBack', { roleId }, ana)
    const next = fieldOf(await s.given('OfferRole', { roleId, toId: chi }, ana), 'RoleOffered', 'askId')
    await s.given('AcceptRole', { roleId, askId: next }, chi)
    expect(await read(chi)).toBe(2)
    expect(await read(ana)).toBe(1)
  })
})

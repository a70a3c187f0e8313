import { beforeEach, describe, expect, it } from 'vitest'
import { circleNames, formedCircle } from '../support/book.ts'
import { personNamed, receiptOf, Scenario } from '../support/scenario.ts'

const ada = personNamed('ada')
const kitchen = { name: 'Kitchen', purpose: 'To cook together.' }

let book: Scenario
beforeEach(async () => {
  book = await Scenario.founded(['ada', 'ben'])
})

describe('a repeated command', () => {
  it('gets the same events and the same receipt, and is done once', async () => {
    const first = await book.done('FormCircle', kitchen, ada, { key: 'k' })
    const receipt = receiptOf(first)
    await book.later().given('FormCircle', { ...kitchen, name: 'Garden' }, ada)
    const again = await book.later().done('FormCircle', kitchen, ada, { key: 'k' })
    expect(first.repeated).toBe(false)
    expect(again).toMatchObject({ repeated: true, events: first.events })
    expect(receiptOf(again)).toEqual(receipt)
    expect(await circleNames(book)).toEqual(['Garden', 'Kitchen'])
  })

  it('gets the same answer after a restart', async () => {
    const first = await book.done('FormCircle', kitchen, ada, { key: 'k' })
    const again = await book.restarted().done('FormCircle', kitchen, ada, { key: 'k' })
    expect(again).toMatchObject({ repeated: true, events: first.events })
    expect(receiptOf(again)).toEqual(receiptOf(first))
  })

  it('is done once where both come at the same time', async () => {
    const [a, b] = await Promise.all([1, 2].map(() => book.done('FormCircle', kitchen, ada, { key: 'k' })))
    expect([a?.repeated, b?.repeated].sort()).toEqual([false, true])
    expect(a?.events).toEqual(b?.events)
  })

  it('is refused with another body, before and after a restart', async () => {
    await book.given('FormCircle', kitchen, ada, { key: 'k' })
    const other = { ...kitchen, name: 'Garden' }
    for (const server of [book, book.restarted()]) {
      expect(await server.refused('FormCircle', other, ada, { key: 'k' })).toMatchObject({
        code: 'IDEMPOTENCY_KEY_REUSED',
      })
    }
    expect(await circleNames(book.later())).toEqual(['Kitchen'])
  })

  it("is not the same command under another person's same key", async () => {
    await book.given('FormCircle', kitchen, ada, { key: 'k' })
    expect((await book.done('FormCircle', kitchen, personNamed('ben'), { key: 'k' })).repeated).toBe(false)
  })

  it('is decided anew where it was refused the first time', async () => {
    const circle = { circleId: await formedCircle(book, ada) }
    await book.refused('ReopenCircle', circle, ada, { key: 'k' })
    await book.later().given('CloseCircle', circle, ada)
    expect((await book.done('ReopenCircle', circle, ada, { key: 'k' })).repeated).toBe(false)
  })
})

describe('a dry run', () => {
  it('says what would be written and writes nothing', async () => {
    const before = await book.records()
    const outcome = await book.when('FormCircle', kitchen, ada, { dryRun: true, key: 'k' })
    expect(outcome).toMatchObject({ kind: 'dry-run', events: [{ definition: { type: 'CircleFormed' } }] })
    expect(await book.records()).toEqual(before)
    expect(await circleNames(book)).toEqual([])
    expect((await book.done('FormCircle', kitchen, ada, { key: 'k' })).repeated).toBe(false)
  })

  it('makes no key for a person it would only name', async () => {
    await book.given('ImportCircles', { importId: 'm', rows: [{ circle: 't', name: 'T', from: '2020' }] })
    const before = (await book.vault.keysOf(book.community)).size
    const row = { memberId: 'x', memberName: 'X', role: 'r', circle: 't', from: '2020', source: 's' }
    await book.when('ImportHoldings', { importId: 'm', rows: [row] }, 'operator', { dryRun: true })
    expect((await book.vault.keysOf(book.community)).size).toBe(before)
  })

  it('is refused as the command would be', async () => {
    const parentId = `circle_${'x'.repeat(22)}`
    const refusal = await book.refused('FormCircle', { ...kitchen, parentId }, ada, { dryRun: true })
    expect(refusal.code).toBe('UNKNOWN_REFERENCE')
  })
})

describe('a command under If-Match', () => {
  let circleId: string
  let formedAt: number
  beforeEach(async () => {
    const [formed] = await book.given('FormCircle', kitchen, ada)
    circleId = (formed?.data as { circleId: string } | undefined)?.circleId ?? ''
    formedAt = formed?.revision ?? -1
  })
  const amend = (name: string, ifMatch: number) =>
    book.when('AmendCircle', { circleId, changes: { name } }, ada, { ifMatch, target: `circle:${circleId}` })

  it('is done where nothing touched its target since, whatever else happened', async () => {
    await book.later().given('FormCircle', { ...kitchen, name: 'Garden' }, ada)
    expect(await amend('Galley', formedAt)).toMatchObject({ kind: 'done' })
  })

  it('is refused where something touched its target since', async () => {
    await amend('Galley', formedAt)
    const refused = { kind: 'refused', refusal: { code: 'PRECONDITION_FAILED', facts: { current: formedAt + 1 } } }
    expect(await amend('Mess', formedAt)).toMatchObject(refused)
    expect(await amend('Mess', formedAt + 1)).toMatchObject({ kind: 'done' })
  })

  it('lets only one of two who saw the same version through', async () => {
    const outcomes = await Promise.all([amend('Galley', formedAt), amend('Mess', formedAt)])
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'refused'])
  })

  it('of no target is compared with the head', async () => {
    const { revision } = (await book.hot()).head
    const stale = await book.when('FormCircle', kitchen, ada, { ifMatch: revision - 1 })
    expect(stale).toMatchObject({ refusal: { code: 'PRECONDITION_FAILED' } })
    expect(await book.when('FormCircle', kitchen, ada, { ifMatch: revision })).toMatchObject({ kind: 'done' })
  })
})

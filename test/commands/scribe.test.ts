import { beforeEach, describe, expect, it } from 'vitest'
import { holdingRow, importedHolding, roster } from '../support/book.ts'
import { type Doing, doing } from '../support/doing.ts'
import { aRole, takes } from '../support/lived-roles.ts'
import { Scenario } from '../support/scenario.ts'
import { ada, ben, cyd } from './refusal-case.ts'

interface Notes {
  readonly notes: readonly { readonly noteId: string; readonly status: string; readonly openUntil: string | null }[]
}

const DAY = 86_400_000
let book: Scenario
let there: Doing
let roleId: string
beforeEach(async () => {
  book = await Scenario.founded(['ada', 'ben', 'cyd'])
  there = doing(book)
  roleId = await aRole(there, ada)
})
const noted = (personId: string, more: object = {}) =>
  there.does(ada, 'NoteHolding', { personId, roleId, from: '2025-01-01', ...more })
const statusOf = async () => (await book.ask<Notes>('notes')).notes.map(({ status }) => status)
const bases = async () => {
  const { holders } = await book.ask<{ holders: readonly { basis: string }[] }>('holders')
  return holders.map(({ basis }) => basis)
}

describe('a holding that a scribe notes', () => {
  it('of somebody else is no line of the roster until they themselves say that it is so', async () => {
    const { noteId } = await noted(ben)
    expect([await roster(book), await statusOf()]).toEqual([[], ['waiting']])
    await there.does(ben, 'WitnessNote', { noteId })
    expect([await roster(book), await bases(), await statusOf()]).toEqual([['ben 2025-01-01'], ['witnessed'], ['open']])
    book.later(7 * DAY)
    expect([await bases(), await statusOf()]).toEqual([['witnessed'], ['standing']])
  })

  it("of oneself counts at once as one's own word, and as witnessed once another says so", async () => {
    const { noteId } = await noted(ada)
    expect(await bases()).toEqual(['self-declared'])
    await there.does(cyd, 'WitnessNote', { noteId })
    expect(await bases()).toEqual(['witnessed'])
  })

  it('of somebody known who never joined is witnessed by any other member', async () => {
    const { personId } = await importedHolding(book)
    const { noteId } = await noted(personId)
    await there.does(cyd, 'WitnessNote', { noteId })
    expect(await roster(book)).toEqual(['Ada Lovelace 2020-01-01', 'Ada Lovelace 2025-01-01'])
  })

  it('no longer counts once somebody says in time that it is not what was agreed, and was so before', async () => {
    const { noteId } = await noted(ben)
    await there.does(ben, 'WitnessNote', { noteId })
    const { head } = await book.hot()
    await there.does(cyd, 'SayNotAgreed', { noteId, text: 'It was me.' })
    expect([await roster(book), await statusOf()]).toEqual([[], ['not-agreed']])
    expect(await roster(book, { atRevision: head.revision })).toEqual(['ben 2025-01-01'])
    const { notes } = await book.ask<{ notes: readonly object[] }>('notes')
    expect(notes).toMatchObject([{ notAgreed: { person: { name: 'cyd' }, text: 'It was me.' } }])
    expect((await book.records()).at(-1)?.text).not.toContain('It was me')
  })

  it('fills no seat, gives no right and binds nobody', async () => {
    await noted(ada)
    const circleId = (await book.events()).find(({ type }) => type === 'CircleFormed')?.data.circleId
    // Whoever holds a role of a circle may change it; a noted holding is none.
    await noted(cyd).then(({ noteId }) => there.does(cyd, 'WitnessNote', { noteId }))
    const refusal = await book.refused('AmendCircle', { circleId, changes: { name: 'Mine' } }, cyd)
    expect(refusal.code).toBe('NOT_YOURS_TO_AMEND')
    expect((await book.refused('StepBack', { roleId }, ada)).code).toBe('NOT_THE_HOLDER')
    await takes(there, roleId, ada, ben) // the only seat is free
    const leaving = await book.given('LeaveCommunity', {}, cyd)
    expect(leaving.map(({ type }) => type)).toEqual(['MemberLeft'])
  })

  it('is disputed and corrected by whom it names, and by nobody else', async () => {
    const { noteId } = await noted(ben)
    await there.does(ben, 'WitnessNote', { noteId })
    const event = (await book.events()).find(({ type }) => type === 'HoldingNoted')
    const { words: _, ...data } = event?.data ?? {}
    const corrected = { eventId: event?.id, replacement: { ...data, from: '2025-02-01' }, reason: 'A month later.' }
    expect((await book.refused('CorrectRecord', corrected)).code).toBe('NOT_YOURS_TO_CORRECT')
    await book.given('CorrectRecord', corrected, ben)
    expect(await roster(book)).toEqual(['ben 2025-02-01'])
    await book.given('DisputeRecord', { eventId: event?.id, text: 'Not at all.' }, ben)
    const { holders } = await book.ask<{ holders: readonly { disputed: boolean }[] }>('holders')
    expect(holders.map(({ disputed }) => disputed)).toEqual([true])
  })
})

describe('a decision that a scribe notes', () => {
  it('waits for a witness, is open for seven days, then stands', async () => {
    const decision = { title: 'We eat at seven.', text: 'From now on.', decidedOn: '2026-02-28' }
    const { noteId } = await there.does(ada, 'NoteDecision', decision)
    expect(await statusOf()).toEqual(['waiting'])
    await there.does(ben, 'WitnessNote', { noteId })
    expect(await statusOf()).toEqual(['open'])
    book.later(7 * DAY)
    expect(await statusOf()).toEqual(['standing'])
  })

  it('is open for as long as the community says', async () => {
    await there.does(ada, 'AmendPolicy', { changes: { noteOpenDays: 2 } })
    const { noteId } = await there.does(ada, 'NoteDecision', { title: 'x', text: 'x', decidedOn: '2026-02-28' })
    await there.does(ben, 'WitnessNote', { noteId })
    const { notes } = await book.ask<Notes>('notes')
    expect(notes[0]?.openUntil).toBe(new Date(book.now + 2 * DAY).toISOString())
  })
})

describe('MergePeople', () => {
  async function twice() {
    await importedHolding(book)
    const events = await book.given('ImportHoldings', {
      importId: 'list',
      rows: [holdingRow({ memberId: 'a.l.', memberName: 'A. L.', role: 'scribe', from: '2021-01-01' })],
    })
    const idOf = async (handle: string) =>
      (await book.ask<{ people: readonly { id: string }[] }>('people', { handle })).people[0]?.id ?? ''
    return { keep: await idOf('ada'), merge: await idOf('a.l.'), events }
  }

  it('tells everything of the one who is kept, and of two as it was known before', async () => {
    const { keep, merge } = await twice()
    const { head } = await book.hot()
    await book.given('MergePeople', { keep, merge })
    expect(await roster(book)).toEqual(['Ada Lovelace 2020-01-01', 'Ada Lovelace 2021-01-01'])
    const before = { atRevision: head.revision }
    expect(await roster(book, before)).toEqual(['A. L. 2021-01-01', 'Ada Lovelace 2020-01-01'])
    expect(await book.ask('person-roles', { person: merge })).toMatchObject({ person: { id: keep }, count: 2 })
    expect(await book.ask('person-roles', { person: merge }, before)).toMatchObject({ person: { id: merge }, count: 1 })
    expect(await book.ask('people', { name: 'Ada Lovelace' })).toMatchObject({ count: 1 })
  })

  it('goes on with a claim: whoever claims the one has the history of both', async () => {
    const { keep, merge } = await twice()
    await book.given('MergePeople', { keep, merge })
    await there.does(ben, 'MakeSignInLink', { personId: keep })
    await there.does(ben, 'ClaimMyHistory', { knownPersonId: keep })
    expect(await book.ask('person-roles', { person: ben })).toMatchObject({ count: 2 })
    const noted = (await book.events()).findLast(({ type }) => type === 'HoldingImported')
    await book.given('DisputeRecord', { eventId: noted?.id, text: 'Not me.' }, ben)
  })

  it('is taken back by a correction, and made again by another', async () => {
    const { keep, merge } = await twice()
    const [event] = await book.given('MergePeople', { keep, merge })
    const correct = (replacement: unknown) =>
      book.given('CorrectRecord', { eventId: event?.id, replacement, reason: 'They are two.' })
    await correct(null)
    expect(await roster(book)).toEqual(['A. L. 2021-01-01', 'Ada Lovelace 2020-01-01'])
    await correct({ keep, merge })
    expect(await roster(book)).toEqual(['Ada Lovelace 2020-01-01', 'Ada Lovelace 2021-01-01'])
    await correct(null)
    await book.given('MergePeople', { keep: merge, merge: keep })
    expect(await roster(book)).toEqual(['A. L. 2020-01-01', 'A. L. 2021-01-01'])
  })

  it('lets a person be erased under every id', async () => {
    const { keep, merge } = await twice()
    await book.given('MergePeople', { keep, merge })
    const events = await book.given('ErasePersonalData', { personId: merge, onRequest: true })
    expect(events.map(({ data }) => (data as { personId: string }).personId).sort()).toEqual([keep, merge].sort())
    expect(await roster(book)).toEqual(['(erased) 2020-01-01', '(erased) 2021-01-01'])
  })

  it('keeps the one whom others are merged with when their import is withdrawn', async () => {
    const { keep, merge } = await twice()
    await book.given('MergePeople', { keep, merge })
    await book.given('WithdrawImport', { importId: 'minutes' })
    expect(await roster(book)).toEqual(['Ada Lovelace 2021-01-01'])
    expect(await book.ask('people', { name: 'Ada Lovelace' })).toMatchObject({ count: 1 })
  })
})

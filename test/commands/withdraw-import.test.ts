import { beforeEach, describe, expect, it } from 'vitest'
import { circleNames, circleRow, holdingRow, importedHolding, roster } from '../support/book.ts'
import { fieldOf, Scenario } from '../support/scenario.ts'

let book: Scenario
beforeEach(async () => {
  book = await Scenario.founded()
})
const withdraw = (importId: string) => book.given('WithdrawImport', { importId })

describe('WithdrawImport', () => {
  it('takes back what an import brought: holdings, circles, roles and persons', async () => {
    await importedHolding(book)
    expect(await withdraw('minutes')).toMatchObject([{ type: 'ImportWithdrawn', data: { holdings: 1 } }])
    expect(await roster(book)).toEqual([])
    expect(await circleNames(book)).toEqual([])
    expect(await book.ask('roles')).toMatchObject({ count: 0 })
    expect(await book.ask('people')).toMatchObject({ count: 0 })
    expect(await book.ask('import', { importId: 'minutes' })).toMatchObject({ state: 'withdrawn' })
  })

  it('lets the record say before it what it said then', async () => {
    await importedHolding(book)
    const { head } = await book.hot()
    await withdraw('minutes')
    expect(await roster(book, { atRevision: head.revision })).toEqual(['Ada Lovelace 2020-01-01'])
    expect(await circleNames(book, { atRevision: head.revision })).toEqual(['The table'])
  })

  it('restores the end that counted before a later import changed it', async () => {
    await importedHolding(book, { to: '2022-01-01' })
    await book.given('ImportHoldings', { importId: 'copy', rows: [holdingRow({ to: '2024-01-01' })] })
    const asOf = '2021-01-01'
    expect(await roster(book, { asOf })).toEqual(['Ada Lovelace 2020-01-01 2024-01-01'])
    await withdraw('copy')
    expect(await roster(book, { asOf })).toEqual(['Ada Lovelace 2020-01-01 2022-01-01'])
    expect(await circleNames(book)).toEqual(['The table'])
  })

  it('keeps the circle, role and person that another import still names', async () => {
    await importedHolding(book)
    await book.given('ImportHoldings', { importId: 'copy', rows: [holdingRow({ from: '2025-01-01' })] })
    await withdraw('minutes')
    expect(await roster(book)).toEqual(['Ada Lovelace 2025-01-01'])
    expect(await circleNames(book)).toEqual(['The table'])
    expect(await book.ask('people')).toMatchObject({ count: 1 })
  })

  it('keeps a person who joined', async () => {
    const { personId } = await importedHolding(book)
    await book.given('JoinCommunity', { displayName: 'Ada L.' }, personId)
    await withdraw('minutes')
    expect(await book.ask('person', { person: personId })).toMatchObject({ member: true, person: { name: 'Ada L.' } })
  })

  it('keeps the circle a role was defined in here', async () => {
    const member = 'person_ben0000000000000000000'
    await book.given('JoinCommunity', { displayName: 'Ben' }, member)
    const { circleId } = await importedHolding(book)
    await book.given('DefineRole', { circleId, name: 'cook', purpose: 'To cook.' }, member)
    await withdraw('minutes')
    expect(await circleNames(book)).toEqual(['The table'])
  })

  it('lets the same rows come again under another import', async () => {
    const first = await importedHolding(book)
    await withdraw('minutes')
    const again = await importedHolding(book, {}, 'again')
    expect(again.holdingId).not.toBe(first.holdingId)
    expect(await roster(book)).toEqual(['Ada Lovelace 2020-01-01'])
  })

  it('brings a circle back with its own key', async () => {
    await book.given('ImportCircles', { importId: 'minutes', rows: [circleRow('table')] })
    await withdraw('minutes')
    const events = await book.given('ImportCircles', { importId: 'again', rows: [circleRow('table')] })
    const circle = await book.ask<{ circle: { id: string } }>('circle', { circle: 'table' })
    expect(circle.circle.id).toBe(fieldOf(events, 'CircleImported', 'circleId'))
  })

  it('is not undone by a correction that says the opposite of an earlier one', async () => {
    const { event } = await importedHolding(book)
    // Another import still names the person, the role and the circle.
    await book.given('ImportHoldings', { importId: 'copy', rows: [holdingRow({ from: '2019', to: '2020-01-01' })] })
    await book.given('CorrectRecord', { eventId: event.id, replacement: null, reason: 'It never was.' })
    await withdraw('minutes')
    await book.when('CorrectRecord', { eventId: event.id, replacement: event.data, reason: 'It was.' })
    expect(await roster(book)).toEqual([])
  })

  it('is not undone by attesting a correction that was waiting', async () => {
    const { event, personId } = await importedHolding(book)
    await book.given('JoinCommunity', { displayName: 'Ada L.' }, personId)
    const replacement = { ...event.data, from: '2021-01-01' }
    const [proposal] = await book.given('CorrectRecord', { eventId: event.id, replacement, reason: 'Later.' })
    await withdraw('minutes')
    await book.when('AttestRecord', { eventId: proposal?.id }, personId)
    expect(await roster(book)).toEqual([])
  })

  it('leaves a person who can still ask for their key to be destroyed: the record still holds their name', async () => {
    const { personId } = await importedHolding(book)
    await withdraw('minutes')
    const outcome = await book.when('ErasePersonalData', { personId, onRequest: true })
    expect(outcome).toMatchObject({ kind: 'done', events: [{ type: 'PersonalDataErased' }] })
  })
})

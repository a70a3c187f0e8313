import { beforeEach, describe, expect, it } from 'vitest'
import { type Held, importedHolding, roster } from '../support/book.ts'
import { fieldOf, Scenario, typesOf } from '../support/scenario.ts'
import { ada, ben } from './refusal-case.ts'

let book: Scenario
beforeEach(async () => {
  book = await Scenario.founded(['ada', 'ben'])
})
const asOf = '2021-06-01'
const held = async () => (await book.ask<{ holders: readonly Held[] }>('holders', {}, { asOf })).holders[0]
const correct = (eventId: string | undefined, replacement: unknown, by = 'operator') =>
  book.done('CorrectRecord', { eventId, replacement, reason: 'The minutes say so.' }, by)

describe('CorrectRecord', () => {
  it('gives an event other data from now on, and keeps what the record said before', async () => {
    const { event } = await importedHolding(book)
    const { head } = await book.hot()
    const { events } = await correct(event.id, { ...event.data, from: '2020-05-01', to: '2022-01-01' })
    expect(events).toMatchObject([
      { type: 'RecordCorrected', data: { targetEventId: event.id, targetType: 'HoldingImported' } },
    ])
    expect(await roster(book, { asOf })).toEqual(['Ada Lovelace 2020-05-01 2022-01-01'])
    expect(await roster(book, { asOf, atRevision: head.revision })).toEqual(['Ada Lovelace 2020-01-01'])
    expect((await held())?.evidence).toEqual([event.id, events[0]?.id])
  })

  it('takes out what never happened, and the last correction wins', async () => {
    const { event } = await importedHolding(book)
    await correct(event.id, null)
    expect(await roster(book, { asOf })).toEqual([])
    await correct(event.id, event.data)
    expect(await roster(book, { asOf })).toEqual(['Ada Lovelace 2020-01-01'])
  })

  it('gives a person another name from now on, sealed', async () => {
    const { personEvent, personId } = await importedHolding(book)
    const { personKey, importId } = personEvent.data
    await correct(personEvent.id, { importId, personId, personKey, name: 'Ada King', sourceId: 'ada' })
    expect(await roster(book)).toEqual(['Ada King 2020-01-01'])
    expect((await book.records()).at(-1)?.text).not.toContain('King')
  })

  it('waits for the word of a member whose interval changes, and takes effect with it', async () => {
    const { event, personId } = await importedHolding(book)
    await book.given('JoinCommunity', { displayName: 'Ada L.' }, personId)
    const replacement = { ...event.data, from: '2021-01-01' }
    const { events } = await correct(event.id, replacement)
    expect(events).toMatchObject([{ type: 'CorrectionProposed', data: { needs: [personId] } }])
    expect(await roster(book, { asOf })).toEqual(['Ada L. 2020-01-01'])
    const attested = await book.given('AttestRecord', { eventId: events[0]?.id }, personId)
    expect(typesOf(attested)).toEqual(['RecordAttested', 'RecordCorrected'])
    expect(await roster(book, { asOf })).toEqual(['Ada L. 2021-01-01'])
  })

  it('waits for every member whose interval changes', async () => {
    const { event, personId } = await importedHolding(book)
    await book.given('JoinCommunity', { displayName: 'Ada L.' }, personId)
    const { events } = await correct(event.id, { ...event.data, personId: ben })
    const eventId = events[0]?.id
    expect(typesOf(await book.given('AttestRecord', { eventId }, ben))).toEqual(['RecordAttested'])
    expect(await roster(book, { asOf })).toEqual(['Ada L. 2020-01-01'])
    await book.given('AttestRecord', { eventId }, personId)
    expect(await roster(book, { asOf })).toEqual(['ben 2020-01-01'])
  })

  it('lets a member correct their own interval by their own word', async () => {
    const { event, personId } = await importedHolding(book)
    await book.given('JoinCommunity', { displayName: 'Ada L.' }, personId)
    const { events } = await correct(event.id, { ...event.data, to: '2022-01-01' }, personId)
    expect(typesOf(events)).toEqual(['RecordCorrected'])
  })

  it.each([
    ['HoldingImported', 'holdingId', 'holding_'],
    ['PersonImported', 'personId', 'person_'],
    ['CircleImported', 'circleId', 'circle_'],
  ])('of a %s leaves its %s as it is', async (type, field, kind) => {
    const { personEvent } = await importedHolding(book)
    const event = (await book.events()).find((each) => each.type === type)
    const text = type === personEvent.type ? { name: 'Ada', sourceId: 'ada' } : {}
    const other = kind === 'person_' ? ada : kind === 'circle_' ? await otherCircle() : `${kind}${'x'.repeat(22)}`
    const replacement = { ...event?.data, ...text, [field]: other }
    const refusal = await book.refused('CorrectRecord', { eventId: event?.id, replacement, reason: 'x' })
    expect(refusal).toMatchObject({ code: 'CORRECTION_BREAKS_INVARIANT', pointer: `/replacement/${field}` })
  })

  it('keeps its ids even where an earlier correction said that it never happened', async () => {
    const { event } = await importedHolding(book)
    await correct(event.id, null)
    const replacement = { ...event.data, holdingId: `holding_${'x'.repeat(22)}` }
    const refusal = await book.refused('CorrectRecord', { eventId: event.id, replacement, reason: 'x' })
    expect(refusal.code).toBe('CORRECTION_BREAKS_INVARIANT')
  })

  it('refuses a circle inside one that there is not', async () => {
    await importedHolding(book)
    const event = (await book.events()).find((each) => each.type === 'CircleImported')
    const replacement = { ...event?.data, parentId: `circle_${'x'.repeat(22)}` }
    const refusal = await book.refused('CorrectRecord', { eventId: event?.id, replacement, reason: 'x' })
    expect(refusal).toMatchObject({ code: 'UNKNOWN_REFERENCE', pointer: '/replacement/parentId' })
  })

  it('refuses a secret in new data as it does anywhere', async () => {
    const { event } = await importedHolding(book)
    const replacement = { ...event.data, source: 'password: hunter22' }
    const refusal = await book.refused('CorrectRecord', { eventId: event.id, replacement, reason: 'x' })
    expect(refusal.code).toBe('LOOKS_LIKE_A_SECRET')
  })

  async function otherCircle(): Promise<string> {
    const events = await book.given('FormCircle', { name: 'Other', purpose: 'x' }, ada)
    return fieldOf(events, 'CircleFormed', 'circleId')
  }
})

describe('AttestRecord', () => {
  it('raises the basis of an imported holding to witnessed, from then on', async () => {
    const { event, personId } = await importedHolding(book)
    expect(await held()).toMatchObject({ basis: 'imported' })
    const events = await book.given('AttestRecord', { eventId: event.id }, personId)
    expect(events).toMatchObject([{ type: 'RecordAttested', data: { eventId: event.id, personId } }])
    expect(await held()).toMatchObject({ basis: 'witnessed' })
  })
})

describe('DisputeRecord and AnnotateRecord', () => {
  it('mark every answer that rests on the disputed event, and change nothing else', async () => {
    const { event, personId } = await importedHolding(book)
    const before = await held()
    const events = await book.given('DisputeRecord', { eventId: event.id, text: 'I left in 2020.' }, personId)
    expect(typesOf(events)).toEqual(['RecordDisputed'])
    expect(await held()).toEqual({ ...before, disputed: true })
    expect((await book.records()).at(-1)?.text).not.toContain('left in 2020')
  })

  it('add words of somebody who holds a role in the circle concerned', async () => {
    const { personId } = await importedHolding(book)
    const circleEvent = (await book.events()).find((each) => each.type === 'CircleImported')
    const before = await held()
    const events = await book.given('AnnotateRecord', { eventId: circleEvent?.id, text: 'It was fun.' }, personId)
    expect(typesOf(events)).toEqual(['RecordAnnotated'])
    expect(await held()).toEqual(before)
    const { event } = await book.ask<{ event: { remarks: readonly object[] } }>('event', { event: circleEvent?.id })
    expect(event.remarks).toMatchObject([{ type: 'RecordAnnotated', data: { text: 'It was fun.' } }])
  })
})

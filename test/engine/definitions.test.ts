import { describe, expect, it } from 'vitest'
import { UnknownEvent } from '../../src/engine/errors.ts'
import { upcast } from '../../src/engine/upcasting.ts'
import type { AnyEvent } from '../../src/kernel/define-event.ts'
import { fieldOf, personNamed, Scenario } from '../support/scenario.ts'
import { BreadBaked2, firstBakery, secondBakery, whispering, withEvent, withTrial } from './trial-definitions.ts'

const ada = personNamed('ada')
const bakery = () => Scenario.founded(['ada'], { registry: (builtIn) => withTrial(builtIn, firstBakery) })

describe('the effective time of a backdatable command', () => {
  it.each([
    ['2026-02-28', 'yesterday'],
    ['2026-01-30T09:00:00Z', 'exactly 30 days ago'],
    ['2026-03-01T09:00:00Z', 'now'],
    ['2026-03', 'the month it is'],
  ])('may be %s: %s', async (effectiveAt) => {
    const book = await bakery()
    const [baked] = await book.given('BakeBread', { loaves: 2 }, ada, { effectiveAt })
    expect(baked).toMatchObject({ effectiveAt, recordedAt: '2026-03-01T09:00:00.000Z' })
  })

  it.each([
    ['2026-01-30T08:59:59.999Z', 'BACKDATE_LIMIT'],
    ['2026-01-30', 'BACKDATE_LIMIT'],
    ['2026', 'BACKDATE_LIMIT'],
    ['2026-03-01T09:00:00.001Z', 'FUTURE_FACT'],
    ['2026-03-02', 'FUTURE_FACT'],
    ['2026-04', 'FUTURE_FACT'],
  ])('may not be %s: %s', async (effectiveAt, code) => {
    const book = await bakery()
    const refusal = await book.refused('BakeBread', { loaves: 2 }, ada, { effectiveAt })
    expect(refusal).toMatchObject({ code, pointer: '/effectiveAt' })
  })

  it('is the moment of recording unless given', async () => {
    const [baked] = await (await bakery()).given('BakeBread', { loaves: 2 }, ada)
    expect(baked?.effectiveAt).toBe(baked?.recordedAt)
  })

  it('is not taken by a command that is not backdatable', async () => {
    const book = await bakery()
    const how = { effectiveAt: '2026-02-28' }
    await book.when('FormCircle', { name: 'Kitchen', purpose: 'x' }, ada, how).catch(() => undefined)
    const late = (await book.events()).filter(({ effectiveAt }) => effectiveAt === how.effectiveAt)
    expect(late).toEqual([])
  })
})

describe('an event of an older version', () => {
  it('is read in its newest shape, and stays as it is in the book', async () => {
    const book = await bakery()
    await book.given('BakeBread', { loaves: 3 }, ada)
    expect(await book.ask('baked')).toEqual({ said: [{ loaves: 3 }] })
    const newer = book.restarted({ registry: withTrial((await Scenario.open()).registry, secondBakery) })
    expect(await newer.ask('baked')).toEqual({ said: [{ pieces: 3, kind: 'loaf' }] })
    expect((await newer.events()).at(-1)).toMatchObject({ schemaVersion: 1, data: { loaves: 3 } })
  })

  it('is read by every step from its version on', () => {
    const third: AnyEvent = {
      ...BreadBaked2,
      version: 3,
      upcasters: { ...BreadBaked2.upcasters, 2: (data: Record<string, unknown>) => ({ ...data, sold: false }) },
    } as unknown as AnyEvent
    const event = { type: 'BreadBaked', schemaVersion: 1, data: { loaves: 1 }, revision: 0 } as never
    const read = upcast(event, new Map([['BreadBaked', third]]))
    expect(read.data).toEqual({ pieces: 1, kind: 'loaf', sold: false })
  })

  it('is refused where a step is missing', () => {
    const gap = { ...BreadBaked2, upcasters: {} } as unknown as AnyEvent
    const event = { type: 'BreadBaked', schemaVersion: 1, data: { loaves: 1 }, revision: 7 } as never
    expect(() => upcast(event, new Map([['BreadBaked', gap]]))).toThrow(UnknownEvent)
  })

  it('carried by a correction is read in its newest shape too', async () => {
    const book = await Scenario.founded()
    const circle = { circle: 't', name: 'T', from: '2020' }
    const [imported] = await book.given('ImportCircles', { importId: 'm', rows: [circle] })
    const replacement = { ...(imported?.data as object), name: 'Table' }
    await book.given('CorrectRecord', { eventId: imported?.id, replacement, reason: 'x' })
    const { registry } = book
    const CircleImported = registry.events.get('CircleImported')
    // In the next version every name of a circle is written in capitals.
    const next = {
      ...CircleImported,
      version: 2,
      upcasters: { 1: (data: Record<string, unknown>) => ({ ...data, name: String(data.name).toUpperCase() }) },
    } as AnyEvent
    const newer = book.restarted({ registry: withEvent(registry, 'CircleImported', next) })
    expect(await newer.ask('circles')).toMatchObject({ circles: [{ name: 'TABLE' }] })
  })
})

describe('a book of a newer program', () => {
  it('is not served by one that does not know an event of it', async () => {
    const book = await bakery()
    await book.given('BakeBread', { loaves: 3 }, ada)
    const older = book.restarted({ registry: withEvent(book.registry, 'BreadBaked') })
    await expect(older.ask('circles')).rejects.toThrow(UnknownEvent)
  })
})

describe('a private event', () => {
  it('is written to the private book and leaves the open one as it was', async () => {
    const book = await Scenario.founded(['ada'], { registry: (builtIn) => withTrial(builtIn, whispering('private')) })
    const open = await book.records()
    const done = await book.done('Whisper', { about: ada }, ada)
    expect(await book.records()).toEqual(open)
    expect(await book.records('private')).toHaveLength(1)
    expect(done.receipt).toMatchObject({ book: 'private', matter: ada, matterRevision: 0 })
    expect(done.receipt).not.toHaveProperty('revision')
  })

  it('is not there for a command that writes the open book', async () => {
    const book = await Scenario.founded(['ada'], { registry: (builtIn) => withTrial(builtIn, whispering('private')) })
    const [whispered] = await book.given('Whisper', { about: ada }, ada)
    const refusal = await book.when('DisputeRecord', { eventId: whispered?.id, text: 'No.' }, ada)
    expect(refusal).toMatchObject({ kind: 'refused', refusal: { code: 'NOT_FOUND' } })
  })

  it('is known again after a restart', async () => {
    const book = await Scenario.founded(['ada'], { registry: (builtIn) => withTrial(builtIn, whispering('private')) })
    const events = await book.given('Whisper', { about: ada }, ada, { key: 'k' })
    const again = await book.restarted().done('Whisper', { about: ada }, ada, { key: 'k' })
    expect(again).toMatchObject({
      repeated: true,
      events: [{ data: { about: fieldOf(events, 'Whispered', 'about') } }],
    })
  })
})

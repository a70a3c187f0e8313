import { beforeEach, describe, expect, it } from 'vitest'
import { circleNames, circleRow, formedCircle, importedHolding } from '../support/book.ts'
import { fieldOf, Scenario, typesOf } from '../support/scenario.ts'
import { ada, ben } from './refusal-case.ts'

let book: Scenario
beforeEach(async () => {
  book = await Scenario.founded(['ada', 'ben'])
})

describe('FoundCommunity and JoinCommunity', () => {
  it('found a community with the defaults of the preset', async () => {
    const fresh = await Scenario.open()
    const [founded] = await fresh.given('FoundCommunity', { community: 'hearth', name: 'The hearth' })
    expect(founded).toMatchObject({
      type: 'CommunityFounded',
      revision: 0,
      previous: null,
      actor: 'operator',
      data: { name: 'The hearth', scale: 'congregation', preset: 'hospitality', publicRoster: false },
    })
  })

  it('let a person join by their own act, with their name sealed in the record', async () => {
    const cyd = 'person_cyd0000000000000000000'
    const [joined] = await book.given('JoinCommunity', { displayName: 'Cydney' }, cyd)
    expect(joined).toMatchObject({ type: 'MemberJoined', actor: cyd, data: { personId: cyd } })
    expect((await book.records()).at(-1)?.text).not.toContain('Cydney')
    expect(await book.ask('person', { person: cyd })).toMatchObject({ member: true, person: { name: 'Cydney' } })
  })

  it('let a person known from an import join and keep their history', async () => {
    const { personId } = await importedHolding(book)
    await book.given('JoinCommunity', { displayName: 'Ada L.' }, personId)
    expect(await book.ask('person-history', { person: personId })).toMatchObject({
      person: { name: 'Ada L.', handle: 'ada' },
      count: 1,
    })
  })
})

describe('FormCircle and AmendCircle', () => {
  it('form a circle inside another', async () => {
    const outer = await formedCircle(book, ada, { name: 'House' })
    const events = await book.given('FormCircle', { name: 'Kitchen', purpose: 'To cook.', parentId: outer }, ben)
    expect(events).toMatchObject([
      { type: 'CircleFormed', data: { name: 'Kitchen', kind: 'circle', parentId: outer, purpose: 'To cook.' } },
    ])
    expect(await circleNames(book.later())).toEqual(['House', '> Kitchen'])
  })

  it('change the wording from now on and keep the one before', async () => {
    const circleId = await formedCircle(book, ada, { name: 'Kitchen' })
    const before = new Date(book.now).toISOString()
    const events = await book.later(60_000).given('AmendCircle', { circleId, changes: { name: 'Galley' } }, ada)
    expect(events).toMatchObject([{ type: 'CircleAmended', data: { circleId, changes: { name: 'Galley' } } }])
    expect(await circleNames(book)).toEqual(['Galley'])
    expect(await circleNames(book, { asOf: before })).toEqual(['Kitchen'])
  })

  it('take a circle out of its parent', async () => {
    const outer = await formedCircle(book, ada, { name: 'House' })
    const inner = await formedCircle(book, ada, { name: 'Kitchen', parentId: outer })
    await book.later().given('AmendCircle', { circleId: inner, changes: { parentId: null } }, ada)
    expect(await circleNames(book)).toEqual(['House', 'Kitchen'])
  })

  it('are open to whoever holds a role in the circle', async () => {
    const { circleId, personId } = await importedHolding(book)
    await book.given('JoinCommunity', { displayName: 'Ada L.' }, personId)
    const events = await book.given('AmendCircle', { circleId, changes: { purpose: 'To eat.' } }, personId)
    expect(typesOf(events)).toEqual(['CircleAmended'])
  })
})

describe('CloseCircle and ReopenCircle', () => {
  it('end a spell and begin another, with both in its history', async () => {
    const circleId = await formedCircle(book, ada)
    await book.later(60_000).given('CloseCircle', { circleId }, ada)
    expect(await circleNames(book)).toEqual([])
    await book.later(60_000).given('ReopenCircle', { circleId }, ada)
    expect(await circleNames(book)).toEqual(['Kitchen'])
    const { spells } = await book.ask<{ spells: readonly { to: string | null }[] }>('circle', { circle: circleId })
    expect(spells.map(({ to }) => to === null)).toEqual([false, true])
  })

  it('close an imported circle whose roles were let go of', async () => {
    const { circleId } = await importedHolding(book, { to: '2025-01-01' })
    expect(typesOf(await book.given('CloseCircle', { circleId }))).toEqual(['CircleClosed'])
    expect(await circleNames(book.later())).toEqual([])
  })

  it('close an imported circle that was to end some day later', async () => {
    const rows = [circleRow('table', { to: '2030-01-01' })]
    const events = await book.given('ImportCircles', { importId: 'm', rows })
    await book.given('CloseCircle', { circleId: fieldOf(events, 'CircleImported', 'circleId') })
    expect(await circleNames(book.later())).toEqual([])
  })

  it('close a circle in the very moment it was formed', async () => {
    const circleId = await formedCircle(book, ada)
    await book.given('CloseCircle', { circleId }, ada)
    expect(await book.refused('CloseCircle', { circleId }, ada)).toMatchObject({ code: 'CIRCLE_CLOSED' })
  })

  it('change the wording of an imported circle that is to end some day later', async () => {
    const rows = [circleRow('table', { to: '2030-01-01' })]
    const events = await book.given('ImportCircles', { importId: 'm', rows })
    const circleId = fieldOf(events, 'CircleImported', 'circleId')
    await book.given('AmendCircle', { circleId, changes: { name: 'The bench' } })
    expect(await circleNames(book.later())).toEqual(['The bench'])
    expect(await circleNames(book, { asOf: '2030-01-01' })).toEqual([])
  })
})

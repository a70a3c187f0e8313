import { beforeEach, describe, expect, it } from 'vitest'
import { circleNames, circleRow, holdingRow, importedHolding, roster } from '../support/book.ts'
import { fieldOf, Scenario, typesOf } from '../support/scenario.ts'

let book: Scenario
beforeEach(async () => {
  book = await Scenario.founded()
})
const importHoldings = (rows: readonly unknown[], importId = 'minutes') =>
  book.given('ImportHoldings', { importId, rows })

describe('ImportCircles', () => {
  it('takes circles over, a parent before those inside it', async () => {
    const rows = [circleRow('house'), circleRow('table', { parent: 'house', kind: 'crew' })]
    const events = await book.given('ImportCircles', { importId: 'minutes', rows })
    expect(typesOf(events)).toEqual(['CircleImported', 'CircleImported'])
    expect(events[1]).toMatchObject({ data: { kind: 'crew', parentId: fieldOf(events, 'CircleImported', 'circleId') } })
    expect(await circleNames(book)).toEqual(['The house', '> The table'])
  })

  it('adds nothing for rows that are there already, in another import too', async () => {
    const rows = [circleRow('house'), circleRow('table', { parent: 'house' })]
    await book.given('ImportCircles', { importId: 'minutes', rows })
    expect(await book.given('ImportCircles', { importId: 'minutes', rows })).toEqual([])
    expect(await book.given('ImportCircles', { importId: 'copy', rows })).toEqual([])
  })

  it('keeps two spells of one circle apart under one id', async () => {
    const rows = [circleRow('table', { to: '2021-01-01' }), circleRow('table', { from: '2023-01-01' })]
    const events = await book.given('ImportCircles', { importId: 'minutes', rows })
    expect(new Set(events.map(({ data }) => (data as { circleId: string }).circleId)).size).toBe(1)
    expect(await circleNames(book, { asOf: '2022-01-01' })).toEqual([])
    expect(await circleNames(book, { asOf: '2023-01-01' })).toEqual(['The table'])
  })

  it('changes the end of a spell that a newer row states otherwise', async () => {
    await book.given('ImportCircles', { importId: 'minutes', rows: [circleRow('table')] })
    await book.given('ImportCircles', { importId: 'minutes', rows: [circleRow('table', { to: '2024-01-01' })] })
    expect(await circleNames(book)).toEqual([])
    expect(await circleNames(book, { asOf: '2023-12-31' })).toEqual(['The table'])
  })

  it('loses no circle from the tree where rows put two inside each other', async () => {
    await book.given('ImportCircles', { importId: 'm', rows: [circleRow('a'), circleRow('b', { parent: 'a' })] })
    const outcome = await book.when('ImportCircles', { importId: 'm', rows: [circleRow('a', { parent: 'b' })] })
    expect((await circleNames(book)).map((name) => name.replace('> ', '')).sort()).toEqual(['The a', 'The b'])
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'ROW_INVALID' } })
  })

  it('refuses a row that puts a circle inside itself', async () => {
    await book.given('ImportCircles', { importId: 'm', rows: [circleRow('a')] })
    const rows = [circleRow('a', { parent: 'a' })]
    expect(await book.refused('ImportCircles', { importId: 'm', rows })).toMatchObject({ code: 'ROW_INVALID' })
  })
})

describe('ImportHoldings', () => {
  beforeEach(async () => {
    await book.given('ImportCircles', { importId: 'minutes', rows: [circleRow('table'), circleRow('garden')] })
  })

  it('brings a person and a role once, with the first row that names them', async () => {
    const rows = [holdingRow(), holdingRow({ from: '2023' }), holdingRow({ circle: 'garden' })]
    const events = await importHoldings(rows)
    expect(typesOf(events)).toEqual([
      'PersonImported',
      'RoleImported',
      'HoldingImported',
      'HoldingImported',
      'RoleImported',
      'HoldingImported',
    ])
  })

  it('keeps names and handles sealed in the record', async () => {
    await importHoldings([holdingRow()])
    const texts = (await book.records()).map(({ text }) => text).join('\n')
    expect(texts).not.toContain('Lovelace')
    expect(texts).not.toContain('"ada"')
    expect(await book.ask('person', { person: 'ada' })).toMatchObject({ person: { name: 'Ada Lovelace' } })
  })

  it('adds nothing for rows that are there already', async () => {
    const rows = [holdingRow(), holdingRow({ memberId: 'ben', memberName: 'Ben' })]
    await importHoldings(rows)
    const before = await book.records()
    expect(await importHoldings(rows)).toEqual([])
    expect(await importHoldings(rows, 'copy')).toEqual([])
    expect(await book.records()).toEqual(before)
  })

  it('counts equal rows of one batch, so that both stay and a repeat adds nothing', async () => {
    const rows = [holdingRow({ to: '2021-01-01' }), holdingRow({ to: '2022-01-01' })]
    expect(typesOf(await importHoldings(rows)).filter((type) => type === 'HoldingImported')).toHaveLength(2)
    expect(await importHoldings(rows)).toEqual([])
  })

  it('takes one row given twice with the same ordinal for one holding', async () => {
    await importHoldings([holdingRow({ ordinal: 0 }), holdingRow({ ordinal: 0 })])
    expect(await roster(book)).toEqual(['Ada Lovelace 2020-01-01'])
  })

  it('states the same holding again where the end is another', async () => {
    const first = await importHoldings([holdingRow()])
    const again = await importHoldings([holdingRow({ to: '2024-01-01' })], 'copy')
    expect(typesOf(again)).toEqual(['HoldingReimported'])
    expect(fieldOf(again, 'HoldingReimported', 'holdingId')).toBe(fieldOf(first, 'HoldingImported', 'holdingId'))
    expect(await roster(book)).toEqual([])
    expect(await roster(book, { asOf: '2023-12-31' })).toEqual(['Ada Lovelace 2020-01-01 2024-01-01'])
  })

  it('keeps what was corrected here and notes the row as a contradiction, once', async () => {
    const events = await importHoldings([holdingRow()])
    const holding = events.find(({ type }) => type === 'HoldingImported')
    const replacement = { ...(holding?.data as object), to: '2022-01-01' }
    await book.given('CorrectRecord', { eventId: holding?.id, replacement, reason: 'She left earlier.' })
    const rows = [holdingRow({ to: '2024-01-01' })]
    expect(await importHoldings(rows)).toMatchObject([{ type: 'ImportContradicted', data: { to: '2024-01-01' } }])
    expect(await importHoldings(rows)).toEqual([])
    expect(await roster(book, { asOf: '2021-06-01' })).toEqual(['Ada Lovelace 2020-01-01 2022-01-01'])
    expect(await book.ask('import', { importId: 'minutes' })).toMatchObject({
      contradictions: [{ to: '2024-01-01', person: { name: 'Ada Lovelace' } }],
    })
  })

  it('finds no contradiction in a row that agrees with what was corrected here', async () => {
    const events = await importHoldings([holdingRow()])
    const holding = events.find(({ type }) => type === 'HoldingImported')
    const replacement = { ...(holding?.data as object), to: '2022-01-01' }
    await book.given('CorrectRecord', { eventId: holding?.id, replacement, reason: 'She left earlier.' })
    expect(await importHoldings([holdingRow({ to: '2022-01-01' })])).toEqual([])
  })

  it('mints the same ids when the same command is decided again', async () => {
    const input = { importId: 'minutes', rows: [holdingRow()] }
    const trial = await book.when('ImportHoldings', input, 'operator', { key: 'batch-1', dryRun: true })
    const events = await book.given('ImportHoldings', input, 'operator', { key: 'batch-1' })
    const minted = trial.kind === 'dry-run' ? trial.events : []
    const ids = (data: Record<string, unknown>) => [data.personId, data.roleId, data.holdingId]
    expect(minted.map(({ data }) => ids(data))).toEqual(events.map(({ data }) => ids(data as Record<string, unknown>)))
  })

  it('names every wrong row of a batch and keeps none of it', async () => {
    const rows = [holdingRow(), holdingRow({ circle: 'attic' }), holdingRow({ to: '2019' })]
    const refusal = await book.refused('ImportHoldings', { importId: 'minutes', rows })
    expect(refusal).toMatchObject({ code: 'ROW_INVALID', pointer: '/rows/1/circle', facts: { count: 2 } })
    expect(refusal.facts.findings).toMatchObject([
      { row: 1, field: 'circle' },
      { row: 2, field: 'to' },
    ])
  })
})

describe('a holding known by its month only (case C)', () => {
  it('is possible on a day of that month', async () => {
    await importedHolding(book, { from: '2025-03', to: '2025-04-01' })
    const { holders } = await book.ask<{ holders: readonly object[] }>('holders', {}, { asOf: '2025-03-10' })
    expect(holders).toMatchObject([{ certainty: 'possible', from: '2025-03' }])
  })
})

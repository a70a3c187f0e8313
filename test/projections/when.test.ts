import { beforeAll, describe, expect, it } from 'vitest'
import { circleRow, holdingRow } from '../support/book.ts'
import { Scenario } from '../support/scenario.ts'

interface Answer {
  readonly person?: { readonly name: string | null }
  readonly spells?: readonly { readonly from: string; readonly to: string | null; readonly state: string }[]
  readonly code?: string
  readonly message?: string
  readonly facts?: { readonly candidates?: readonly { readonly name: string | null; readonly handle: string | null }[] }
}

const row = (memberId: string, memberName: string, more: object = {}) =>
  holdingRow({ memberId, memberName, role: 'Treasurer', from: '2023-01-01', to: '2024-01-01', ...more })

describe('when a person held a role', () => {
  let book: Scenario
  const when = (person: string, role?: string, point = {}) => book.ask<Answer>('when', { person, role }, point)
  beforeAll(async () => {
    book = await Scenario.founded()
    await book.given('ImportCircles', { importId: 'minutes', rows: [circleRow('table')] })
    const rows = [
      row('samk', 'Sam Kim'),
      row('maya', 'Maya Sol'),
      row('maya2', 'Maya Lund', { from: '2025-01-01', to: null }),
    ]
    await book.given('ImportHoldings', { importId: 'minutes', rows })
    await book.later(86_400_000).given('ImportHoldings', {
      importId: 'later',
      rows: [row('samk', 'Sam Kim', { from: '2021-05-01', to: '2022-01-01' })],
    })
  })

  it('is told spell by spell, of somebody named by a part of their name and a role in whatever case', async () => {
    const { person, spells } = await when('sam', 'treasurer')
    expect(person?.name).toBe('Sam Kim')
    expect(spells?.map(({ from, to, state }) => [from, to, state])).toEqual([
      ['2021-05-01', '2022-01-01', 'ended'],
      ['2023-01-01', '2024-01-01', 'ended'],
    ])
    expect(await when('samk', 'Treasurer')).toMatchObject({ count: 2 })
  })

  it('is told as it was known by a day', async () => {
    expect(await when('Sam Kim', 'treasurer', { asKnownAt: '2026-03-01' })).toMatchObject({ count: 1 })
    expect(await when('sam', 'treasurer', { asKnownAt: '2025-01-01' })).toMatchObject({
      count: 0,
      person: { name: null },
    })
  })

  it('lists who could be meant where several go by a name', async () => {
    // A handle is one person's only.
    expect(await when('maya', 'treasurer')).toMatchObject({ person: { name: 'Maya Sol' } })
    const several = await when('Maya', 'treasurer')
    expect(several).toMatchObject({ code: 'UNKNOWN_REFERENCE', message: expect.stringContaining('2 people') })
    expect(several.facts?.candidates?.map(({ name, handle }) => `${name} (${handle})`).sort()).toEqual([
      'Maya Lund (maya2)',
      'Maya Sol (maya)',
    ])
  })

  it('is refused for a role or person that nobody knows', async () => {
    expect(await when('sam', 'captain')).toMatchObject({ code: 'UNKNOWN_REFERENCE', pointer: '/role' })
    expect(await when('nobody', 'treasurer')).toMatchObject({ code: 'UNKNOWN_REFERENCE', pointer: '/person' })
  })
})

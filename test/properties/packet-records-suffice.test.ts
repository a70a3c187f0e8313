import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gather } from '../../src/cli/packet/gather.ts'
import { OfflineBook } from '../../src/engine/offline-book.ts'
import type { Registry } from '../../src/kernel/registry.ts'
import type { LedgerRecord } from '../../src/ledger/port.ts'
import { disputedHistories, live } from '../support/history.ts'
import { historyOfEveryEvent } from '../support/history-of-every-event.ts'
import { Scenario } from '../support/scenario.ts'

const WINDOW = { from: '2019-01-01', through: '2027-12-31' }

interface Scope {
  readonly people: readonly string[]
  readonly roles: readonly string[]
  readonly circles: readonly string[]
}
const NOTHING: Scope = { people: [], roles: [], circles: [] }

interface Step {
  readonly at: string
  readonly recorded: readonly { readonly id: string }[]
  readonly so: readonly unknown[]
  readonly shown: readonly unknown[]
}

/** What a walk says, told from some records of a book. */
async function walked(registry: Registry, records: readonly LedgerRecord[], { people, roles, circles }: Scope) {
  const params = { ...WINDOW, person: people, role: roles, circle: circles, limit: 500 }
  const walk = await new OfflineBook('x', registry, records).ask('replay-window', params)
  const { opening, steps, closing } = walk as { opening: unknown; steps: readonly Step[]; closing: unknown }
  const told = steps.map(({ recorded, ...step }) => ({ ...step, recorded: recorded.map(({ id }) => id) }))
  return { opening, steps: told, closing }
}

async function carriedFor(registry: Registry, book: readonly LedgerRecord[], scope: Scope) {
  const { records } = await gather({ community: 'x', ...WINDOW, ...scope, dates: [] }, book, registry)
  return records.map(({ record }) => record)
}

/** The last record of a book is carried whether it bears on anything or not. */
function withoutLast(walk: Awaited<ReturnType<typeof walked>>, book: readonly LedgerRecord[]) {
  const last = book.at(-1)?.id
  const steps = walk.steps.map((step) => ({ ...step, recorded: step.recorded.filter((id) => id !== last) }))
  return { ...walk, steps: steps.filter(({ recorded, so, shown }) => [recorded, so, shown].flat().length > 0) }
}

/** Scopes of every role, person and circle there is, and of a role and person together. */
function scopesOf(book: readonly LedgerRecord[]): readonly Scope[] {
  const ids = { role: new Set<string>(), person: new Set<string>(), circle: new Set<string>() }
  for (const { text } of book)
    for (const [id, kind] of text.matchAll(/\b(role|person|circle)_[\w-]{22}(?![\w-])/g)) ids[kind as 'role'].add(id)
  const [role] = ids.role
  const [person] = ids.person
  return [
    ...[...ids.role].map((id) => ({ ...NOTHING, roles: [id] })),
    ...[...ids.person].map((id) => ({ ...NOTHING, people: [id] })),
    ...[...ids.circle].map((id) => ({ ...NOTHING, circles: [id] })),
    ...(role && person ? [{ ...NOTHING, people: [person], roles: [role] }] : []),
  ]
}

let communities = 0
const server = await Scenario.open()

async function lived(steps: Parameters<typeof live>[1]): Promise<readonly LedgerRecord[]> {
  const book = await server.beside(`packed-${communities++}`).at('2026-03-01T09:00:00Z').with(['ada'])
  await live(book, steps)
  return book.records()
}

/** Expects every scope to be told the same from the records it carries, some left out by a fault. @returns how many there were. */
async function expectSuffice(book: readonly LedgerRecord[], registry: Registry, leftOut?: RegExp): Promise<number> {
  let scopes = 0
  for (const scope of scopesOf(book)) {
    const carried = await carriedFor(registry, book, scope).catch(() => undefined)
    if (!carried) continue // named only by a record that was refused a meaning, such as a withdrawn import
    const kept = carried.filter(({ text }) => !leftOut?.test(text))
    const [whole, some] = [await walked(registry, book, scope), await walked(registry, kept, scope)]
    expect(withoutLast(some, book), JSON.stringify(scope)).toEqual(withoutLast(whole, book))
    scopes += 1
  }
  return scopes
}

describe('the records a packet carries', () => {
  it('tell of whatever it is about what the whole book tells', async () => {
    await fc.assert(
      fc.asyncProperty(disputedHistories, async (steps) => {
        await expectSuffice(await lived(steps), server.registry)
      }),
      { numRuns: 15 },
    )
  })

  it('tell it too of roles that were lived, handed over, noted, and of people who are one', async () => {
    const book = await historyOfEveryEvent()
    expect(await expectSuffice(await book.records(), book.registry)).toBeGreaterThan(15)
  })

  it.each(['RecordDisputed', 'RecordCorrected', 'ImportWithdrawn'])(
    'would not, were each %s left out',
    async (type) => {
      const property = fc.asyncProperty(disputedHistories, async (steps) => {
        await expectSuffice(await lived(steps), server.registry, new RegExp(`"type":"${type}"`))
      })
      await expect(fc.assert(property, { numRuns: 60, endOnFailure: true })).rejects.toThrow()
    },
  )
})

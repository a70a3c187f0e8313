import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineProjection, on } from '../../src/kernel/folds.ts'
import { histories, live } from '../support/history.ts'
import { Scenario } from '../support/scenario.ts'
import { BreadBaked, firstBakery, withTrial } from './trial-definitions.ts'

describe('a community loaded again', () => {
  it('has the very views of the one that lived through it', async () => {
    const server = await Scenario.open()
    let communities = 0
    await fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        const book = await server.beside(`life-${communities++}`).at('2026-03-01T09:00:00Z').with(['ada'])
        await live(book, steps)
        const lived = await (await book.hot()).digests()
        expect(await (await book.restarted().hot()).digests()).toEqual(lived)
      }),
      { numRuns: 40 },
    )
  })

  it('has another digest where a fold depends on more than its events', async () => {
    let folded = 0
    const unstable = defineProjection<{ order: number }>({
      name: 'unstable',
      version: 1,
      summary: 'Depends on how often it was folded.',
      initial: () => ({ order: 0 }),
      cases: [
        on(BreadBaked, (view) => {
          folded += 1
          view.order = folded
        }),
      ],
    })
    const projections = [...(firstBakery.projections ?? []), unstable]
    const book = await Scenario.founded(['ada'], {
      registry: (builtIn) => withTrial(builtIn, { ...firstBakery, projections }),
    })
    await book.given('BakeBread', { loaves: 1 })
    const lived = await (await book.hot()).digests()
    const again = await (await book.restarted().hot()).digests()
    expect(again.views['bakery@1']).toBe(lived.views['bakery@1'])
    expect(again.views['unstable@1']).not.toBe(lived.views['unstable@1'])
  })
})

import { describe, expect, it } from 'vitest'
import { canonicalText } from '../../src/engine/canonical.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { type AnySlice, Folds } from '../../src/kernel/folds.ts'
import { FORK, forkOf } from '../../src/kernel/fork.ts'
import { historyOfEveryEvent } from '../support/history-of-every-event.ts'

describe('a fork of a state', () => {
  it('is a copy of its own of whatever states are made of', () => {
    const shared = new Set(['a'])
    const state = { map: new Map([['k', { list: [1, [2]], shared }]]), shared, none: undefined, n: 3 }
    const copy = forkOf(state)
    expect(copy).toEqual(state)
    copy.map.get('k')?.list.push(9)
    copy.shared.add('b')
    expect(state.map.get('k')?.list).toEqual([1, [2]])
    expect([...state.shared]).toEqual(['a'])
    // What was one thing is one thing still.
    expect(copy.map.get('k')?.shared).toBe(copy.shared)
  })

  it('asks a class how, and refuses one that does not say: half a copy would change the first', () => {
    class Counter {
      [FORK]() {
        return Object.assign(new Counter(), { n: this.n })
      }
      n = 0
    }
    class Silent {}
    const state = { counter: new Counter() }
    const copy = forkOf(state)
    copy.counter.n += 1
    expect(state.counter.n).toBe(0)
    expect(() => forkOf({ silent: new Silent() })).toThrow('Silent')
  })
})

describe('the state commands are decided against', async () => {
  const book = await historyOfEveryEvent()
  const events = (await book.events()) as readonly RecordedEvent[]
  // What a part is decided against, and no other state, is ever forked.
  const parts = [...book.registry.commands.values()].filter(({ part }) => part !== undefined)
  const slices = [...new Set(parts.flatMap(({ reads }) => Object.values(reads) as AnySlice[]))]
  const cut = Math.floor(events.length / 2)
  const folded = (to: number) => {
    const folds = new Folds(slices)
    for (const event of events.slice(0, to)) folds.apply(event)
    return folds
  }

  it.each(slices.map((slice) => [slice.name, slice] as const))(
    '%s goes on in a fork, and stays as it is',
    (_, slice) => {
      const first = folded(cut)
      const fork = first.fork([slice])
      for (const event of events.slice(cut)) fork.apply(event)
      expect(textOf(fork.of(slice))).toBe(textOf(folded(events.length).of(slice)))
      expect(textOf(first.of(slice))).toBe(textOf(folded(cut).of(slice)))
      expect(textOf(first.of(slice))).not.toBe('')
    },
  )
})

/** A state as text: logs by the facts they hold. */
function textOf(state: unknown): string {
  const plain = (value: unknown): unknown => {
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
    if (typeof value !== 'object' || value === null) return value
    if ('digestForm' in value) return plain((value as { digestForm(): unknown }).digestForm())
    if (value instanceof Map) return [...value].map(([key, each]) => [key, plain(each)])
    if (value instanceof Set) return [...value].map(plain)
    if (Array.isArray(value)) return value.map(plain)
    const entries = Object.entries(value).flatMap(([name, each]) => (each === undefined ? [] : [[name, plain(each)]]))
    return Object.fromEntries(entries)
  }
  return canonicalText(plain(state) as never)
}

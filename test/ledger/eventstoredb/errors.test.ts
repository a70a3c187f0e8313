import { describe, expect, it } from 'vitest'
import { AtOnce } from '../../../src/ledger/eventstoredb/at-once.ts'
import { appendError, isDiscoveryFailure, readError } from '../../../src/ledger/eventstoredb/errors.ts'
import { AppendOutcomeUnknown, StoreUnavailable } from '../../../src/ledger/port.ts'

const raw = (code: number, details: string) => Object.assign(new Error(`${code} X: ${details}`), { code, details })
const typed = (type: string, more: object = {}) => Object.assign(new Error(type), { type, ...more })

describe("the three shapes of the client's errors", () => {
  it.each([1, 2, 4, 10, 13, 14])('a raw one of gRPC with code %s leaves an append unknown', (code) => {
    expect(appendError(raw(code, 'connection dropped'), 3, 10)).toBeInstanceOf(AppendOutcomeUnknown)
  })

  it.each(['unavailable', 'cancelled', 'deadline-exceeded', 'timeout', 'unknown'])(
    'one of its own of the type "%s" leaves an append unknown',
    (type) => {
      expect(appendError(typed(type, { code: 14 }), 3, 10)).toBeInstanceOf(AppendOutcomeUnknown)
    },
  )

  it('a plain one that no node was found says that nothing was written', () => {
    const error = new Error('Failed to discover after 10 attempts.')
    expect(isDiscoveryFailure(error)).toBe(true)
    expect(appendError(error, 3, 10)).toBeInstanceOf(StoreUnavailable)
    expect(isDiscoveryFailure(raw(14, 'Failed to discover'))).toBe(false)
  })

  it.each([3, 7, 16])('a raw one of gRPC with code %s says that nothing was written', (code) => {
    expect(appendError(raw(code, 'no'), 3, 10)).toBeInstanceOf(StoreUnavailable)
  })

  it.each([
    ['no_stream', 'empty'],
    [-1n, 'empty'],
    [undefined, 'empty'],
    [0n, 0],
    [41n, 41],
  ] as const)('a lost race at %s is one at %s', (actualVersion, actual) => {
    const error = appendError(typed('wrong-expected-version', { actualVersion }), 3, 10)
    expect(error).toMatchObject({ name: 'RevisionConflict', expected: 3, actual })
  })

  it('whatever is thrown, a read that fails is a store that cannot be reached', () => {
    for (const error of [raw(14, 'gone'), typed('unknown'), new Error('x'), 'a text', undefined])
      expect(readError(error)).toBeInstanceOf(StoreUnavailable)
  })
})

describe('calls at once', () => {
  it('are so many and no more, in order, also where they fail', async () => {
    const calls = new AtOnce(3)
    const began: number[] = []
    let running = 0
    let most = 0
    const all = Array.from({ length: 20 }, (_, n) =>
      calls.run(async () => {
        began.push(n)
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setImmediate(resolve))
        running -= 1
        if (n % 4 === 0) throw new Error(`${n}`)
        return n
      }),
    )
    const settled = await Promise.allSettled(all)
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(5)
    expect(most).toBe(3)
    expect(began).toEqual([...Array(20).keys()])
  })
})

import { setTimeout } from 'node:timers/promises'
import type { Followed, Position } from '../port.ts'
import type { Connection, StorePosition } from './connection.ts'
import { isRefused, readError } from './errors.ts'
import { recordOf } from './stored-event.ts'
import { BOOK_PREFIX, bookOf } from './streams.ts'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000
const FORM = /^(\d+)\/(\d+)$/

/**
 * Every record of every book after a position, and those to come, until the signal aborts. Where the store drops the
 * subscription it is taken up again after the last record that was handled, after a pause that grows and that no two
 * nodes share.
 * @throws StoreUnavailable where the store refuses; an outage alone is waited for.
 */
export async function* following(
  connection: Connection,
  from: StorePosition | 'start',
  signal: AbortSignal,
): AsyncGenerator<Followed> {
  let handled = from
  let failures = 0
  while (!signal.aborted) {
    try {
      for await (const delivered of connection.subscribe(BOOK_PREFIX, handled, signal)) {
        failures = 0
        if ('passed' in delivered) {
          handled = delivered.passed
          continue
        }
        const { event, position } = delivered
        const id = bookOf(event.streamId)
        if (id !== undefined) yield { position: textOf(position), id, record: recordOf(event) }
        // Control is back: whoever follows has dealt with it.
        handled = position
      }
    } catch (error) {
      if (signal.aborted) return
      if (isRefused(error)) throw readError(error)
    }
    failures += 1
    await setTimeout(pauseOf(failures), undefined, { signal }).catch(() => undefined)
  }
}

/** Both halves of a position, in one text. */
export function textOf({ commit, prepare }: StorePosition): Position {
  return `${commit}/${prepare}`
}

/** @throws RangeError where it is no position of this store. */
export function positionOf(text: Position): StorePosition {
  const [, commit, prepare] = FORM.exec(text) ?? []
  if (commit === undefined || prepare === undefined) throw new RangeError('not a position of this store')
  return { commit: BigInt(commit), prepare: BigInt(prepare) }
}

/** Milliseconds until the next try: twice as long each time, and anything from half of it on. */
function pauseOf(failures: number): number {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1))
  return pause * (0.5 + Math.random() / 2)
}

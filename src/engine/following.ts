import { setTimeout } from 'node:timers/promises'
import type { Followed, Ledgers, Position } from '../ledger/port.ts'

const FIRST_WAIT_MS = 100
const LONGEST_WAIT_MS = 10_000

/** What a follower of the store tells. */
export interface Follower {
  /** A record of some book, in the order of its book; some come twice. */
  heard(followed: Followed): void
  /** Records may have been missed: what is kept of the books is to be read on. */
  missed(): void
}

/**
 * Follows all books of the store from now on, over every failure: it goes on after the last record that was told, and
 * waits longer each time that nothing came in between, never in step with other nodes.
 * @returns what stops it.
 */
export function followStore(ledgers: Ledgers, follower: Follower): () => Promise<void> {
  const stopping = new AbortController()
  const running = follow(ledgers, follower, stopping.signal)
  return async () => {
    stopping.abort()
    await running
  }
}

async function follow(ledgers: Ledgers, follower: Follower, signal: AbortSignal): Promise<void> {
  let position: Position | 'end' = 'end'
  for (let waitMs = FIRST_WAIT_MS; !signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      for await (const followed of ledgers.follow(position, signal)) {
        follower.heard(followed)
        position = followed.position
        waitMs = FIRST_WAIT_MS
      }
    } catch {
      // Whatever it was, there is nothing to do but to come back.
    }
    if (signal.aborted) return
    await setTimeout(waitMs * (0.5 + Math.random() / 2), undefined, { signal, ref: false }).catch(() => undefined)
    // From `end` on nobody tells what came in between.
    if (!signal.aborted && position === 'end') follower.missed()
  }
}

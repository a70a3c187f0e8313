import type { Ledgers } from '../src/ledger/port.ts'

/** A store that counts how many transactions its appends were committed in. */
export interface CountedLedgers {
  readonly ledgers: Ledgers
  readonly groups: () => number
  readonly records: () => number
}

/**
 * Counts the groups of a store from outside. Everyone in a group is answered by one message of the writer, and Node runs
 * what was put off to the next tick before it takes the next message: so each tick with an answer is a transaction.
 */
export function countGroups(ledgers: Ledgers): CountedLedgers {
  let groups = 0
  let records = 0
  let isCounted = false
  const answered = () => {
    if (isCounted) return
    isCounted = true
    groups += 1
    process.nextTick(() => {
      isCounted = false
    })
  }
  return {
    groups: () => groups,
    records: () => records,
    ledgers: {
      append(id, expected, appended) {
        records += appended.length
        const done = ledgers.append(id, expected, appended)
        done.then(answered, () => undefined)
        return done
      },
      read: (id, range) => ledgers.read(id, range),
      follow: (from, signal) => ledgers.follow(from, signal),
      list: () => ledgers.list(),
      answers: () => ledgers.answers(),
      close: () => ledgers.close(),
    },
  }
}

import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { AppendOutcomeUnknown, StoreFull, StoreUnavailable } from '../../src/ledger/port.ts'
import { failureOf } from '../../src/ledger/sqlite/failure.ts'
import { GroupCommit } from '../../src/ledger/sqlite/group-commit.ts'
import type { Group } from '../../src/ledger/sqlite/messages.ts'
import { freshBook, recordOf, recordsFrom } from '../support/records.ts'

function commits() {
  const sent: Group[] = []
  const fatal: string[] = []
  let committed = 0
  const commit = new GroupCommit({
    send: (group) => sent.push(group),
    onCommit: () => {
      committed += 1
    },
    onFatal: (error) => fatal.push(error.message),
  })
  return { commit, sent, fatal, committed: () => committed }
}

function sqliteError(errcode: number): Error {
  return Object.assign(new Error('disk I/O error'), { errcode })
}

it('sends one group at a time, with everything that arrived during the commit before', async () => {
  const { commit, sent, committed } = commits()
  const [id, other] = [freshBook(), freshBook('private')]
  const first = [commit.append(id, 'empty', recordsFrom(0)), commit.append(id, 0, recordsFrom(1))]
  await setImmediate()
  expect(sent.map((group) => group.expected)).toEqual([[-1, 0]])
  const second = [commit.append(id, 1, recordsFrom(2, 2)), commit.append(other, 'empty', recordsFrom(0))]
  await setImmediate()
  second.push(commit.append(id, 3, recordsFrom(4)))
  await setImmediate()
  expect(sent).toHaveLength(1)
  commit.answered({ kind: 'committed', conflicts: [] })
  await Promise.all(first)
  await setImmediate()
  expect(sent[1]).toMatchObject({ books: [0, 1, 0], names: ['open', 'private'], counts: [2, 1, 1] })
  commit.answered({ kind: 'committed', conflicts: [{ index: 1, actual: 7 }] })
  const settled = await Promise.allSettled(second)
  expect(settled.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(committed()).toBe(2)
})

it('does not let a long import hold everyone up in one transaction', async () => {
  const { commit, sent } = commits()
  const id = freshBook()
  const large = 'x'.repeat(1024 * 1024)
  const appends = [0, 1, 2, 3, 4, 5].map((n) => commit.append(id, n === 0 ? 'empty' : n - 1, [recordOf(n, large)]))
  await setImmediate()
  expect(sent.map((group) => group.texts.length)).toEqual([4])
  commit.answered({ kind: 'committed', conflicts: [] })
  await setImmediate()
  expect(sent.map((group) => group.texts.length)).toEqual([4, 2])
  commit.answered({ kind: 'committed', conflicts: [] })
  expect(await Promise.all(appends)).toHaveLength(6)
})

it('goes on after a full disk', async () => {
  const { commit, sent, fatal } = commits()
  const refused = commit.append(freshBook(), 'empty', recordsFrom(0))
  await setImmediate()
  commit.answered({ kind: 'failed', failure: failureOf(sqliteError(13), true) })
  await expect(refused).rejects.toThrow(StoreFull)
  const taken = commit.append(freshBook(), 'empty', recordsFrom(0))
  await setImmediate()
  expect(sent).toHaveLength(2)
  commit.answered({ kind: 'committed', conflicts: [] })
  expect(await taken).toEqual({ from: 0, to: 0 })
  expect(fatal).toEqual([])
})

// The extended codes of a failed write, sync and read, and of a damaged page.
it.each([
  [778, false, StoreUnavailable],
  [1034, true, AppendOutcomeUnknown],
  [522, false, StoreUnavailable],
  [11, false, StoreUnavailable],
])('takes no more writes after error %i (in COMMIT: %s)', async (code, committing, error) => {
  const { commit, sent, fatal } = commits()
  const underWay = commit.append(freshBook(), 'empty', recordsFrom(0))
  await setImmediate()
  const waiting = commit.append(freshBook(), 'empty', recordsFrom(0))
  commit.answered({ kind: 'failed', failure: failureOf(sqliteError(code), committing) })
  await expect(underWay).rejects.toThrow(error)
  await expect(waiting).rejects.toThrow(StoreUnavailable)
  await expect(commit.append(freshBook(), 'empty', recordsFrom(0))).rejects.toThrow(/no more writes until a restart/)
  expect(sent).toHaveLength(1)
  expect(fatal).toHaveLength(1)
})

it('stays open when another connection holds the file for a while', async () => {
  const { commit, fatal } = commits()
  const refused = commit.append(freshBook(), 'empty', recordsFrom(0))
  await setImmediate()
  commit.answered({ kind: 'failed', failure: failureOf(sqliteError(5), false) })
  await expect(refused).rejects.toThrow(StoreUnavailable)
  expect(fatal).toEqual([])
})

it('does not know the outcome of what the writer took with it', async () => {
  const { commit, fatal } = commits()
  const underWay = commit.append(freshBook(), 'empty', recordsFrom(0))
  await setImmediate()
  const waiting = commit.append(freshBook(), 'empty', recordsFrom(0))
  commit.lost('out of memory')
  commit.lost('its thread ended')
  await expect(underWay).rejects.toThrow(AppendOutcomeUnknown)
  await expect(waiting).rejects.toThrow(StoreUnavailable)
  expect(fatal).toEqual(['the ledger takes no more writes until a restart: out of memory'])
})

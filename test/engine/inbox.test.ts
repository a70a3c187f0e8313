import { expect, it } from 'vitest'
import { Inbox } from '../../src/engine/inbox.ts'

const heard = (revision: number) => ({ book: 'open', record: { revision, id: '', hash: '', text: '' } }) as const

it('gives all that waits, in order and once', () => {
  const inbox = new Inbox()
  expect(inbox.isEmpty).toBe(true)
  inbox.add(heard(1))
  inbox.add(heard(2))
  expect(inbox.isEmpty).toBe(false)
  expect(inbox.take()?.map(({ record }) => record.revision)).toEqual([1, 2])
  expect(inbox.take()).toEqual([])
})

it('lets go of all where it is too much, says so once, and then takes in again', () => {
  const inbox = new Inbox()
  for (let revision = 0; revision <= 1001; revision += 1) inbox.add(heard(revision))
  expect(inbox.isEmpty).toBe(false)
  expect(inbox.take()).toBeUndefined()
  expect(inbox.isEmpty).toBe(true)
  inbox.add(heard(7))
  expect(inbox.take()).toHaveLength(1)
})

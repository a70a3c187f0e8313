import { z } from 'zod'
import { defineQuestion, type Row } from '../../src/kernel/define-question.ts'
import { rosterReads } from '../roster/selecting.ts'
import type { Difference } from './differing.ts'
import { scopeParams } from './scope.ts'
import { pageParams, type Walk, walkAnswer, walkOf } from './walk.ts'
import { windowParams } from './window.ts'

/** What a walk is asked with. */
export const walkParams = z.strictObject({ ...windowParams, ...scopeParams, ...pageParams })

export const replayWindow = defineQuestion({
  name: 'replay-window',
  summary:
    'Walks through a window of time, moment by moment: who held what, what the record showed then, what was recorded, and in what the two were apart.',
  reads: rosterReads,
  params: walkParams,
  answer: walkAnswer,
  timed: false,
  public: false,
  http: { path: '/replay' },
  rows: walkRows,
  ask: walkOf,
})

/** A walk as a table: one row for everything that was recorded or became otherwise. */
export function walkRows({ steps }: Walk): readonly Row[] {
  return steps.flatMap(({ at, recorded, so, shown, apart }) => [
    ...recorded.map(({ type, person, actor, id, revision }) => ({
      at,
      what: 'recorded',
      type,
      by: person?.name ?? actor,
      ...NOBODY,
      events: `${revision} ${id}`,
    })),
    ...so.map((each) => ({ at, what: 'was otherwise', ...rowOf(each) })),
    ...shown.map((each) => ({ at, what: 'the record showed', ...rowOf(each) })),
    ...apart.map((each) => ({
      at,
      what: 'apart',
      ...rowOf(each),
      events: each.because.map(({ revision, eventId }) => `${revision} ${eventId}`).join(', '),
    })),
  ])
}

const NOBODY = { person: null, role: null, from: null, to: null } as const

/** A difference as a row: whom and what it is about, and its dates as they are after it. */
export function rowOf({ before, after }: Difference): Row {
  const told = after ?? before
  const type = before === null ? 'begins' : after === null ? 'ends' : 'is told otherwise'
  if (!told) return { type, ...NOBODY }
  const { person, role, from, to } = told
  return { type, by: null, person: person.name ?? '(erased)', role: role.name, from, to, events: null }
}

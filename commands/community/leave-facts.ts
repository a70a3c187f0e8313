import { dateBounds, NEVER } from '../../src/kernel/dates.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import type { Entry, FactFold } from '../../src/kernel/fact-log.ts'
import type { LeaveTaken } from './events.ts'

/** A member's time away. */
export interface LeaveFact {
  readonly leaveId: string
  readonly personId: string
}

type Taken = Stored<(typeof LeaveTaken)['fields']>

/** What the events of one leave say: the dates named last, cut short by a return. */
export const leaveFold: FactFold<LeaveFact> = (entries) => {
  let last: Entry<Taken> | undefined
  for (const entry of entries)
    if (entry.type === 'LeaveTaken' && (!last || entry.saidAt > last.saidAt)) last = entry as Entry<Taken>
  if (!last) return []
  const { leaveId, personId } = last.data
  const from = dateBounds(last.data.from)
  const named = last.data.to === undefined ? NEVER : dateBounds(last.data.to)
  const ended = entries.find((entry) => entry.type === 'LeaveEnded' && entry.revision > (last?.saidAt ?? 0))
  const to = ended && ended.effective.earliest < named.earliest ? ended.effective : named
  if (from.earliest >= to.latest) return []
  return [{ from, to, fact: { leaveId, personId }, evidence: entries.flatMap((entry) => entry.sources) }]
}

import { dateBounds, NEVER } from '../../src/kernel/dates.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import type { Entry, FactFold } from '../../src/kernel/fact-log.ts'
import type { HoldingImported } from './events.ts'

/** One person's holding of one role, for one spell: the data of the event that says so last. */
export type HoldingFact = Stored<(typeof HoldingImported)['fields']>

/** What an imported holding's events say: what was said last counts, whole. */
export const holdingFold: FactFold<HoldingFact> = (entries) => {
  let newest: Entry | undefined
  for (const entry of entries) if (!newest || entry.saidAt > newest.saidAt) newest = entry
  if (!newest) return []
  const data = newest.data as HoldingFact
  const from = dateBounds(data.from)
  const to = data.to === undefined ? NEVER : dateBounds(data.to)
  return from.earliest < to.latest ? [{ from, to, fact: data, evidence: newest.sources }] : []
}

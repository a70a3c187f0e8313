import { HoldingImported, HoldingReimported, ImportWithdrawn, RecordCorrected } from '../../commands/records/events.ts'
import { type HoldingFact, holdingFold } from '../../commands/records/holding-facts.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { FactLog, type FactVersion } from '../../src/kernel/fact-log.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'

export type HoldingVersion = FactVersion<HoldingFact>

/**
 * Who held which role when. Every version of every holding stands in four lists: all, and those of its person, role and
 * circle, so that a question looks at the shortest that holds its answer.
 */
export interface RosterView {
  readonly holdings: FactLog<HoldingFact>
  readonly all: HoldingVersion[]
  /** Earliest beginning and latest end (ms) of each of `all`: a look over the whole roster reads these alone. */
  readonly earliest: number[]
  readonly latest: number[]
  readonly byPerson: Map<string, HoldingVersion[]>
  readonly byRole: Map<string, HoldingVersion[]>
  readonly byCircle: Map<string, HoldingVersion[]>
  readonly byImport: Map<string, string[]>
}

function list(map: Map<string, HoldingVersion[]>, key: string, version: HoldingVersion): void {
  const versions = map.get(key)
  if (versions) versions.push(version)
  else map.set(key, [version])
}

function place(view: RosterView, versions: readonly HoldingVersion[]): void {
  for (const version of versions) {
    view.all.push(version)
    view.earliest.push(version.from.earliest)
    view.latest.push(version.to.latest)
    list(view.byPerson, version.fact.personId, version)
    list(view.byRole, version.fact.roleId, version)
    list(view.byCircle, version.fact.circleId, version)
  }
}

function add(view: RosterView, data: { holdingId: string; importId: string }, event: RecordedEvent): void {
  place(view, view.holdings.add(data.holdingId, event))
  const events = view.byImport.get(data.importId)
  if (events) events.push(event.id)
  else view.byImport.set(data.importId, [event.id])
}

export const rosterProjection = defineProjection<RosterView>({
  name: 'roster',
  version: 1,
  summary: 'Who held which role when, on two time axes.',
  initial: () => ({
    holdings: new FactLog(holdingFold),
    all: [],
    earliest: [],
    latest: [],
    byPerson: new Map(),
    byRole: new Map(),
    byCircle: new Map(),
    byImport: new Map(),
  }),
  cases: [
    on(HoldingImported, add),
    on(HoldingReimported, add),
    on(RecordCorrected, (view, data, event) => {
      place(view, view.holdings.replace(data.targetEventId, data.replacement, data.replacementEffectiveAt, event))
    }),
    on(ImportWithdrawn, (view, data, event) => {
      for (const id of view.byImport.get(data.importId) ?? [])
        place(view, view.holdings.replace(id, null, undefined, event))
    }),
  ],
})

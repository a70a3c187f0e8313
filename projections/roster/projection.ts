import { holdingCases } from '../../commands/roles/holding-log.ts'
import { defineProjection } from '../../src/kernel/folds.ts'
import { RosterView } from './roster-view.ts'

export const rosterProjection = defineProjection<RosterView>({
  name: 'roster',
  version: 2,
  summary: 'Who held which role when, on two time axes.',
  initial: () => new RosterView(),
  cases: holdingCases(
    (view) => view.holdings,
    (view, versions) => view.place(versions),
  ),
})

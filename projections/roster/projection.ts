import { holdingCases, notedCases } from '../../commands/roles/holding-log.ts'
import { defineProjection } from '../../src/kernel/folds.ts'
import { RosterView } from './roster-view.ts'

export const rosterProjection = defineProjection<RosterView>({
  name: 'roster',
  version: 3,
  summary: 'Who held which role when, on two time axes.',
  initial: () => new RosterView(),
  cases: [holdingCases, notedCases].flatMap((cases) =>
    cases<RosterView>(
      (view) => view.holdings,
      (view, versions) => view.place(versions),
    ),
  ),
})

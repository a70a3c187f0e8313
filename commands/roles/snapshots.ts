import type { Warning } from '../../src/kernel/define-command.ts'
import type { PartnersSeen } from '../accountability/partner-guard.ts'
import type { CommunityState } from '../community/state.ts'
import type { Snapshot } from './holding-events.ts'

/** The rules in force at a decision and what its guards noticed, to be frozen in its event. */
export function snapshotOf(
  { policy }: Pick<CommunityState, 'policy'>,
  weight: number,
  warnings: readonly Warning[],
  partners?: PartnersSeen,
): Snapshot {
  const { holdOverDays, leaveStopsClockDays } = policy.values
  return {
    policyVersion: policy.version,
    holdOverDays,
    leaveStopsClockDays,
    weight,
    warnings: [...warnings],
    ...partners,
  }
}

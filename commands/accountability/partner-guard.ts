import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import type { Guards } from '../community/guards.ts'
import { dutiesOf } from '../influence/duties.ts'
import { parametersOf } from '../influence/parameter-facts.ts'
import { type InfluenceState, influenceSlice } from '../influence/state.ts'
import { holdingsOf, type RolesState } from '../roles/state.ts'
import { partnersIn } from './partners.ts'
import { type AccountabilityState, accountabilitySlice } from './state.ts'

export const ACCOUNTABILITY_PARTNERS_REQUIRED =
  'Who carries so much answers to more people: ask members whether you may answer to them.'

/** What the guard reads, beside roles. */
export const partnerReads = { accountability: accountabilitySlice, influence: influenceSlice }

export interface GuardedState {
  readonly accountability: AccountabilityState
  readonly influence: InfluenceState
  readonly roles: RolesState
}

/** What somebody is about to carry, or goes on carrying. */
export interface Carrying {
  readonly personId: string
  readonly roleId: string
  readonly weight: number
  /** How much of the weight they take on; 0 where they carry it already. */
  readonly share: number
  /** Whether they have learned the role until now, and no longer will. */
  readonly learned?: boolean
}

/** What the guard looked at, to be frozen with the decision. */
export interface PartnersSeen {
  readonly lambda: number
  readonly band: 'low' | 'medium' | 'high' | 'veryHigh'
  readonly required: number
  readonly have: number
}

/**
 * Holds somebody to the partners that their influence, with what they are about to carry, and the role's weight ask for.
 * Influence is read here and buys a duty; nothing is ever permitted by it.
 * @returns a refusal where the rules require it, else what was seen; a warning is kept by the guards.
 */
export function partnersFor(
  { accountability, influence, roles }: GuardedState,
  guards: Guards,
  { personId, roleId, weight, share, learned }: Carrying,
  now: number,
): PartnersSeen | Refusal {
  const { roleHeld, understudy } = parametersOf(influence.policies).weights
  const delta = share * roleHeld - (learned ? weight * understudy : 0)
  const { lambda, band, required, mode } = dutiesOf(influence, personId, now, { delta, weight })
  const have = partnersIn(accountability, roles, personId, roleId, now).length
  const refusal = guards.check(mode, () =>
    have < required
      ? refuse('ACCOUNTABILITY_PARTNERS_REQUIRED', {
          facts: { required, have, band },
          message: ACCOUNTABILITY_PARTNERS_REQUIRED,
        })
      : undefined,
  )
  return refusal ?? { lambda, band, required, have }
}

/** How many others hold a seat at a moment (ms), those of `except` left out. */
export function besidesIn(
  roles: RolesState,
  roleId: string,
  seat: number | undefined,
  t: number,
  except: readonly (string | undefined)[] = [],
): number {
  return holdingsOf(roles, roleId).filter(
    ({ fact, from, to }) =>
      fact.seat === seat && from.earliest <= t && t < to.earliest && !except.includes(fact.holdingId),
  ).length
}

import { partnersForWeight } from '../../commands/accountability/required-facts.ts'
import type { Policies } from '../../commands/community/policy-table.ts'
import type { Point } from '../../src/kernel/define-question.ts'
import { isKnownAt } from '../../src/kernel/fact-log.ts'
import type { RolesView } from '../roles/projection.ts'
import { roleThen } from '../roles/role-refs.ts'
import type { HoldingVersion, RosterView } from '../roster/roster-view.ts'
import { isRunning } from '../roster/second-person.ts'
import { type TiesView, tiesAt } from './projection.ts'

/** That somebody answers to fewer people than a role of theirs asks for. */
export interface PartnerGap {
  readonly personId: string
  readonly roleId: string
  readonly required: number
  readonly have: number
}

/** Who lacks a partner at a point, for what they carry. What an import says stands outside these rules. */
export function partnerGapsAt(
  { roster, roles, ties }: { readonly roster: RosterView; readonly roles: RolesView; readonly ties: TiesView },
  policies: Policies,
  point: Point,
): readonly PartnerGap[] {
  const running = roster.all.filter(
    (version) =>
      version.fact.importId === undefined && isKnownAt(version, point.revision) && isRunning(version, point.asOf),
  )
  const partners = tiesAt(ties.partners, point)
  return running.flatMap(({ fact: { personId, roleId, kind, seat } }) => {
    if (kind === 'understudy') return []
    const required = partnersForWeight(policies, roleThen(roles, roleId, point)?.weight ?? 0)
    if (required === 0) return []
    const inThis = partners.filter((tie) => tie.personId === personId && (tie.scope === 'all' || tie.scope === roleId))
    const have = [...new Set(inThis.map(({ otherId }) => otherId))].filter(
      (id) => !isNear(running, roleId, seat, id),
    ).length
    return have < required ? [{ personId, roleId, required, have }] : []
  })
}

function isNear(
  running: readonly HoldingVersion[],
  roleId: string,
  seat: number | undefined,
  personId: string,
): boolean {
  return running.some(
    ({ fact }) =>
      fact.roleId === roleId &&
      fact.personId === personId &&
      (fact.kind === 'understudy' || (fact.seat !== undefined && fact.seat === seat)),
  )
}

import { DAY_MS } from '../../src/kernel/dates.ts'
import { defineNotices, type Notice } from '../../src/kernel/define-notices.ts'
import { communitySlice } from '../community/state.ts'
import { momentText } from '../roles/holding-facts.ts'
import type { HoldingVersion } from '../roles/holding-log.ts'
import { holdingBy, type RolesState, roleAt, rolesSlice } from '../roles/state.ts'
import { AccountabilityGapClosed, AccountabilityGapOpened } from './events.ts'
import { partnersForWeight } from './required-facts.ts'
import { type AccountabilityState, type AccountabilityTie, accountabilitySlice } from './state.ts'

/** A time (ms, half-open) in which somebody answers to fewer people than a role of theirs asks for. */
interface Gap {
  readonly from: number
  readonly to: number
  /** The fewest there were. */
  readonly have: number
}

/** Holders who lack a partner, by how much their role carries, for longer than the grace. */
export const partnerGapNotices = defineNotices({
  name: 'accountability-gaps',
  book: 'open',
  reads: { community: communitySlice, roles: rolesSlice, accountability: accountabilitySlice },
  due({ community, roles, accountability }) {
    const policies = community.policy.values
    const grace = policies.accountabilityGapDays * DAY_MS
    return accepted(roles).flatMap((holding) => {
      const { personId, roleId, kind } = holding.fact
      const required = partnersForWeight(policies, roleAt(roles, roleId, holding.from.earliest)?.weight ?? 0)
      if (kind === 'understudy' || required === 0) return []
      return gapsOf(holding, tiesIn(accountability, personId, roleId), required)
        .filter(({ from, to }) => to - from > grace)
        .flatMap((gap) => noticesOf(holding, required, gap, grace))
    })
  },
})

function accepted(roles: RolesState): readonly HoldingVersion[] {
  return [...roles.acceptedBy.values()].flatMap((ids) => [...ids].flatMap((id) => holdingBy(roles, id) ?? []))
}

function tiesIn(state: AccountabilityState, personId: string, roleId: string): readonly AccountabilityTie[] {
  return [...(state.byPerson.get(personId) ?? [])].flatMap((id) => {
    const tie = state.ties.get(id)
    return tie?.personId === personId && (tie.scope === 'all' || tie.scope === roleId) ? [tie] : []
  })
}

/** The times within a holding in which fewer than `required` people are answered to, as long as each lasts. */
function gapsOf(holding: HoldingVersion, ties: readonly AccountabilityTie[], required: number): readonly Gap[] {
  const [start, end] = [holding.from.earliest, holding.to.earliest]
  const changes = ties.flatMap(({ from, to }) => [from, to]).filter((t) => start < t && t < end)
  const moments = [...new Set([start, ...changes])].sort((a, b) => a - b)
  const gaps: Gap[] = []
  for (const [i, from] of moments.entries()) {
    const have = new Set(ties.filter((tie) => tie.from <= from && from < tie.to).map((tie) => tie.partnerId)).size
    if (have >= required) continue
    const to = moments[i + 1] ?? end
    const last = gaps.at(-1)
    if (last?.to === from) gaps[gaps.length - 1] = { from: last.from, to, have: Math.min(last.have, have) }
    else gaps.push({ from, to, have })
  }
  return gaps
}

function noticesOf(holding: HoldingVersion, required: number, gap: Gap, grace: number): readonly Notice[] {
  const { holdingId, personId, roleId } = holding.fact
  const data = { personId, roleId, required, have: gap.have, since: momentText(gap.from) }
  const opened = { about: holdingId, dueAt: gap.from + grace, event: AccountabilityGapOpened.of(data) }
  if (!Number.isFinite(gap.to)) return [opened]
  const closed = AccountabilityGapClosed.of({ ...data, until: momentText(gap.to) })
  return [opened, { about: `${holdingId}/closed`, dueAt: gap.to, event: closed }]
}

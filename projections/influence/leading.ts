import { openTimeOf } from '../../commands/gatherings/hosting.ts'
import { coResponsible, readInvitation } from '../../commands/influence/hosting-facts.ts'
import type { Point } from '../../src/kernel/define-question.ts'
import { type InfluenceViews, resolver } from './asked-influence.ts'

/** A time of leading, or an act of it (then `from` and `to` are the same); ms. */
export interface LeadingSpell {
  readonly personId: string
  readonly what: 'role' | 'hosting' | 'invitation'
  readonly from: number
  readonly to: number
  /** Whether one carries it for that time: a role of weight 1 or more, or an open gathering before everybody is at home. */
  readonly isDuty: boolean
  /** Who made it possible, where it was a first time: who invited, handed over, shared, or was mentor. */
  readonly enabledBy: readonly string[]
}

const LEAST_WEIGHT = 1

/**
 * All that counts as leading, as it was known at a revision: roles held or acted in, gatherings hosted, invitations
 * somebody else said yes to.
 */
export function leadingSpells(views: InfluenceViews, point: Point): readonly LeadingSpell[] {
  const resolve = resolver(views.people, point)
  const spells = [...roleSpells(views, point), ...invitationSpells(views, point)]
  return spells
    .filter(({ from, to }) => from < point.asOf && from <= to)
    .map((spell) => ({ ...spell, personId: resolve(spell.personId), enabledBy: spell.enabledBy.map(resolve) }))
}

function* roleSpells({ influence }: InfluenceViews, { revision }: Point): Generator<LeadingSpell> {
  const { facts } = influence.live
  for (const { fact, from, to } of facts.holdings(revision)) {
    if (fact.kind !== 'holder' && fact.kind !== 'co-holder' && fact.kind !== 'acting') continue
    const began = from.latest
    const before = facts
      .roleHoldings(fact.roleId, revision)
      .filter(
        (other) =>
          other.fact.personId !== fact.personId &&
          (other.fact.kind === 'holder' || other.fact.kind === 'co-holder') &&
          ((other.fact.handedOver?.to === fact.personId && other.fact.handedOver.at >= began) ||
            (fact.seat !== undefined &&
              other.fact.seat === fact.seat &&
              other.from.earliest < began &&
              began <= other.to.earliest)),
      )
    yield {
      personId: fact.personId,
      what: 'role',
      from: began,
      to: to.earliest,
      isDuty: facts.weightAt(fact.roleId, began, revision) >= LEAST_WEIGHT,
      enabledBy: before.map((other) => other.fact.personId),
    }
  }
}

function* invitationSpells({ influence }: InfluenceViews, { revision }: Point): Generator<LeadingSpell> {
  const { facts } = influence.live
  for (const group of facts.entryGroups()) {
    if (!group.startsWith('invitation ')) continue
    const entries = facts.entries(group, revision)
    const known = readInvitation(entries)
    if (!known) continue
    for (const { from, inviterIds } of known.yeses)
      for (const personId of inviterIds)
        yield { personId, what: 'invitation', from, to: from, isDuty: false, enabledBy: [] }
    const { life } = known
    const open = openTimeOf(life)
    if (!open) continue
    const opener = entries.find(({ type }) => type === 'GatheringOpened')?.data as { personId: string } | undefined
    const end = Math.min(open.to, life.atHome?.at ?? Number.POSITIVE_INFINITY)
    for (const { personId, from, to } of life.hosts) {
      const first = Math.max(from, open.from)
      const shared = life.hosts.filter((host) => host.from < from).map((host) => host.personId)
      const enabledBy = [...shared, ...(opener ? [opener.personId] : [])]
      yield { personId, what: 'hosting', from: first, to: Math.min(to, end), isDuty: true, enabledBy }
    }
    if (!life.atHome || life.atHome.at >= open.to) continue
    for (const personId of coResponsible(life, true, open.to - 1)) {
      const at = Math.max(life.atHome.at, life.takenUp.get(personId) ?? 0)
      const { formerHostIds } = life.atHome
      yield { personId, what: 'hosting', from: at, to: at, isDuty: false, enabledBy: formerHostIds }
    }
  }
}

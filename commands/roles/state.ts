import type { Stored } from '../../src/kernel/define-event.ts'
import { FactLog, type FactVersion } from '../../src/kernel/fact-log.ts'
import { defineSlice, on } from '../../src/kernel/folds.ts'
import { ImportWithdrawn } from '../records/events.ts'
import { RoleAmended, RoleDefined, RoleImported, RoleRetired } from './events.ts'
import { type RoleFact, roleFold } from './facts.ts'
import { HandoverStepDone, RoleHandedOver } from './holding-events.ts'
import type { HoldingFact } from './holding-facts.ts'
import { HoldingLog, type HoldingVersion, holdingCases } from './holding-log.ts'
import { RoleOfferAdopted } from './mandate-events.ts'
import type { OpenOffer } from './open-offers.ts'

export interface RolesState {
  readonly facts: FactLog<RoleFact>
  /** Role ids by circle, those of retired roles included. */
  readonly byCircle: Map<string, Set<string>>
  readonly holdings: HoldingLog
  readonly holdingsByRole: Map<string, Set<string>>
  /** Holdings accepted here, by person. */
  readonly acceptedBy: Map<string, Set<string>>
  /** Acting holdings by the holding they are on behalf of. */
  readonly actingFor: Map<string, Set<string>>
  /** Handovers by the holding that began with them. */
  readonly handovers: Map<string, Stored<(typeof RoleHandedOver)['fields']>>
  /** Steps done of a handover, by the holding that began with it. */
  readonly stepsDone: Map<string, Set<number>>
  /** Offers that adopted proposals made, by the id of the ask. */
  readonly openOffers: Map<string, OpenOffer>
}

/** What is so of a role at a moment (ms), as the book says now; undefined where it is retired or unknown. */
export function roleAt(state: RolesState, roleId: string, t: number): RoleFact | undefined {
  return standing(state.facts.versions(roleId)).find((v) => v.from.earliest <= t && t < v.to.earliest)?.fact
}

/** Whether the book knows the role, retired or not. */
export function roleExists(state: RolesState, roleId: string): boolean {
  return state.facts.has(roleId)
}

/** The role of a circle that has this name and is not retired. */
export function roleNamed(state: RolesState, circleId: string, name: string, t: number): string | undefined {
  for (const roleId of state.byCircle.get(circleId) ?? []) if (roleAt(state, roleId, t)?.name === name) return roleId
  return undefined
}

/** Roles of the circle that somebody holds at a moment, or may hold where a date is vague. */
export function heldRolesIn(state: RolesState, circleId: string, t: number): readonly string[] {
  return [...(state.byCircle.get(circleId) ?? [])].filter((roleId) => holdersOf(state, roleId, t).length > 0)
}

/** Persons who hold the role at a moment, or may where a date is vague; who learns it is not among them. */
export function holdersOf(state: RolesState, roleId: string, t: number): readonly string[] {
  const holdings = holdingsOf(state, roleId).filter(
    ({ fact, from, to }) => isHeldBy(fact) && from.earliest <= t && t < to.latest,
  )
  return [...new Set(holdings.map(({ fact }) => fact.personId))]
}

/** Whether the person holds a role of the circle at a moment. */
export function holdsRoleIn(state: RolesState, personId: string, circleId: string, t: number): boolean {
  return [...(state.byCircle.get(circleId) ?? [])].some((roleId) => holdersOf(state, roleId, t).includes(personId))
}

/** Holdings of a role as the book says now, past and to come included. */
export function holdingsOf(state: RolesState, roleId: string): readonly HoldingVersion[] {
  return [...(state.holdingsByRole.get(roleId) ?? [])].flatMap((id) =>
    standing(state.holdings.facts.versions(id)).filter(({ fact }) => fact.roleId === roleId),
  )
}

/** A holding as the book says now. */
export function holdingBy(state: RolesState, holdingId: string): HoldingVersion | undefined {
  return standing(state.holdings.facts.versions(holdingId))[0]
}

/** Holdings accepted here in which a person is named that run at a moment or later. */
export function runningOf(state: RolesState, personId: string, t: number): readonly HoldingVersion[] {
  return [...(state.acceptedBy.get(personId) ?? [])].flatMap((id) => {
    const holding = holdingBy(state, id)
    return holding && t < holding.to.earliest ? [holding] : []
  })
}

// Understudies of imported records always counted as being in the role.
function isHeldBy({ kind, importId }: HoldingFact): boolean {
  return kind !== 'understudy' || importId !== undefined
}

function standing<F>(versions: readonly FactVersion<F>[]): readonly FactVersion<F>[] {
  return versions.filter((version) => version.knownTo === Number.POSITIVE_INFINITY)
}

function index(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key)
  if (set) set.add(value)
  else map.set(key, new Set([value]))
}

function placed(state: RolesState, versions: readonly HoldingVersion[]): void {
  for (const { fact } of versions) {
    index(state.holdingsByRole, fact.roleId, fact.holdingId)
    if (fact.importId === undefined) index(state.acceptedBy, fact.personId, fact.holdingId)
    if (fact.onBehalfOf) index(state.actingFor, fact.onBehalfOf.holdingId, fact.holdingId)
  }
}

export const rolesSlice = defineSlice<RolesState>({
  name: 'roles',
  book: 'open',
  initial: () => ({
    facts: new FactLog(roleFold),
    byCircle: new Map(),
    holdings: new HoldingLog(),
    holdingsByRole: new Map(),
    acceptedBy: new Map(),
    actingFor: new Map(),
    handovers: new Map(),
    stepsDone: new Map(),
    openOffers: new Map(),
  }),
  cases: [
    on(RoleDefined, (state, data, event) => {
      state.facts.add(data.roleId, event)
      index(state.byCircle, data.circleId, data.roleId)
    }),
    on(RoleImported, (state, data, event) => {
      state.facts.add(data.roleId, event)
      index(state.byCircle, data.circleId, data.roleId)
    }),
    on(RoleAmended, (state, data, event) => void state.facts.add(data.roleId, event)),
    on(RoleRetired, (state, data, event) => void state.facts.add(data.roleId, event)),
    on(ImportWithdrawn, (state, data, event) => {
      for (const { eventId } of data.roleEvents) state.facts.replace(eventId, null, undefined, event)
    }),
    on(RoleOfferAdopted, (state, offer, { recordedAt: at, id: eventId }) => {
      state.openOffers.set(offer.askId, { offer, at, eventId })
    }),
    on(RoleHandedOver, (state, data) => void state.handovers.set(data.holdingId, data)),
    on(HandoverStepDone, (state, data) => {
      state.stepsDone.set(data.holdingId, (state.stepsDone.get(data.holdingId) ?? new Set()).add(data.step))
    }),
    ...holdingCases<RolesState>((state) => state.holdings, placed),
  ],
})

import { FactLog, type FactVersion } from '../../src/kernel/fact-log.ts'
import { defineSlice, on } from '../../src/kernel/folds.ts'
import { HoldingImported, HoldingReimported, ImportWithdrawn, RecordCorrected } from '../records/events.ts'
import { type HoldingFact, holdingFold } from '../records/holding-facts.ts'
import { RoleAmended, RoleDefined, RoleImported, RoleRetired } from './events.ts'
import { type RoleFact, roleFold } from './facts.ts'

export interface RolesState {
  readonly facts: FactLog<RoleFact>
  /** Role ids by circle, those of retired roles included. */
  readonly byCircle: Map<string, Set<string>>
  readonly holdings: FactLog<HoldingFact>
  readonly holdingsByRole: Map<string, Set<string>>
  /** Holdings by the import that first brought them. */
  readonly eventsByImport: Map<string, string[]>
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

/** Persons who hold the role at a moment, or may where a date is vague. */
export function holdersOf(state: RolesState, roleId: string, t: number): readonly string[] {
  const persons = new Set<string>()
  for (const holdingId of state.holdingsByRole.get(roleId) ?? []) {
    for (const { fact, from, to } of standing(state.holdings.versions(holdingId))) {
      if (fact.roleId === roleId && from.earliest <= t && t < to.latest) persons.add(fact.personId)
    }
  }
  return [...persons]
}

/** Whether the person holds a role of the circle at a moment. */
export function holdsRoleIn(state: RolesState, personId: string, circleId: string, t: number): boolean {
  return [...(state.byCircle.get(circleId) ?? [])].some((roleId) => holdersOf(state, roleId, t).includes(personId))
}

function standing<F>(versions: readonly FactVersion<F>[]): readonly FactVersion<F>[] {
  return versions.filter((version) => version.knownTo === Number.POSITIVE_INFINITY)
}

function index(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key)
  if (set) set.add(value)
  else map.set(key, new Set([value]))
}

function addHolding(
  state: RolesState,
  data: { holdingId: string; roleId: string; importId: string },
  event: Parameters<FactLog<HoldingFact>['add']>[1],
) {
  state.holdings.add(data.holdingId, event)
  index(state.holdingsByRole, data.roleId, data.holdingId)
  const events = state.eventsByImport.get(data.importId)
  if (events) events.push(event.id)
  else state.eventsByImport.set(data.importId, [event.id])
}

export const rolesSlice = defineSlice<RolesState>({
  name: 'roles',
  book: 'open',
  initial: () => ({
    facts: new FactLog(roleFold),
    byCircle: new Map(),
    holdings: new FactLog(holdingFold),
    holdingsByRole: new Map(),
    eventsByImport: new Map(),
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
    on(HoldingImported, addHolding),
    on(HoldingReimported, addHolding),
    on(RecordCorrected, (state, data, event) => {
      const fresh = state.holdings.replace(data.targetEventId, data.replacement, data.replacementEffectiveAt, event)
      for (const { fact } of fresh) index(state.holdingsByRole, fact.roleId, fact.holdingId)
    }),
    on(ImportWithdrawn, (state, data, event) => {
      for (const id of state.eventsByImport.get(data.importId) ?? []) state.holdings.replace(id, null, undefined, event)
      for (const { eventId } of data.roleEvents) state.facts.replace(eventId, null, undefined, event)
    }),
  ],
})

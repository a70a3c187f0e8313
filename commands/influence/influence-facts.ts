import type { Revision } from '../../src/kernel/book.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { FactLog, type FactVersion, isKnownAt } from '../../src/kernel/fact-log.ts'
import type { Case } from '../../src/kernel/folds.ts'
import { LEAVING_TYPES } from '../community/leaving-facts.ts'
import type { RecordCorrected } from '../records/events.ts'
import { type RoleFact, roleFold } from '../roles/facts.ts'
import { HoldingLog, type HoldingVersion, holdingCases } from '../roles/holding-log.ts'
import type { InfluenceParameters, InfluenceStep } from './component-facts.ts'
import { ACTS, groupsOf } from './contribution-facts.ts'
import { EntryLog } from './entry-log.ts'
import { momentGroups } from './moment-facts.ts'
import { roleSteps, weightAt } from './role-level-facts.ts'

/** Calls back with each thing whose influence an event may have changed. */
export type Touched = (group: string) => void

const IMPORTED = 'imported '

/**
 * Everything in the open book that influence comes from, on two time axes, by the thing it comes from: a role, an
 * invitation, somebody's ties. What it comes to is read from here for any moment, revision and parameters.
 */
export class InfluenceFacts {
  readonly #holdings = new HoldingLog()
  readonly #roles = new FactLog<RoleFact>(roleFold)
  readonly #versions = new Map<string, Set<HoldingVersion>>()
  /** The groups of each role: one for what was accepted here, one for each person of an imported record. */
  readonly #groupsOfRole = new Map<string, Set<string>>()
  readonly #entries = new EntryLog()
  /** Invitations that a person hosts, or has answered, or given something to. */
  readonly #hostedOrVisited = new Map<string, Set<string>>()
  /** Imported roles in which somebody acts: their holders depend on each other. */
  readonly #actedIn = new Set<string>()
  readonly #touched: Touched
  readonly #apply: ReadonlyMap<string, (event: RecordedEvent) => void>

  constructor(touched: Touched) {
    this.#touched = touched
    const apply = new Map<string, (event: RecordedEvent) => void>()
    const cases = holdingCases<undefined>(
      () => this.#holdings,
      (_, versions) => this.#place(versions),
    )
    for (const each of cases) apply.set(each.event.type, caseOf(each))
    this.#apply = apply
  }

  /** Folds an event. Whatever it bears on is told to `touched`. */
  apply(event: RecordedEvent): void {
    this.#apply.get(event.type)?.(event)
    switch (event.type) {
      case 'RoleDefined':
      case 'RoleImported':
      case 'RoleAmended':
      case 'RoleRetired': {
        const { roleId } = event.data as { roleId: string }
        this.#roles.add(roleId, event)
        this.#touchRole(roleId)
        return
      }
      case 'RecordCorrected':
        this.#correct(event as RecordedEvent<Corrected>)
        return
      case 'ImportWithdrawn':
        for (const { eventId } of (event.data as { roleEvents: readonly { eventId: string }[] }).roleEvents)
          this.#roles.replace(eventId, null, undefined, event)
        for (const group of this.groups()) this.#touched(group)
        return
    }
    for (const group of this.#groupsBearing(event)) {
      this.#entries.add(group, event)
      this.#touched(group)
    }
  }

  /** The things there are. */
  *groups(): Generator<string> {
    yield* this.#versions.keys()
    yield* this.#entries.groups()
  }

  /** The role a group is of. */
  roleOf(group: string): string {
    const [version] = this.#versions.get(group) ?? []
    return version?.fact.roleId ?? group
  }

  /** What a thing brought whom, as the book had it at a revision. */
  stepsOf(group: string, revision: Revision, parameters: InfluenceParameters): InfluenceStep[] {
    if (this.#versions.has(group)) return this.#roleStepsOf(group, revision, parameters)
    return parameters.unit ? [] : groupsOf(group, this.#entries.known(group, revision), parameters)
  }

  /** All that brought anybody influence, as the book had it at a revision. */
  steps(revision: Revision, parameters: InfluenceParameters): InfluenceStep[] {
    const steps: InfluenceStep[] = []
    for (const group of this.groups()) for (const step of this.stepsOf(group, revision, parameters)) steps.push(step)
    return steps
  }

  /** The holdings known at a revision. */
  *holdings(revision: Revision): Generator<HoldingVersion> {
    for (const versions of this.#versions.values())
      for (const version of versions) if (isKnownAt(version, revision)) yield version
  }

  /** The holdings of one role known at a revision. */
  roleHoldings(roleId: string, revision: Revision): readonly HoldingVersion[] {
    return [...(this.#groupsOfRole.get(roleId) ?? [])].flatMap((group) =>
      [...(this.#versions.get(group) ?? [])].filter((version) => isKnownAt(version, revision)),
    )
  }

  /** What a role carried at a moment, by what was known at a revision. */
  weightAt(roleId: string, t: number, revision: Revision): number {
    return weightAt(this.#wordings(roleId, revision), t)
  }

  /** What was said of a thing by a revision: an invitation, somebody's ties. */
  entries(group: string, revision: Revision) {
    return this.#entries.known(group, revision)
  }

  entryGroups(): IterableIterator<string> {
    return this.#entries.groups()
  }

  digestForm() {
    return { holdings: this.#holdings.facts, roles: this.#roles, entries: this.#entries }
  }

  /** What an event bears on; who leaves hosts nothing and is present nowhere from then on. */
  #groupsBearing(event: RecordedEvent): readonly string[] {
    const { personId = '', inviterIds = [] } = event.data as { personId?: string; inviterIds?: readonly string[] }
    if (LEAVING_TYPES.has(event.type)) return [...(this.#hostedOrVisited.get(personId) ?? [])]
    const groups = ACTS.get(event.type)?.groups(event) ?? momentGroups(event)
    for (const group of groups) {
      if (!group.startsWith('invitation ')) continue
      for (const id of [personId, ...inviterIds])
        this.#hostedOrVisited.set(id, (this.#hostedOrVisited.get(id) ?? new Set()).add(group))
    }
    return groups
  }

  #roleStepsOf(group: string, revision: Revision, parameters: InfluenceParameters): InfluenceStep[] {
    const own = [...(this.#versions.get(group) ?? [])].filter((version) => isKnownAt(version, revision))
    const [first] = own
    if (!first) return []
    const { roleId, personId } = first.fact
    const wordings = this.#wordings(roleId, revision)
    if (!group.startsWith(IMPORTED) || !this.#actedIn.has(roleId))
      return roleSteps({ wordings, holdings: own }, parameters)
    const holdings = this.roleHoldings(roleId, revision).filter(({ fact }) => fact.importId !== undefined)
    return roleSteps({ wordings, holdings }, parameters).filter((step) => step.personId === personId)
  }

  #wordings(roleId: string, revision: Revision): readonly FactVersion<RoleFact>[] {
    return this.#roles.versions(roleId).filter((version) => isKnownAt(version, revision))
  }

  #place(versions: readonly HoldingVersion[]): void {
    for (const version of versions) {
      const group = groupOf(version)
      const own = this.#versions.get(group)
      const { roleId, importId, kind } = version.fact
      if (own) own.add(version)
      else {
        this.#versions.set(group, new Set([version]))
        this.#groupsOfRole.set(roleId, (this.#groupsOfRole.get(roleId) ?? new Set()).add(group))
      }
      const alone = importId === undefined || !(kind === 'acting' || this.#actedIn.has(roleId))
      if (alone) this.#touched(group)
      else {
        this.#actedIn.add(roleId)
        this.#touchRole(roleId)
      }
    }
  }

  #correct(event: RecordedEvent<Corrected>): void {
    const { targetEventId, replacement, replacementEffectiveAt } = event.data
    // What stood before is no longer so, also where nothing stands in its place.
    for (const holdingId of this.#holdings.facts.subjectsOf(targetEventId))
      for (const { fact } of this.#holdings.facts.versions(holdingId)) this.#touchRole(fact.roleId)
    const group = this.#entries.replace(targetEventId, replacement, replacementEffectiveAt, event.revision)
    if (group !== undefined) this.#touched(group)
  }

  #touchRole(roleId: string): void {
    for (const group of this.#groupsOfRole.get(roleId) ?? []) this.#touched(group)
  }
}

type Corrected = Parameters<(typeof RecordCorrected)['touches']>[0]

// Imported holdings occupy no seat, so each person's are apart; those accepted here share the seats of their role.
function groupOf({ fact: { roleId, personId, importId } }: HoldingVersion): string {
  return importId === undefined ? roleId : `${IMPORTED}${roleId} ${personId}`
}

function caseOf(each: Case<undefined>): (event: RecordedEvent) => void {
  return (event) => each.apply(undefined, event)
}

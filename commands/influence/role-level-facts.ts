import type { FactVersion } from '../../src/kernel/fact-log.ts'
import type { RoleFact } from '../roles/facts.ts'
import type { HoldingVersion } from '../roles/holding-log.ts'
import type { InfluenceParameters, InfluenceStep } from './component-facts.ts'

/** What is known of one role: its wordings and holdings, as the book had them at one revision. */
export interface KnownRole {
  readonly wordings: readonly FactVersion<RoleFact>[]
  readonly holdings: readonly HoldingVersion[]
}

/** A holding over the time in which it certainly was. */
interface Certain {
  readonly holding: HoldingVersion
  readonly from: number
  readonly to: number
}

interface Levels {
  readonly held: ReadonlyMap<string, number>
  readonly understudy: ReadonlyMap<string, number>
  /** Whose holding somebody else carries. */
  readonly coveredFor: ReadonlySet<string>
}

const NOTHING: Levels = { held: new Map(), understudy: new Map(), coveredFor: new Set() }

/**
 * The steps in everybody's influence by one role: its weight, shared within each seat, carried by whoever acts while
 * somebody does. A level that falls leaves a residue, but not where somebody acts for the holder from then on, nor where
 * an understudy becomes holder.
 */
export function roleSteps(role: KnownRole, { weights, unit }: InfluenceParameters): InfluenceStep[] {
  const certain = role.holdings.flatMap((holding) => {
    const [from, to] = [holding.from.latest, holding.to.earliest]
    return from < to ? [{ holding, from, to }] : []
  })
  const circleId = role.holdings[0]?.fact.circleId
  const steps: InfluenceStep[] = []
  let before = NOTHING
  for (const at of bordersOf(certain, role.wordings)) {
    const running = certain.filter(({ from, to }) => from <= at && at < to).map(({ holding }) => holding)
    const weight = unit ? 1 : weightAt(role.wordings, at)
    const now = unit ? unitLevels(running) : levelsOf(running, weight * weights.roleHeld, weight * weights.understudy)
    const about = { at, ...(circleId === undefined ? {} : { circleId }) }
    for (const personId of new Set([...before.held.keys(), ...now.held.keys()])) {
      const change = (now.held.get(personId) ?? 0) - (before.held.get(personId) ?? 0)
      if (change === 0) continue
      const acted = now.coveredFor.has(personId) && !before.coveredFor.has(personId)
      steps.push({ personId, component: 'roleHeld', ...about, ...stepOf(change, !acted) })
    }
    for (const personId of new Set([...before.understudy.keys(), ...now.understudy.keys()])) {
      const change = (now.understudy.get(personId) ?? 0) - (before.understudy.get(personId) ?? 0)
      if (change === 0) continue
      const tookIt = (now.held.get(personId) ?? 0) > (before.held.get(personId) ?? 0)
      steps.push({ personId, component: 'understudy', ...about, ...stepOf(change, !tookIt) })
    }
    before = now
  }
  return steps
}

/** A change of a level as a step, with a residue or without. */
export function stepOf(change: number, residue = true): { readonly standing: number; readonly decaying: number } {
  return { standing: change, decaying: change < 0 && residue ? -change : 0 }
}

function bordersOf(certain: readonly Certain[], wordings: KnownRole['wordings']): readonly number[] {
  const borders = new Set(certain.flatMap(({ from, to }) => [from, to]))
  for (const { from } of wordings) borders.add(from.earliest)
  return [...borders].filter(Number.isFinite).sort((a, b) => a - b)
}

/** What a role carried at a moment: as it was said last by then, else first. */
export function weightAt(wordings: KnownRole['wordings'], t: number): number {
  const said = wordings.findLast(({ from }) => from.earliest <= t) ?? wordings[0]
  return said?.fact.weight ?? 0
}

function isOfSeat({ fact: { kind } }: HoldingVersion): boolean {
  return kind === 'holder' || kind === 'co-holder'
}

function add(levels: Map<string, number>, personId: string, value: number): void {
  levels.set(personId, (levels.get(personId) ?? 0) + value)
}

function levelsOf(running: readonly HoldingVersion[], weight: number, learning: number): Levels {
  const held = new Map<string, number>()
  const understudy = new Map<string, number>()
  const coveredFor = new Set<string>()
  const acting = Map.groupBy(
    running.filter(({ fact }) => fact.kind === 'acting'),
    ({ fact }) => fact.onBehalfOf?.holdingId ?? '',
  )
  const seats = Map.groupBy(running.filter(isOfSeat), ({ fact }) => fact.seat)
  for (const [seat, named] of seats) {
    // A record from elsewhere names no seats: each of its holders has one of their own, and is named twice at times.
    const holders = seat === undefined ? onePerPerson(named) : named
    const shared = seat === undefined ? 1 : holders.length
    for (const holder of holders) {
      const actors = seat === undefined ? actorsOfImported(holders, acting) : acting.get(holder.fact.holdingId)
      if (!actors) {
        add(held, holder.fact.personId, weight / shared)
        continue
      }
      coveredFor.add(holder.fact.personId)
      for (const { fact } of actors) add(held, fact.personId, weight / shared / actors.length)
    }
  }
  const importedActing = acting.get('') ?? []
  // Nobody knows for whom they act: they carry it beside the holders.
  if (onePerPerson(seats.get(undefined) ?? []).length !== 1)
    for (const { fact } of onePerPerson(importedActing)) add(held, fact.personId, weight)
  for (const { fact } of running) if (fact.kind === 'understudy') understudy.set(fact.personId, learning)
  return { held, understudy, coveredFor }
}

function onePerPerson(holdings: readonly HoldingVersion[]): readonly HoldingVersion[] {
  return [...new Map(holdings.map((holding) => [holding.fact.personId, holding])).values()]
}

// It does not say for whom somebody acts: for the only holder there is.
function actorsOfImported(holders: readonly HoldingVersion[], acting: ReadonlyMap<string, HoldingVersion[]>) {
  return holders.length === 1 ? acting.get('') : undefined
}

/** Whether a holding counts as holding something: an honour without duties and a look-on do not. */
export function holdsSomething({ fact: { kind } }: HoldingVersion): boolean {
  return kind !== 'emeritus' && kind !== 'observer'
}

function unitLevels(running: readonly HoldingVersion[]): Levels {
  const held = new Map(running.filter(holdsSomething).map(({ fact }) => [fact.personId, 1]))
  return { held, understudy: new Map(), coveredFor: new Set() }
}

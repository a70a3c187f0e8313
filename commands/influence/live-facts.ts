import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { addStep, emptyLevel, type Level, levelAt } from '../../src/measures/influence.ts'
import {
  COMPONENTS,
  type Component,
  type InfluenceParameters,
  type InfluenceStep,
  type InfluenceWeights,
} from './component-facts.ts'
import { InfluenceFacts } from './influence-facts.ts'
import { StepQueue } from './step-queue.ts'

/** Influence by kind; what is not there is 0. */
export type Vector = ReadonlyMap<Component, number>

/**
 * Everybody's influence as it stands, kept up event by event: each thing an event bears on has its steps taken out and
 * put in anew, whoever else there is. Nothing is computed before somebody asks: a book that is loaded to be written to
 * needs none of it.
 */
export class LiveInfluence {
  #facts: InfluenceFacts | undefined
  #waiting: RecordedEvent[] = []
  #changed = new Set<string>()
  #parameters: InfluenceParameters
  readonly #steps = new Map<string, readonly Placed[]>()
  #levels = new Map<string, Map<Component, Level>>()
  #totals = new Map<string, Level>()
  #due = new StepQueue<Placed>()
  #time = Number.NEGATIVE_INFINITY
  /** Whose levels are summed. */
  readonly #counted = new Set<string>()
  #sum = emptyLevel()

  constructor(parameters: InfluenceParameters) {
    this.#parameters = parameters
  }

  /** Takes an event in. O(1). */
  note(event: RecordedEvent): void {
    if (this.#facts) this.#facts.apply(event)
    else this.#waiting.push(event)
  }

  /** What influence comes from, on both axes. */
  get facts(): InfluenceFacts {
    if (this.#facts) return this.#facts
    const facts = new InfluenceFacts((group) => this.#changed.add(group))
    for (const event of this.#waiting) facts.apply(event)
    this.#waiting = []
    this.#facts = facts
    return facts
  }

  /** Counts otherwise from now on: where that changes anything, all of it is put in anew. */
  set parameters(parameters: InfluenceParameters) {
    const same = countsTheSame(this.#parameters, parameters)
    this.#parameters = parameters
    if (!same) this.#restart()
  }

  /** Takes a person into the sum, or out of it. */
  count(personId: string, counts: boolean): void {
    if (counts === this.#counted.has(personId)) return
    if (counts) this.#counted.add(personId)
    else this.#counted.delete(personId)
    this.#addTo(this.#sum, personId, counts ? 1 : -1)
  }

  /** The influence of everybody counted, summed, at a moment that is not before the last one asked about. O(1). */
  sumAt(t: number): number {
    this.#catchUp(t)
    return levelAt(this.#sum, t, this.#halfLife)
  }

  /** One person's influence at such a moment. O(1). */
  totalOf(personId: string, t: number): number {
    this.#catchUp(t)
    const total = this.#totals.get(personId)
    return total ? levelAt(total, t, this.#halfLife) : 0
  }

  /** One person's influence by kind at such a moment. */
  vectorOf(personId: string, t: number): Vector {
    this.#catchUp(t)
    return vectorOf(this.#levels.get(personId), t, this.#halfLife)
  }

  /** Everybody's influence by kind at such a moment. */
  vectors(t: number): ReadonlyMap<string, Vector> {
    this.#catchUp(t)
    return new Map([...this.#levels].map(([personId, levels]) => [personId, vectorOf(levels, t, this.#halfLife)]))
  }

  /** Whether a moment can be asked about: time only goes on. */
  reaches(t: number): boolean {
    return t >= this.#time
  }

  get #halfLife(): number {
    return this.#parameters.halfLife ?? Number.POSITIVE_INFINITY
  }

  #catchUp(t: number): void {
    const { facts } = this
    if (t > this.#time) this.#time = t
    for (const group of this.#changed) {
      for (const step of this.#steps.get(group) ?? []) this.#take(step)
      const steps = facts
        .stepsOf(group, Number.MAX_SAFE_INTEGER, this.#parameters)
        .map((step) => ({ step, live: true }))
      this.#steps.set(group, steps)
      for (const step of steps) this.#put(step)
    }
    this.#changed.clear()
    for (let next = this.#due.next(this.#time); next; next = this.#due.next(this.#time))
      if (next.live) this.#add(next.step, 1)
  }

  #put(placed: Placed): void {
    if (placed.step.at <= this.#time) this.#add(placed.step, 1)
    else this.#due.add(placed.step.at, placed)
  }

  #take(placed: Placed): void {
    placed.live = false
    if (placed.step.at <= this.#time && !this.#due.has(placed)) this.#add(placed.step, -1)
  }

  #add(step: InfluenceStep, sign: 1 | -1): void {
    const { personId, component } = step
    const faded = this.#parameters.halfLife === undefined ? { ...step, decaying: 0 } : step
    const levels = this.#levels.get(personId) ?? new Map<Component, Level>()
    const level = levels.get(component) ?? emptyLevel()
    const total = this.#totals.get(personId) ?? emptyLevel()
    this.#levels.set(personId, levels.set(component, level))
    this.#totals.set(personId, total)
    addStep(level, faded, this.#halfLife, sign)
    addStep(total, faded, this.#halfLife, sign)
    if (this.#counted.has(personId)) addStep(this.#sum, faded, this.#halfLife, sign)
  }

  #addTo(sum: Level, personId: string, sign: 1 | -1): void {
    const total = this.#totals.get(personId)
    if (total) addStep(sum, total, this.#halfLife, sign)
  }

  #restart(): void {
    this.#levels = new Map()
    this.#totals = new Map()
    this.#due = new StepQueue()
    this.#sum = emptyLevel()
    this.#steps.clear()
    if (this.#facts) for (const group of this.#facts.groups()) this.#changed.add(group)
  }
}

interface Placed {
  readonly step: InfluenceStep
  /** Whether it still follows from what is known. */
  live: boolean
}

// The baseline is added to what is kept up here, not part of it.
function countsTheSame(a: InfluenceParameters, b: InfluenceParameters): boolean {
  const keys = Object.keys(a.weights) as (keyof InfluenceWeights)[]
  return a.halfLife === b.halfLife && a.unit === b.unit && keys.every((key) => a.weights[key] === b.weights[key])
}

function vectorOf(levels: ReadonlyMap<Component, Level> | undefined, t: number, halfLife: number): Vector {
  return new Map(
    COMPONENTS.flatMap((component) => {
      const level = levels?.get(component)
      const value = level ? levelAt(level, t, halfLife) : 0
      return value > 0 ? [[component, value] as const] : []
    }),
  )
}

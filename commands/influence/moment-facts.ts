import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import type { Component, InfluenceParameters, InfluenceStep } from './component-facts.ts'
import type { SaidEntry } from './entry-log.ts'

type Data = Readonly<Record<string, string>>

/** An act of a moment that counts by itself, whenever another act of its kind was. */
interface Moment {
  readonly component: Component
  /** Whose it is; several share it. */
  personIds(data: Data): readonly string[]
}

const of = (component: Component, field: string): Moment => ({ component, personIds: (data) => [data[field] ?? ''] })

/** Acts of a moment, by the type of event that records them: a line for each. */
export const MOMENTS: ReadonlyMap<string, Moment> = new Map([
  ['ProposalAdopted', of('proposalAdopted', 'proposerId')],
  ['ObjectionIntegrated', of('objectionIntegrated', 'objectorId')],
])

/** The thing an act of a moment is: itself. */
export function momentGroups(event: RecordedEvent): readonly string[] {
  return MOMENTS.has(event.type) ? [`moment ${event.id}`] : []
}

/** The steps by acts of a moment. */
export function momentSteps(entries: readonly SaidEntry[], { weights }: InfluenceParameters): InfluenceStep[] {
  return entries.flatMap(({ type, data, at }) => {
    const moment = MOMENTS.get(type)
    if (!moment) return []
    const { component } = moment
    const personIds = moment.personIds(data as Data)
    const decaying = weights[component] / personIds.length
    return personIds.map((personId) => ({ personId, component, at, standing: 0, decaying }))
  })
}

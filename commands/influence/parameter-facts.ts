import { DAY_MS } from '../../src/kernel/dates.ts'
import type { Policies } from '../community/policy-table.ts'
import { type InfluenceParameters, type InfluenceWeights, STANDARD_WEIGHTS } from './component-facts.ts'

/** How influence is counted by the rules of a community. */
export function parametersOf({
  halfLifeDays,
  baselineVoice,
  influenceWeights,
}: Pick<Policies, 'halfLifeDays' | 'baselineVoice' | 'influenceWeights'>): InfluenceParameters {
  const weights = { ...STANDARD_WEIGHTS, ...(influenceWeights as Partial<InfluenceWeights>) }
  return { weights, halfLife: halfLifeDays * DAY_MS, baseline: baselineVoice }
}

import type { Policies } from '../community/policy-table.ts'

/** The rule for how much a role carries: the one of the highest weight it reaches; undefined where none asks for anybody. */
export function ruleForWeight(
  { partnersByWeight }: Pick<Policies, 'partnersByWeight'>,
  weight: number,
): Policies['partnersByWeight'][number] | undefined {
  return partnersByWeight
    .filter(({ fromWeight }) => fromWeight <= weight)
    .toSorted((a, b) => a.fromWeight - b.fromWeight)
    .at(-1)
}

/** To how many people the holder of a role of a weight answers, where that is asked at all. */
export function partnersForWeight(policies: Pick<Policies, 'partnersByWeight'>, weight: number): number {
  const rule = ruleForWeight(policies, weight)
  return rule === undefined || rule.mode === 'off' ? 0 : rule.partners
}

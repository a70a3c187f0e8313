import { dateBounds } from '../../src/kernel/dates.ts'
import { FactLog, type FactVersion, isKnownAt } from '../../src/kernel/fact-log.ts'
import { defineSlice } from '../../src/kernel/folds.ts'
import { type AgreementFact, agreementFold } from './agreement-facts.ts'
import { agreementCases } from './agreement-log.ts'

export interface AgreementsState {
  readonly facts: FactLog<AgreementFact>
  readonly byProposal: Map<string, string>
  /** Who will carry what a proposal says, once it is adopted, by their own word. */
  readonly willCarry: Map<string, Set<string>>
  /** The first constitutional agreement, where there is one. */
  foundingId: string | undefined
}

export const agreementsSlice = defineSlice<AgreementsState>({
  name: 'agreements',
  book: 'open',
  initial: () => ({
    facts: new FactLog(agreementFold),
    byProposal: new Map(),
    willCarry: new Map(),
    foundingId: undefined,
  }),
  cases: agreementCases<AgreementsState>(),
})

/** An agreement in force at a moment (ms), as the book says now. */
export function agreementAt(
  { facts }: AgreementsState,
  agreementId: string,
  t: number,
): FactVersion<AgreementFact> | undefined {
  return facts
    .versions(agreementId)
    .find(
      (version) => isKnownAt(version, Number.MAX_SAFE_INTEGER) && version.from.earliest <= t && t < version.to.earliest,
    )
}

/** Agreements that are in force on the day of their next review. */
export function dueForReview(
  state: AgreementsState,
): readonly { readonly fact: AgreementFact; readonly dueAt: number }[] {
  return [...state.facts.subjects()].flatMap((id) => {
    const last = state.facts.versions(id).findLast((version) => isKnownAt(version, Number.MAX_SAFE_INTEGER))
    if (!last) return []
    const dueAt = dateBounds(last.fact.reviewDate).earliest
    return dueAt < last.to.earliest ? [{ fact: last.fact, dueAt }] : []
  })
}

import { type AgreementFact, agreementFold } from '../../commands/agreements/agreement-facts.ts'
import { type AgreementLog, agreementCases } from '../../commands/agreements/agreement-log.ts'
import { AgreementReviewed } from '../../commands/agreements/events.ts'
import type { Point } from '../../src/kernel/define-question.ts'
import { FactLog, type FactVersion, isKnownAt } from '../../src/kernel/fact-log.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'

export interface AgreementsView extends AgreementLog {
  /** What was put in the place of an agreement, and by which revision. */
  readonly replacedBy: Map<string, { readonly id: string; readonly revision: number }>
}

export const agreementsProjection = defineProjection<AgreementsView>({
  name: 'agreements',
  version: 1,
  summary: 'What was adopted, as long as it is in force: who carries it and when it is looked at again.',
  initial: () => ({
    facts: new FactLog(agreementFold),
    byProposal: new Map(),
    willCarry: new Map(),
    foundingId: undefined,
    replacedBy: new Map(),
  }),
  cases: [
    ...agreementCases<AgreementsView>(),
    on(AgreementReviewed, ({ replacedBy }, { agreementId, replacedBy: id }, { revision }) => {
      if (id !== undefined) replacedBy.set(agreementId, { id, revision })
    }),
  ],
})

/** What the record said of an agreement by a revision, in order of time. */
export function agreementFacts(view: AgreementLog, agreementId: string, revision: number) {
  return view.facts.versions(agreementId).filter((version) => isKnownAt(version, revision))
}

/** An agreement in force at a point. */
export function agreementThen(
  view: AgreementLog,
  agreementId: string,
  { asOf, revision }: Point,
): FactVersion<AgreementFact> | undefined {
  return agreementFacts(view, agreementId, revision).find(({ from, to }) => from.earliest <= asOf && asOf < to.earliest)
}

/** Agreements in force at a point, in the order they were recorded. */
export function agreementsThen(view: AgreementLog, point: Point): readonly FactVersion<AgreementFact>[] {
  return [...view.facts.subjects()].flatMap((id) => agreementThen(view, id, point) ?? [])
}

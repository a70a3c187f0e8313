import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import type { FactLog } from '../../src/kernel/fact-log.ts'
import { type Case, on } from '../../src/kernel/folds.ts'
import { MemberLeft, MembershipEnded } from '../community/events.ts'
import type { AgreementFact } from './agreement-facts.ts'
import {
  AgreementRecorded,
  AgreementRetired,
  AgreementReviewed,
  AgreementReviewProposed,
  ResponsibilityAccepted,
  ResponsibilityEnded,
} from './events.ts'

/** What every fold of agreements keeps. */
export interface AgreementLog {
  readonly facts: FactLog<AgreementFact>
  /** Agreement ids by the proposal that was adopted. */
  readonly byProposal: Map<string, string>
  readonly willCarry: Map<string, Set<string>>
  foundingId: string | undefined
}

// Whoever is a member no longer carries nothing here, nor do they where they join again.
function left({ facts, willCarry }: AgreementLog, { personId }: { personId: string }, event: RecordedEvent): void {
  for (const agreementId of facts.subjects())
    if (facts.versions(agreementId).at(-1)?.fact.carriedBy.includes(personId)) facts.add(agreementId, event)
  for (const persons of willCarry.values()) persons.delete(personId)
}

/** The cases of any fold that keeps agreements. */
export function agreementCases<State extends AgreementLog>(): readonly Case<State>[] {
  return [
    on(AgreementRecorded, (state, data, event) => {
      state.facts.add(data.agreementId, event)
      state.byProposal.set(data.proposalId, data.agreementId)
      if (data.founding) state.foundingId ??= data.agreementId
    }),
    on(ResponsibilityAccepted, (state, data, event) => {
      if (data.agreementId !== undefined) return void state.facts.add(data.agreementId, event)
      if (data.proposalId === undefined) return
      const known = state.willCarry.get(data.proposalId) ?? new Set()
      state.willCarry.set(data.proposalId, known.add(data.personId))
    }),
    on(ResponsibilityEnded, (state, data, event) => {
      if (data.agreementId !== undefined) state.facts.add(data.agreementId, event)
      else if (data.proposalId !== undefined) state.willCarry.get(data.proposalId)?.delete(data.personId)
    }),
    on(MemberLeft, left),
    on(MembershipEnded, left),
    on(AgreementReviewProposed, (state, data, event) => void state.facts.add(data.agreementId, event)),
    on(AgreementReviewed, (state, data, event) => void state.facts.add(data.agreementId, event)),
    on(AgreementRetired, (state, data, event) => void state.facts.add(data.agreementId, event)),
  ]
}

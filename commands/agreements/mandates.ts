import type { DecideContext } from '../../src/kernel/define-command.ts'
import type { Mandate } from '../../src/kernel/parts.ts'
import { type Refusal, unknownReference } from '../../src/kernel/refusal.ts'
import { type AgreementsState, agreementAt } from './state.ts'

/** A mandate with whom it names. */
export interface GivenMandate extends Mandate {
  /** Whether it is this act that was adopted, or one that cites what was. */
  readonly carried: boolean
  names(personId: string): boolean
}

/**
 * The mandate under which a command is given: that of the proposal which carries it, else that of the adopted proposal it
 * cites, as long as what was adopted is in force. Whether an act keeps to the words of its mandate, people read: both
 * stand in the book.
 */
export function mandateOf(
  agreements: AgreementsState,
  proposalId: string | undefined,
  { mandate, now }: Pick<DecideContext, 'mandate' | 'now'>,
): GivenMandate | undefined {
  if (mandate) return { ...mandate, carried: true, names: () => true }
  const agreementId = proposalId === undefined ? undefined : agreements.byProposal.get(proposalId)
  const agreement = agreementId === undefined ? undefined : agreementAt(agreements, agreementId, now)?.fact.recorded
  if (!agreement || agreement.decisionClass === 'recall') return undefined
  const { proposerId: proposedBy, decisionClass, names } = agreement
  return {
    proposalId: agreement.proposalId,
    proposedBy,
    decisionClass,
    carried: false,
    names: (id) => names.includes(id),
  }
}

/** Refuses a citation of what gives no mandate: the record would name one that is not there. */
export function unknownMandate(proposalId: string | undefined, mandate: GivenMandate | undefined): Refusal | undefined {
  if (proposalId === undefined || mandate) return undefined
  return unknownReference('/proposalId', proposalId, 'adopted proposal in force')
}

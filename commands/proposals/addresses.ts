import type { HttpBinding } from '../../src/kernel/define-command.ts'
import { objectionId, proposalId } from './decision-facts.ts'

const location = '/proposals/{proposalId}'

/** Where a command about a proposal stands. An answer is to a version, which its body names, so it has no target. */
export function aboutProposal(what: string): HttpBinding {
  return { method: 'POST', path: `/proposals/{proposalId}/${what}`, location }
}

/** As {@link aboutProposal}, for commands by which nobody loses a version that has come since. */
export function aboutVersion(what: string): HttpBinding {
  return { ...aboutProposal(what), target: 'proposal:{proposalId}' }
}

/** Where a command about an objection stands. */
export function aboutObjection(what: string): HttpBinding {
  return aboutProposal(`objections/{objectionId}/${what}`)
}

/** The fields by which a command names an objection. */
export const whichObjection = { proposalId: proposalId(), objectionId: objectionId() }

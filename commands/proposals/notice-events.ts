import { defineEvent, plain } from '../../src/kernel/define-event.ts'
import { idOf, momentForm } from '../../src/kernel/text.ts'
import { objectionId, proposalId } from './decision-facts.ts'

export const CompanyOffered = defineEvent({
  type: 'CompanyOffered',
  version: 1,
  book: 'open',
  summary:
    'A notice: somebody objects alone, and may ask anybody but the proposer to stand beside them. Who does is private.',
  fields: {
    proposalId: plain(1, proposalId()),
    objectionId: plain(1, objectionId()),
    objectorId: plain(1, idOf('person')),
    since: plain(1, momentForm()),
    until: plain(1, momentForm()),
  },
  touches: (data) => [`proposal:${data.proposalId}`, `member:${data.objectorId}`],
  effectiveAt: (data) => data.since,
})

export const ProposalLapsed = defineEvent({
  type: 'ProposalLapsed',
  version: 1,
  book: 'open',
  summary: 'A notice: nothing had moved in a proposal for so long that it lapsed. It had lapsed then, noticed or not.',
  fields: { proposalId: plain(1, proposalId()), lapsedAt: plain(1, momentForm()) },
  touches: (data) => [`proposal:${data.proposalId}`, 'proposals'],
  effectiveAt: (data) => data.lapsedAt,
})

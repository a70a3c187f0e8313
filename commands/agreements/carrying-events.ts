import { defineEvent, plain } from '../../src/kernel/define-event.ts'
import { askFieldsOf, askParts } from '../asks/events.ts'
import { proposalId } from '../proposals/decision-facts.ts'
import { agreementId } from './events.ts'

export const CarryingAsked = defineEvent({
  type: 'CarryingAsked',
  version: 1,
  book: 'private',
  summary: 'Somebody is asked to carry an agreement, or what a proposal becomes once it is adopted.',
  fields: {
    ...askFieldsOf('carrying'),
    agreementId: plain(2, agreementId().optional()),
    proposalId: plain(2, proposalId().optional()),
  },
  ...askParts,
})

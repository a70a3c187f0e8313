import { defineEvent, type EventFields, plain } from '../../src/kernel/define-event.ts'
import { idOf } from '../../src/kernel/text.ts'
import { askFieldsOf, askParts } from '../asks/events.ts'
import { objectionId, proposalId } from './decision-facts.ts'

const fields = {
  ...askFieldsOf('company'),
  proposalId: plain(2, proposalId()),
  objectionId: plain(2, objectionId()),
} satisfies EventFields

export const ObjectorSupportOffered = defineEvent({
  type: 'ObjectorSupportOffered',
  version: 1,
  book: 'private',
  summary: 'Somebody offers to stand beside whoever objects. Only the two know.',
  fields,
  ...askParts,
})

export const CompanyAskedFor = defineEvent({
  type: 'CompanyAskedFor',
  version: 1,
  book: 'private',
  summary: 'Whoever objects asks somebody to stand beside them. Only the two know.',
  fields,
  ...askParts,
})

const person = idOf('person')

export const ObjectorSupportAccepted = defineEvent({
  type: 'ObjectorSupportAccepted',
  version: 1,
  book: 'private',
  summary: 'The one who was asked has said yes: they stand together. The open book says nothing of it.',
  fields: { askId: plain(2, idOf('ask')), askedBy: plain(2, person), askedOf: plain(2, person) },
  ...askParts,
})

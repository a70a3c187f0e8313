import { defineEvent, plain } from '../../src/kernel/define-event.ts'
import { idOf, momentForm } from '../../src/kernel/text.ts'
import { guardsNoticed } from './events.ts'

const person = idOf('person')
const proposal = plain(1, idOf('proposal'))

export const RoleOfferAdopted = defineEvent({
  type: 'RoleOfferAdopted',
  version: 1,
  book: 'open',
  summary: 'An adopted proposal offers a role to somebody: the adoption is the offer. Nothing is held by it.',
  fields: {
    // They answer it as any ask; whether they declined stands nowhere in this book.
    askId: plain(1, idOf('ask')),
    proposalId: proposal,
    proposedBy: plain(1, person),
    roleId: plain(1, idOf('role')),
    circleId: plain(1, idOf('circle')),
    toId: plain(1, person),
    termStart: plain(1, momentForm()),
    termEnd: plain(1, momentForm()),
    besideHoldingId: plain(1, idOf('holding').optional()),
    respondBy: plain(1, momentForm()),
    snapshot: plain(1, guardsNoticed()),
  },
  touches: (data) => [
    `role:${data.roleId}`,
    `circle:${data.circleId}`,
    `member:${data.toId}`,
    `proposal:${data.proposalId}`,
  ],
})

export const RoleRecalled = defineEvent({
  type: 'RoleRecalled',
  version: 1,
  book: 'open',
  summary: 'A term has ended before its time, by an adopted proposal to end it together.',
  fields: {
    holdingId: plain(1, idOf('holding')),
    personId: plain(1, person),
    roleId: plain(1, idOf('role')),
    circleId: plain(1, idOf('circle')),
    proposalId: proposal,
  },
  touches: (data) => [
    `member:${data.personId}`,
    `role:${data.roleId}`,
    `circle:${data.circleId}`,
    `holding:${data.holdingId}`,
    `proposal:${data.proposalId}`,
  ],
})

import { z } from 'zod'
import { defineEvent, plain } from '../../src/kernel/define-event.ts'
import { idOf, momentForm } from '../../src/kernel/text.ts'

const ofHolding = {
  holdingId: plain(1, idOf('holding')),
  personId: plain(1, idOf('person')),
  roleId: plain(1, idOf('role')),
  circleId: plain(1, idOf('circle')),
  termEnd: plain(1, momentForm()),
}
const touchesHolding = (data: { holdingId: string; personId: string; roleId: string; circleId: string }) => [
  `member:${data.personId}`,
  `role:${data.roleId}`,
  `circle:${data.circleId}`,
  `holding:${data.holdingId}`,
]

export const RoleTermEndingNoticed = defineEvent({
  type: 'RoleTermEndingNoticed',
  version: 1,
  book: 'open',
  summary: 'A notice: a term ends in so many days.',
  fields: { ...ofHolding, daysBefore: plain(1, z.int()) },
  touches: touchesHolding,
})

export const RoleTermExpired = defineEvent({
  type: 'RoleTermExpired',
  version: 1,
  book: 'open',
  summary: 'A notice: a term has ended by its date. It had ended then, noticed or not.',
  fields: ofHolding,
  touches: touchesHolding,
  effectiveAt: (data) => data.termEnd,
})

const gap = {
  roleId: plain(1, idOf('role')),
  circleId: plain(1, idOf('circle')),
  gap: plain(1, z.enum(['vacant', 'no-second-person'])),
  since: plain(1, momentForm()),
}
const touchesRole = (data: { roleId: string; circleId: string }) => [`role:${data.roleId}`, `circle:${data.circleId}`]

export const RoleGapOpened = defineEvent({
  type: 'RoleGapOpened',
  version: 1,
  book: 'open',
  summary: 'A notice: nobody holds a role any longer, or whoever does is alone in one that carries much.',
  fields: gap,
  touches: touchesRole,
  effectiveAt: (data) => data.since,
})

export const RoleGapClosed = defineEvent({
  type: 'RoleGapClosed',
  version: 1,
  book: 'open',
  summary: 'A notice: the gap in a role is closed.',
  fields: { ...gap, until: plain(1, momentForm()) },
  touches: touchesRole,
  effectiveAt: (data) => data.until,
})

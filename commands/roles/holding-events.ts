import { z } from 'zod'
import { defineEvent, personal, plain } from '../../src/kernel/define-event.ts'
import { dateForm, idOf, line, momentForm } from '../../src/kernel/text.ts'
import { asked, askFields, askParts } from '../asks/events.ts'

const person = idOf('person')
const holding = idOf('holding')
/** The same in an ask: a schema is of one data class. */
const holdingAskedFor = () => plain(2, idOf('holding'))

const warning = z.strictObject({ code: z.string(), message: z.string() })

/** What a decision rested on, frozen with it: no replay decides again, and a later rule changes no earlier term. */
const snapshot = z.strictObject({
  policyVersion: z.int(),
  holdOverDays: z.int(),
  leaveStopsClockDays: z.int(),
  weight: z.number(),
  warnings: z.array(warning),
})
export type Snapshot = z.output<typeof snapshot>

const whose = {
  holdingId: plain(1, holding),
  personId: plain(1, person),
  roleId: plain(1, idOf('role')),
  circleId: plain(1, idOf('circle')),
}
type Whose = { holdingId: string; personId: string; roleId: string; circleId: string }
const touchesHolding = (data: Whose) => [
  `member:${data.personId}`,
  `role:${data.roleId}`,
  `circle:${data.circleId}`,
  `holding:${data.holdingId}`,
]
const term = {
  termNumber: plain(1, z.int()),
  termStart: plain(1, momentForm()),
  termEnd: plain(1, momentForm()),
}

export const RoleOffered = defineEvent({
  type: 'RoleOffered',
  version: 1,
  book: 'private',
  summary: 'Somebody is asked to take a role for a term. Nothing is held by it.',
  fields: {
    ...askFields,
    roleId: plain(2, idOf('role')),
    termStart: plain(2, momentForm()),
    termEnd: plain(2, momentForm()),
    besideHoldingId: plain(2, holding.optional()),
  },
  ...askParts,
})

export const RoleAccepted = defineEvent({
  type: 'RoleAccepted',
  version: 1,
  book: 'open',
  summary: 'A person has taken a role for a term, by their own yes.',
  fields: {
    ...whose,
    seat: plain(1, z.int()),
    ...term,
    besideHoldingId: plain(1, holding.optional()),
    /** The holding that was carried on after its term in this seat, and ends here. */
    takesOver: plain(1, holding.optional()),
    /** The person's own understudy seat in the role, which ends as they take it. */
    endsUnderstudy: plain(1, holding.optional()),
    asked,
    snapshot: plain(1, snapshot),
  },
  touches: touchesHolding,
  effectiveAt: (data) => data.termStart,
})

export const RoleTermRenewed = defineEvent({
  type: 'RoleTermRenewed',
  version: 1,
  book: 'open',
  summary: 'A holder goes on for another term, from the end of the one before.',
  fields: { ...whose, ...term, snapshot: plain(1, snapshot) },
  touches: touchesHolding,
})

export const RoleRelinquished = defineEvent({
  type: 'RoleRelinquished',
  version: 1,
  book: 'open',
  summary: 'A holder has stepped back. No reason is needed.',
  fields: { ...whose },
  touches: touchesHolding,
})

export const RoleTermEnded = defineEvent({
  type: 'RoleTermEnded',
  version: 1,
  book: 'open',
  summary: 'A term has ended because its holder left the community.',
  fields: { ...whose, reason: plain(1, z.enum(['holder-left'])) },
  touches: touchesHolding,
})

export const UnderstudyInvited = defineEvent({
  type: 'UnderstudyInvited',
  version: 1,
  book: 'private',
  summary: 'A holder asks somebody to learn the role beside them.',
  fields: { ...askFields, roleId: plain(2, idOf('role')) },
  ...askParts,
})

export const UnderstudyAccepted = defineEvent({
  type: 'UnderstudyAccepted',
  version: 1,
  book: 'open',
  summary: 'A person has begun to learn a role in order to take a turn, by their own yes.',
  fields: { ...whose, asked },
  touches: touchesHolding,
})

export const UnderstudyEnded = defineEvent({
  type: 'UnderstudyEnded',
  version: 1,
  book: 'open',
  summary: 'A person is no longer understudy of a role.',
  fields: { ...whose, reason: plain(1, z.enum(['ended', 'left', 'role-retired'])) },
  touches: touchesHolding,
})

export const RoleHandoverOffered = defineEvent({
  type: 'RoleHandoverOffered',
  version: 1,
  book: 'private',
  summary:
    'A holder offers to hand their role over. The notes are for the two, and for later holders once it is taken.',
  fields: {
    ...askFields,
    holdingId: holdingAskedFor(),
    roleId: plain(2, idOf('role')),
    handoverAt: plain(2, momentForm()),
    overlapFrom: plain(2, momentForm()),
    together: plain(2, z.boolean()),
    /** The notes as JSON text: commitments, accesses, contacts, lessons. */
    notes: personal(2, z.string(), 'askedBy'),
  },
  ...askParts,
})

export const RoleHandedOver = defineEvent({
  type: 'RoleHandedOver',
  version: 1,
  book: 'open',
  summary: 'A role passes from one holder to the next, by the yes of the next; for a time both hold it.',
  fields: {
    ...whose,
    from: plain(1, person),
    fromHoldingId: plain(1, holding),
    seat: plain(1, z.int()),
    overlapFrom: plain(1, momentForm()),
    handoverAt: plain(1, momentForm()),
    ...term,
    together: plain(1, z.boolean()),
    steps: plain(1, z.array(line(200))),
    endsUnderstudy: plain(1, holding.optional()),
    asked,
    snapshot: plain(1, snapshot),
  },
  touches: (data) => [...touchesHolding(data), `member:${data.from}`, `holding:${data.fromHoldingId}`],
  effectiveAt: (data) => data.overlapFrom,
})

export const HandoverStepDone = defineEvent({
  type: 'HandoverStepDone',
  version: 1,
  book: 'open',
  summary: 'A step of a handover is done, as the outgoing or incoming holder says.',
  fields: { ...whose, step: plain(1, z.int()) },
  touches: touchesHolding,
})

export const StandInAsked = defineEvent({
  type: 'StandInAsked',
  version: 1,
  book: 'private',
  summary: 'A holder asks somebody to act in their place for a time.',
  fields: {
    ...askFields,
    holdingId: holdingAskedFor(),
    roleId: plain(2, idOf('role')),
    from: plain(2, momentForm()),
    to: plain(2, momentForm().optional()),
  },
  ...askParts,
})

const acting = {
  ...whose,
  onBehalfOf: plain(1, person),
  forHoldingId: plain(1, holding),
}
const touchesActing = (data: Whose & { onBehalfOf: string; forHoldingId: string }) => [
  ...touchesHolding(data),
  `member:${data.onBehalfOf}`,
  `holding:${data.forHoldingId}`,
]

export const StandInAccepted = defineEvent({
  type: 'StandInAccepted',
  version: 1,
  book: 'open',
  summary: 'A person acts in a role in place of its holder, who asked them; the seat stays the holder’s.',
  fields: {
    ...acting,
    from: plain(1, momentForm()),
    to: plain(1, dateForm().optional()),
    asked,
    snapshot: plain(1, snapshot),
  },
  touches: touchesActing,
  effectiveAt: (data) => data.from,
})

export const SteppedIn = defineEvent({
  type: 'SteppedIn',
  version: 1,
  book: 'open',
  summary:
    'An understudy or co-holder acts, by their own act, while the holder is on leave; the seat stays the holder’s.',
  fields: { ...acting, until: plain(1, momentForm()), snapshot: plain(1, snapshot) },
  touches: touchesActing,
})

export const StandInEnded = defineEvent({
  type: 'StandInEnded',
  version: 1,
  book: 'open',
  summary: 'Nobody acts in the holder’s place any longer.',
  fields: acting,
  touches: touchesActing,
})

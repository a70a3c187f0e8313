import { z } from 'zod'
import { defineEvent, type EventFields, personalIfAny, plain } from '../../src/kernel/define-event.ts'
import { idOf, momentForm, prose } from '../../src/kernel/text.ts'

const person = idOf('person')

/** What people are asked about roles and records. Their events name these five; every other kind names itself. */
const FIRST_KINDS = ['role', 'handover', 'understudy', 'stand-in', 'attestation'] as const
/** What people are asked here. */
export const ASK_KINDS = [
  ...FIRST_KINDS,
  'invitation',
  'hosting',
  'mentorship',
  'accountability',
  'company',
  'carrying',
] as const
export type AskKind = (typeof ASK_KINDS)[number]

// A kind more is no other shape of any event that names one: each schema knows its own, and all read as a kind.
const kindIn = (schema: z.ZodType): z.ZodType<AskKind, AskKind> => schema as z.ZodType<AskKind, AskKind>

/** What every ask says: who asks whom what, about which role, holding or event, and until when it waits. */
export const askFields = {
  askId: plain(2, idOf('ask')),
  what: plain(2, kindIn(z.enum(FIRST_KINDS))),
  about: plain(2, z.string()),
  askedBy: plain(2, person),
  askedOf: plain(2, person),
  respondBy: plain(2, momentForm()),
} satisfies EventFields

/** What an ask of one kind says. */
export function askFieldsOf(kind: AskKind) {
  return { ...askFields, what: plain(2, kindIn(z.literal(kind))) }
}

/** An ask is a matter of its own, between who asks and who is asked. */
export const askParts = {
  matter: (data: { askId: string }) => data.askId,
  parties: (data: { askedBy: string; askedOf: string }) => [data.askedBy, data.askedOf],
  touches: (data: { askId: string }) => [`ask:${data.askId}`],
}

/** What a yes repeats of the ask it answers: all that anybody else will ever know of it. No private id stands in it. */
export const askedSchema = z.strictObject({
  what: kindIn(z.enum(FIRST_KINDS)),
  about: z.string(),
  by: person,
  at: momentForm(),
})
export const asked = plain(1, askedSchema)
export type Asked = z.output<typeof askedSchema>

/** What a yes to an ask of one kind repeats of it. */
export function askedOfKind(kind: AskKind) {
  return plain(1, askedSchema.extend({ what: kindIn(z.literal(kind)) }))
}

/** The yeses that stand in the private book, because the tie they make is itself private. */
export const PRIVATE_YESES: ReadonlySet<string> = new Set(['ObjectorSupportAccepted'])

const between = { askId: plain(2, idOf('ask')), askedBy: plain(2, person), askedOf: plain(2, person) }

export const AskDeclined = defineEvent({
  type: 'AskDeclined',
  version: 1,
  book: 'private',
  summary: 'Whoever was asked has said no. No reason is needed, and nobody but the two ever knows.',
  fields: { ...between, note: personalIfAny(2, prose(), 'askedOf') },
  ...askParts,
})

export const OfferDeclined = defineEvent({
  type: 'OfferDeclined',
  version: 1,
  book: 'private',
  summary: 'Somebody whom an adopted proposal offers a role has said no. Nobody but they ever knows.',
  fields: {
    askId: plain(2, idOf('ask')),
    personId: plain(2, person),
    note: personalIfAny(2, prose(), 'personId'),
  },
  matter: (data) => data.askId,
  parties: (data) => [data.personId],
  touches: (data) => [`ask:${data.askId}`],
})

export const AskWithdrawn = defineEvent({
  type: 'AskWithdrawn',
  version: 1,
  book: 'private',
  summary: 'Whoever asked no longer asks.',
  fields: between,
  ...askParts,
})

export const AskReminded = defineEvent({
  type: 'AskReminded',
  version: 1,
  book: 'private',
  summary: 'Whoever asked has asked once more; a third time there is not.',
  fields: between,
  ...askParts,
})

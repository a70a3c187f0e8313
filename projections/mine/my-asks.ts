import { z } from 'zod'
import { type Ask, askIn } from '../../commands/asks/ask.ts'
import { ASK_KINDS, type AskKind } from '../../commands/asks/events.ts'
import type { Yeses } from '../../commands/asks/yes-facts.ts'
import { askedByOffer, type OpenOffer, offerStatus } from '../../commands/roles/open-offers.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { sealedSchema } from '../../src/kernel/define-event.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import { textOf } from '../invitations/invitation-answers.ts'
import { invitationsProjection } from '../invitations/projection.ts'
import { type InvitationsView, lifeAt } from '../invitations/view.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { peopleProjection } from '../people/projection.ts'
import type { PeopleView } from '../people/view.ts'
import { openOffersProjection } from './open-offers.ts'
import { yesesProjection } from './yeses.ts'

/** What everybody will see once somebody says yes, in words: told before they do. */
const A_YES_SHOWS: Readonly<Record<AskKind, string>> = {
  role: 'that you hold the role, from when to when, who asked you and when',
  handover: 'that you take the role over from its holder, when, and the steps of the handover; never the notes',
  understudy: 'that you are understudy of the role, who asked you and when',
  'stand-in': "that you act in the holder's place, from when to when, who asked you and when",
  attestation: 'that you attested the record, and when',
  invitation: 'that you said yes, to what, who invited you and when; never what else they wrote',
  hosting: 'that you host the gathering, who asked you and when',
  mentorship: 'that you are their mentor, in what, and when they asked you',
  accountability: 'that they answer to you, in what, and when they asked you',
  carrying: 'that you carry the agreement, who asked you and when',
  company: 'nothing: only the two of you know that you stand together',
}

const askAnswer = z.object({
  askId: z.string(),
  what: z.enum(ASK_KINDS),
  about: z.string(),
  from: personRef,
  to: personRef,
  askedAt: z.string(),
  respondBy: z.string(),
  status: z.enum(['open', 'accepted', 'declined', 'withdrawn', 'lapsed']),
  waitsForMe: z.boolean(),
  reminded: z.boolean(),
  aYesShows: z.string(),
  terms: z.record(z.string(), z.unknown()).meta({ description: 'What was asked, in the fields of its kind' }),
})

export const myAsks = defineQuestion({
  name: 'my-asks',
  summary: 'What you were asked and what you asked others; what waits for your answer first.',
  reads: {
    people: peopleProjection,
    yeses: yesesProjection,
    invitations: invitationsProjection,
    offers: openOffersProjection,
  },
  params: z.strictObject({
    waiting: z.boolean().default(false).meta({ description: 'Only what waits for your answer' }),
  }),
  answer: classed(2, z.object({ asks: z.array(askAnswer), count: z.int(), waiting: z.int() })),
  timed: false,
  own: true,
  public: false,
  http: { path: '/mine/asks' },
  cli: { verb: 'my-asks' },
  ask({ people, yeses, invitations, offers }, { waiting }, context) {
    const asked = context.mine.all().flatMap((matter) => askIn(matter, yeses, context.now) ?? [])
    const offered = (offers.get(context.viewer ?? '') ?? []).map((open) => offerAsAsk(open, yeses, context))
    const all = [...offered, ...asked]
      .filter((ask) => ask.by === context.viewer || ask.of === context.viewer)
      .map((ask) => answerOf(people, invitations, ask, context))
    const first = all.filter((ask) => ask.waitsForMe)
    const asks = waiting ? first : [...first, ...all.filter((ask) => !ask.waitsForMe)]
    return { asks, count: asks.length, waiting: first.length }
  },
})

/** An offer of an adopted proposal as the person it was made to answers it: like any ask. */
function offerAsAsk(open: OpenOffer, yeses: Yeses, { mine, now }: AskContext): Ask {
  const { askId, toId, respondBy, proposedBy, snapshot: _, ...terms } = open.offer
  return {
    askId,
    ...askedByOffer(open),
    of: toId,
    respondBy,
    status: offerStatus(open, yeses, mine, now),
    reminded: false,
    eventId: open.eventId,
    data: terms,
  }
}

// The notes of a handover are read where they stand, in the matter itself.
const NOT_TERMS = new Set(['askId', 'what', 'about', 'askedBy', 'askedOf', 'respondBy', 'notes', 'snapshot'])

function answerOf(
  people: PeopleView,
  invitations: InvitationsView,
  ask: Ask,
  context: AskContext,
): z.output<typeof askAnswer> {
  return {
    askId: ask.askId,
    what: ask.what,
    about: ask.about,
    from: refOf(people, ask.by, context),
    to: refOf(people, ask.of, context),
    askedAt: ask.at,
    respondBy: ask.respondBy,
    status: ask.status,
    waitsForMe: ask.status === 'open' && ask.of === context.viewer,
    reminded: ask.reminded,
    aYesShows: A_YES_SHOWS[ask.what],
    terms: { ...termsOf(ask, context), ...asItIsNow(invitations, ask, context) },
  }
}

function termsOf({ data, eventId }: Ask, context: AskContext): Record<string, unknown> {
  const terms = Object.fromEntries(Object.entries(data).filter(([name]) => !NOT_TERMS.has(name)))
  const purpose = sealedSchema.safeParse(terms.purpose)
  if (!purpose.success) return terms
  const { community } = context
  const sealed = { community, book: 'private', eventId, pointer: '/purpose', value: purpose.data } as const
  return { ...terms, purpose: context.open(sealed) ?? null }
}

/** What one is asked to may have moved since, or be over: a yes is to what it is now. */
function asItIsNow(invitations: InvitationsView, { what, about }: Ask, context: AskContext): Record<string, unknown> {
  const life = what === 'invitation' || what === 'hosting' ? lifeAt(invitations, about, context)?.life : undefined
  if (!life) return {}
  return { title: life.title, kind: life.kind, startsAt: textOf(life.startsAt), endsAt: textOf(life.endsAt) }
}

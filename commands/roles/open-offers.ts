import { dateBounds } from '../../src/kernel/dates.ts'
import type { DecideContext } from '../../src/kernel/define-command.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import type { OwnMatters } from '../../src/kernel/matters.ts'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import type { AskStatus } from '../asks/ask.ts'
import { type Asked, OfferDeclined } from '../asks/events.ts'
import { type Yeses, yesText } from '../asks/yes-facts.ts'
import type { RoleOfferAdopted } from './mandate-events.ts'
import type { RolesState } from './state.ts'

/** An offer written into an adopted proposal; `at` is when it was adopted, RFC 3339. */
export interface OpenOffer {
  readonly offer: Stored<(typeof RoleOfferAdopted)['fields']>
  readonly at: string
  readonly eventId: string
}

/** What a yes to an open offer repeats of it. */
export function askedByOffer({ offer, at }: OpenOffer): Asked {
  return { what: 'role', about: offer.roleId, by: offer.proposedBy, at }
}

/** How an open offer stands for the person it was made to; `mine` are their own matters. */
export function offerStatus(open: OpenOffer, yeses: Yeses, mine: OwnMatters, now: number): AskStatus {
  const { askId, toId, respondBy } = open.offer
  if (mine.of(askId)?.events.some(({ type }) => type === OfferDeclined.type)) return 'declined'
  if (yeses.has(yesText(toId, askedByOffer(open)))) return 'accepted'
  return now >= dateBounds(respondBy).earliest ? 'lapsed' : 'open'
}

/** Offers of a role that stand in the open book under an ask's id, or that a proposal made. */
export function openOffersOf(
  { openOffers }: RolesState,
  { askId, proposalId }: { askId?: string | undefined; proposalId?: string | undefined },
): readonly OpenOffer[] {
  if (askId !== undefined) return [openOffers.get(askId) ?? []].flat()
  return [...openOffers.values()].filter(({ offer }) => offer.proposalId === proposalId)
}

/** The open offer that waits for the actor's answer, among some. @returns the refusal of whoever has none there. */
export function offerToAnswer(
  offers: readonly OpenOffer[],
  yeses: Yeses,
  { actor, mine, now }: Pick<DecideContext, 'actor' | 'mine' | 'now'>,
  notYours: () => Refusal,
): OpenOffer | Refusal {
  if (offers.length === 0) return refuse('NOT_FOUND', { message: 'There is no such ask.' })
  const own = offers.filter(({ offer }) => actor.kind === 'person' && offer.toId === actor.personId)
  const [first] = own
  if (!first) return notYours()
  const waiting = own.find((open) => offerStatus(open, yeses, mine, now) === 'open')
  if (waiting) return waiting
  const status = offerStatus(first, yeses, mine, now)
  const message = status === 'lapsed' ? 'Its time has passed.' : 'It was answered.'
  return refuse('ASK_CLOSED', { facts: { status }, message })
}

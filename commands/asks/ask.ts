import { DAY_MS, dateBounds, instantText } from '../../src/kernel/dates.ts'
import type { DecideContext } from '../../src/kernel/define-command.ts'
import type { Matter } from '../../src/kernel/matters.ts'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import { AskDeclined, type Asked, type AskKind, AskReminded, AskWithdrawn, PRIVATE_YESES } from './events.ts'
import { type Yeses, yesText } from './yes-facts.ts'

export type AskStatus = 'open' | 'accepted' | 'declined' | 'withdrawn' | 'lapsed'

/** An ask as one of its two parties knows it. */
export interface Ask {
  readonly askId: string
  readonly what: AskKind
  readonly about: string
  readonly by: string
  readonly of: string
  /** When it was asked, RFC 3339. */
  readonly at: string
  readonly respondBy: string
  readonly status: AskStatus
  readonly reminded: boolean
  /** The event it was asked by. */
  readonly eventId: string
  /** What was asked, in the fields of its kind. */
  readonly data: Readonly<Record<string, unknown>>
}

/** What a yes to an ask repeats of it. */
export function askedOf(ask: Pick<Ask, 'what' | 'about' | 'by' | 'at'>): Asked {
  return { what: ask.what, about: ask.about, by: ask.by, at: ask.at }
}

/** The ask a matter is; undefined for a matter of another kind. A lapse is derived: silence writes nothing. */
export function askIn(matter: Matter, yeses: Yeses, now: number): Ask | undefined {
  const first = matter.events[0]
  const data = first?.data as Record<string, unknown> | undefined
  if (!first || typeof data?.askId !== 'string' || typeof data.respondBy !== 'string') return undefined
  const ask = {
    askId: data.askId,
    what: data.what as AskKind,
    about: String(data.about),
    by: String(data.askedBy),
    of: String(data.askedOf),
    at: first.recordedAt,
    respondBy: data.respondBy,
    eventId: first.id,
    data,
  }
  const has = (type: string) => matter.events.some((event) => event.type === type)
  const status: AskStatus = has(AskDeclined.type)
    ? 'declined'
    : has(AskWithdrawn.type)
      ? 'withdrawn'
      : yeses.has(yesText(ask.of, askedOf(ask))) || matter.events.some(({ type }) => PRIVATE_YESES.has(type))
        ? 'accepted'
        : now >= dateBounds(ask.respondBy).earliest
          ? 'lapsed'
          : 'open'
  return { ...ask, status, reminded: has(AskReminded.type) }
}

export const ASK_REFUSALS = {
  ASK_CLOSED: 'The ask was answered, withdrawn, or its time has passed.',
}
export const YES_REFUSALS = {
  ...ASK_REFUSALS,
  NOT_YOURS_TO_ACCEPT: 'Only whoever was asked says yes. (Whoever is no party of an ask is told that there is none.)',
}

/** The open ask an act is about. @returns NOT_FOUND to whoever is no party, ASK_CLOSED where it waits for nothing. */
export function openAsk(
  askId: string,
  yeses: Yeses,
  { mine, now }: Pick<DecideContext, 'mine' | 'now'>,
): Ask | Refusal {
  const matter = mine.of(askId)
  const ask = matter && askIn(matter, yeses, now)
  if (!ask) return refuse('NOT_FOUND', { message: 'There is no such ask.' })
  if (ask.status === 'open') return ask
  const message = {
    accepted: 'It was answered.',
    declined: 'It was answered.',
    withdrawn: 'It was withdrawn.',
    lapsed: 'Its time has passed.',
  }[ask.status]
  return refuse('ASK_CLOSED', { facts: { status: ask.status }, message })
}

/** The open ask of a kind that the actor was asked, for their yes. */
export function askToAccept(
  askId: string,
  what: AskKind,
  yeses: Yeses,
  context: Pick<DecideContext, 'mine' | 'now' | 'actor'>,
): Ask | Refusal {
  const ask = openAsk(askId, yeses, context)
  if ('refused' in ask) return ask
  if (ask.what !== what) return refuse('NOT_FOUND', { message: 'There is no such ask.' })
  const { actor } = context
  if (actor.kind !== 'person' || ask.of !== actor.personId) {
    return refuse('NOT_YOURS_TO_ACCEPT', { message: 'Only whoever was asked says yes.' })
  }
  return ask
}

/** Until when an ask waits: as said, else as long as the community's rule has it. @returns a refusal for a moment that has passed. */
export function respondByOf(given: string | undefined, now: number, respondByDays: number): string | Refusal {
  if (given === undefined) return instantText(now + respondByDays * DAY_MS)
  if (dateBounds(given).earliest > now) return given
  return refuse('RESPOND_BY_IN_PAST', {
    pointer: '/respondBy',
    facts: { respondBy: given },
    message: 'Nobody can answer by a moment that has passed.',
  })
}

export const RESPOND_BY_IN_PAST = 'Nobody can answer by a moment that has passed.'

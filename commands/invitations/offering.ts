import { z } from 'zod'
import { DAY_MS, dateBounds, instantText } from '../../src/kernel/dates.ts'
import type { Actor } from '../../src/kernel/envelope.ts'
import { isRefusal, type Refusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf, line, momentForm, prose } from '../../src/kernel/text.ts'
import { RESPOND_BY_IN_PAST, respondByOf } from '../asks/ask.ts'
import { COERCIVE_INVITATION, coerces, coercionFields } from './coercion.ts'
import { INVITATION_KINDS, invitationAsks } from './events.ts'

export const INVITER_NOT_AGREED = 'Nobody invites in the name of another: they join by their own act.'

/** What every invitation may say, be it to all or to people by name. */
export const offeringFields = {
  kind: z.enum(INVITATION_KINDS),
  title: line(),
  purpose: prose(),
  respondBy: momentForm().optional().meta({ description: 'Two weeks from now unless the community has another rule' }),
  startsAt: momentForm().optional(),
  endsAt: momentForm().optional(),
  places: z
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .meta({ description: 'How many can say yes; all who like unless given' }),
  asks: invitationAsks().optional().meta({ description: 'What saying yes takes: said before anybody answers' }),
  proposalId: idOf('proposal')
    .optional()
    .meta({ description: 'Of an invitation into governance: the proposal it is about' }),
  inviterIds: z
    .array(idOf('person'))
    .max(50)
    .optional()
    .meta({ description: 'Yourself or nobody: others join by their own act' }),
  ...coercionFields,
}

export const OFFERING_REFUSALS = { COERCIVE_INVITATION, INVITER_NOT_AGREED, RESPOND_BY_IN_PAST }

const offering = z.strictObject(offeringFields)
export type Offering = z.output<typeof offering>

/** What an invitation says once it holds to the rules: what stands in its event. */
export interface Offered {
  readonly inviterId: string
  readonly respondBy: string
}

/**
 * Holds an invitation to the rules every one keeps. They look at the invitation and the community's own rules alone,
 * never at who invites: any member may, from the first minute.
 */
export function offeredBy(
  offering: Omit<Offering, 'kind' | 'title' | 'purpose'> & Pick<Offering, 'kind'>,
  actor: Actor,
  now: number,
  respondByDays: number,
): Offered | Refusal {
  const inviterId = actor.kind === 'person' ? actor.personId : ''
  const others = (offering.inviterIds ?? []).filter((id) => id !== inviterId)
  if (others.length > 0)
    return refuse('INVITER_NOT_AGREED', {
      pointer: '/inviterIds',
      facts: { inviterIds: others },
      message: INVITER_NOT_AGREED,
    })
  const respondBy = respondByOf(offering.respondBy, now, respondByDays)
  return (
    coerces(offering) ??
    datesMissing(offering, now) ??
    (offering.proposalId !== undefined && offering.kind !== 'governance'
      ? wrong('/proposalId', 'is for invitations into governance')
      : undefined) ??
    (isRefusal(respondBy) ? respondBy : { inviterId, respondBy })
  )
}

function datesMissing(
  { kind, startsAt, endsAt }: Pick<Offering, 'kind' | 'startsAt' | 'endsAt'>,
  now: number,
): Refusal | undefined {
  if (kind === 'gathering' && startsAt === undefined) return wrong('/startsAt', 'is needed for a gathering')
  if (kind === 'gathering' && endsAt === undefined) return wrong('/endsAt', 'is needed for a gathering')
  if (endsAt === undefined) return undefined
  return badDates(startsAt, endsAt, now)
}

/** Refuses an end that has passed or that comes before the beginning. */
export function badDates(startsAt: string | undefined, endsAt: string, now: number): Refusal | undefined {
  const end = dateBounds(endsAt).earliest
  if (end <= now) return wrong('/endsAt', 'must lie in the future')
  if (startsAt !== undefined && end <= dateBounds(startsAt).earliest)
    return wrong('/endsAt', 'must come after "startsAt"')
  return undefined
}

function wrong(pointer: string, rule: string): Refusal {
  return refuse('VALIDATION_FAILED', {
    pointer,
    facts: { findings: [{ pointer, rule }] },
    message: `"${pointer.slice(1)}" ${rule}.`,
  })
}

/** Until when somebody is not asked again who was asked at a moment; undefined where that has passed. */
export function waitsUntil(askedAt: number, now: number, reinviteWaitDays: number): string | undefined {
  const until = askedAt + reinviteWaitDays * DAY_MS
  return now < until ? instantText(until) : undefined
}

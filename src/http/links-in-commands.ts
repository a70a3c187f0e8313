import type { Outcome } from '../engine/submission.ts'
import { DAY_MS, instantText } from '../kernel/dates.ts'
import type { AnyCommand } from '../kernel/define-command.ts'
import type { Actor } from '../kernel/envelope.ts'
import { type Refusal, refuse } from '../kernel/refusal.ts'
import type { AppParts } from './parts.ts'
import { invalidField } from './problems.ts'

/** How long a link that a member made counts. */
const LINK_DAYS = 2
// Names nobody: what a link that does not count stands for, so that a repeat of a done act still finds its first answer.
const NOBODY = `person_${'0'.repeat(22)}`

export interface Redeemed {
  /** The body with the person the link was made for in place of the link. */
  readonly body: Record<string, unknown>
  readonly link?: string
  /** Why the link does not count. */
  readonly invalid?: Refusal
}

/** Reads the sign-in link of a command that redeems one; other commands keep their body as it is. */
export async function redeem(
  { redeems }: AnyCommand,
  { identity }: AppParts,
  community: string,
  sent: Record<string, unknown>,
): Promise<Redeemed | Refusal> {
  if (redeems === undefined) return { body: sent }
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return invalidField('', 'must be a JSON object')
  const { link, ...body } = sent
  if (redeems in body) return invalidField(`/${redeems}`, 'is not a field of this')
  if (typeof link !== 'string') return invalidField('/link', 'must be a sign-in link')
  const found = await identity.linkFor(link)
  if (found?.community === community) return { body: { ...body, [redeems]: found.personId }, link }
  const invalid = refuse('LINK_NOT_VALID', {
    pointer: '/link',
    message: 'The link does not count: it was used, its time has passed, or it was never made.',
  })
  return { body: { ...body, [redeems]: NOBODY }, invalid }
}

/** Refuses a link for somebody who has signed in before: that is the operator's to make. */
export async function mayNotOpen(
  { issues }: AnyCommand,
  { identity }: AppParts,
  community: string,
  { personId }: Record<string, unknown>,
): Promise<Refusal | undefined> {
  if (issues !== 'link' || typeof personId !== 'string' || !(await identity.hasSignedIn(community, personId)))
    return undefined
  return refuse('NOT_YOURS_TO_OPEN', { message: 'They have signed in before: the operator makes the next link.' })
}

/** The link an act issues, for its answer alone: where the answer was lost, a repeat of the act gives a fresh one. */
export async function issueLink(
  { issues, result }: AnyCommand,
  { identity, clock }: AppParts,
  community: string,
  actor: Actor,
  outcome: Outcome,
): Promise<Record<string, unknown>> {
  if (issues !== 'link' || outcome.kind !== 'done') return {}
  const personId = String(result?.(outcome.events).personId)
  if (await identity.hasSignedIn(community, personId)) return { link: null }
  const expiresAt = instantText(clock() + LINK_DAYS * DAY_MS)
  const madeBy = actor.kind === 'person' ? actor.personId : 'operator'
  const { link } = await identity.makeLink({ community, personId, expiresAt, madeBy })
  return { link, expiresAt }
}

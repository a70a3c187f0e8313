import type { z } from 'zod'
import { DAY_MS, instantText, parseDate } from '../kernel/dates.ts'
import { communityName, line } from '../kernel/text.ts'
import {
  InvalidTokenRequest,
  type LinkRequest,
  type Principal,
  SCOPES,
  type Scope,
  type TokenInfo,
  type TokenRequest,
} from './port.ts'

/** Longest life of a token, in days. */
export const MAX_TOKEN_DAYS = 366
/** Longest life of a sign-in link, in days. */
export const MAX_LINK_DAYS = 7
/** Life of a session, in days from the sign-in. */
export const SESSION_DAYS = 30

const SCOPES_OF: Readonly<Record<Principal['kind'], readonly Scope[]>> = {
  person: ['read', 'act'],
  service: ['read', 'import', 'found'],
  operator: SCOPES,
}

const COMMUNITY = communityName()
const LABEL = line(120)
const PERSON_ID = /^[\w.:-]{1,128}$/

/**
 * What is noted of a token that is issued now under this id. Scopes are listed once each, in the order of `SCOPES`.
 *
 * @throws InvalidTokenRequest where the expiry is past, no RFC 3339 instant or more than {@link MAX_TOKEN_DAYS} off, a
 * scope is missing, unknown or not for that kind, or a name is malformed.
 */
export function infoOfNew(request: TokenRequest, id: string, now: number): TokenInfo {
  const dates = {
    createdAt: instantText(now),
    expiresAt: instantText(checkedExpiry(request.expiresAt, now, MAX_TOKEN_DAYS)),
  }
  switch (request.kind) {
    case 'person': {
      return { id, kind: 'person', ...checkedPerson(request), scopes: checkedScopes(request), ...dates }
    }
    case 'service': {
      const community = request.community === '*' ? '*' : checked('community', COMMUNITY, request.community)
      const label = checked('label', LABEL, request.label)
      return { id, kind: 'service', community, label, scopes: checkedScopes(request), ...dates }
    }
    case 'operator':
      return { id, kind: 'operator', scopes: SCOPES, ...dates }
    default:
      throw new InvalidTokenRequest('kind must be person, service or operator')
  }
}

/**
 * What is noted of a sign-in link that is made now under this id. It has no scope: it opens nothing but a session.
 *
 * @throws InvalidTokenRequest where the expiry is past, no RFC 3339 instant or more than {@link MAX_LINK_DAYS} off, or an
 * id or name is malformed.
 */
export function infoOfLink(request: LinkRequest, id: string, now: number): TokenInfo {
  const { madeBy } = request
  if (!PERSON_ID.test(madeBy)) throw new InvalidTokenRequest('madeBy must be "operator" or an id of a person')
  const expiresAt = instantText(checkedExpiry(request.expiresAt, now, MAX_LINK_DAYS))
  return { id, kind: 'link', ...checkedPerson(request), madeBy, scopes: [], createdAt: instantText(now), expiresAt }
}

/** What is noted of the session that a link begins now, under this id. */
export function infoOfSession(link: TokenInfo, id: string, now: number): TokenInfo {
  return {
    id,
    kind: 'session',
    ...checkedPerson(link),
    scopes: SCOPES_OF.person,
    createdAt: instantText(now),
    expiresAt: instantText(now + SESSION_DAYS * DAY_MS),
  }
}

function checkedPerson({ community, personId }: { readonly community?: string; readonly personId?: string }): {
  readonly community: string
  readonly personId: string
} {
  const checkedCommunity = checked('community', COMMUNITY, community)
  if (personId === undefined || !PERSON_ID.test(personId))
    throw new InvalidTokenRequest('personId must be an id of a person')
  return { community: checkedCommunity, personId }
}

function checkedExpiry(text: string, now: number, maxDays: number): number {
  const date = parseDate(text)
  if (date?.precision !== 'instant') {
    throw new InvalidTokenRequest('expiresAt must be an instant, as 2026-12-31T12:00:00Z')
  }
  if (date.earliest <= now) throw new InvalidTokenRequest('expiresAt must be in the future')
  if (date.earliest > now + maxDays * DAY_MS) {
    throw new InvalidTokenRequest(`expiresAt must be at most ${maxDays} days from now`)
  }
  return date.earliest
}

function checkedScopes(request: Exclude<TokenRequest, { kind: 'operator' }>): readonly Scope[] {
  const allowed = SCOPES_OF[request.kind]
  const wanted = new Set(request.scopes)
  if (wanted.size === 0) throw new InvalidTokenRequest(`a ${request.kind} token needs a scope: ${allowed.join(', ')}`)
  for (const scope of wanted) {
    if (!allowed.includes(scope)) {
      throw new InvalidTokenRequest(`a ${request.kind} token may have the scopes ${allowed.join(', ')} only`)
    }
  }
  return allowed.filter((scope) => wanted.has(scope))
}

function checked(field: string, schema: z.ZodType<string>, value: string | undefined): string {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new InvalidTokenRequest(`${field} ${result.error.issues[0]?.message ?? 'is malformed'}`)
}

import type { z } from 'zod'
import { DAY_MS, instantText, parseDate } from '../kernel/dates.ts'
import { communityName, line } from '../kernel/text.ts'
import { InvalidTokenRequest, type Principal, SCOPES, type Scope, type TokenInfo, type TokenRequest } from './port.ts'

/** Longest life of a token, in days. */
export const MAX_TOKEN_DAYS = 366

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
  const dates = { createdAt: instantText(now), expiresAt: instantText(checkedExpiry(request.expiresAt, now)) }
  switch (request.kind) {
    case 'person': {
      const community = checked('community', COMMUNITY, request.community)
      if (!PERSON_ID.test(request.personId)) throw new InvalidTokenRequest('personId must be an id of a person')
      return { id, kind: 'person', community, personId: request.personId, scopes: checkedScopes(request), ...dates }
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

function checkedExpiry(text: string, now: number): number {
  const date = parseDate(text)
  if (date?.precision !== 'instant') {
    throw new InvalidTokenRequest('expiresAt must be an instant, as 2026-12-31T12:00:00Z')
  }
  if (date.earliest <= now) throw new InvalidTokenRequest('expiresAt must be in the future')
  if (date.earliest > now + MAX_TOKEN_DAYS * DAY_MS) {
    throw new InvalidTokenRequest(`expiresAt must be at most ${MAX_TOKEN_DAYS} days from now`)
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

function checked(field: string, schema: z.ZodType<string>, value: string): string {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new InvalidTokenRequest(`${field} ${result.error.issues[0]?.message ?? 'is malformed'}`)
}

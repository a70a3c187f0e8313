import { DAY_MS } from '../kernel/dates.ts'
import type { LiveToken } from './live-tokens.ts'
import type { Principal, TokenInfo } from './port.ts'
import type { KeptToken } from './token-store.ts'

/** A kept token or session ready for requests. Frozen, for every request with it is given the same object. */
export function liveToken({ info }: KeptToken): LiveToken {
  return {
    principal: Object.freeze(principalOf(info)),
    expiresAt: Date.parse(info.expiresAt),
    lastUsedDay: info.lastUsedOn === undefined ? -1 : Date.parse(info.lastUsedOn) / DAY_MS,
  }
}

function principalOf(info: TokenInfo): Principal {
  const { kind, id: tokenId, community, personId, label } = info
  const scopes = Object.freeze([...info.scopes])
  if (kind === 'operator') return { kind, scopes, tokenId }
  if (kind === 'service' && community !== undefined && label !== undefined) {
    return { kind, community, label, scopes, tokenId }
  }
  if ((kind === 'person' || kind === 'session') && community !== undefined && personId !== undefined) {
    const via = kind === 'session' ? 'session' : 'token'
    return { kind: 'person', community, personId, scopes, tokenId, via }
  }
  throw new TypeError(`token ${tokenId} lacks what a ${kind} token has, or is none`)
}

import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Identity, Principal } from '../identity/port.ts'
import { refuse } from '../kernel/refusal.ts'
import { RefusedRequest } from './problems.ts'

/** The cookie a session lives in. By its prefix browsers take it over TLS only, from this host only and for all of it. */
export const SESSION_COOKIE = '__Host-hearthbook'

const ATTRIBUTES: CookieSerializeOptions = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' }

/** Gives the browser a session, for as many seconds as it lives. */
export function setSessionCookie(reply: FastifyReply, session: string, seconds: number): void {
  reply.setCookie(SESSION_COOKIE, session, { ...ATTRIBUTES, maxAge: seconds })
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, ATTRIBUTES)
}

/**
 * Who is signed in by the cookie. A cookie that does not count is as good as none, for browsers send it unasked; and
 * nothing but a session counts in one.
 * @throws RefusedRequest with CROSS_SITE where the request could change something and does not come from a page of ours.
 */
export async function signedInBy(request: FastifyRequest, identity: Identity): Promise<Principal | 'nobody'> {
  const session = request.cookies[SESSION_COOKIE]
  if (session === undefined) return 'nobody'
  if (!isSafe(request) && siteOf(request) !== 'own') refuseCrossSite()
  const principal = await identity.authenticate(session)
  return principal?.kind === 'person' && principal.via === 'session' ? principal : 'nobody'
}

/** @throws RefusedRequest with CROSS_SITE where a browser says that the request comes from elsewhere. */
export function refuseOtherSites(request: FastifyRequest): void {
  if (siteOf(request) === 'other') refuseCrossSite()
}

/**
 * Whether a browser got here by a link on another site, or in a mail: then it keeps our cookie back, and sends it again
 * when a page of this server leads on.
 */
export function comesFromElsewhere(request: FastifyRequest): boolean {
  return isSafe(request) && siteOf(request) === 'other' && request.headers['sec-fetch-mode'] === 'navigate'
}

function refuseCrossSite(): never {
  throw new RefusedRequest(
    refuse('CROSS_SITE', {
      message: 'With a cookie this is taken from pages of this server only: Sec-Fetch-Site or Origin must say so.',
    }),
  )
}

const isSafe = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD'

/** Where the request comes from, as far as the browser tells. Its own verdict goes before the comparison of names. */
function siteOf({ headers, host }: FastifyRequest): 'own' | 'other' | 'unknown' {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'own' : 'other'
  const { origin } = headers
  if (origin === undefined) return 'unknown'
  const page = URL.parse(origin)
  // TLS may end before this server, so the page's scheme says nothing; it does say which port goes without saying.
  if (page?.protocol !== 'https:' && page?.protocol !== 'http:') return 'other'
  return page.host === URL.parse(`${page.protocol}//${host}`)?.host ? 'own' : 'other'
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Refusal, refuse } from '../kernel/refusal.ts'
import { callerOf } from './authorization.ts'
import type { AppParts } from './parts.ts'
import { invalid, notFound, sendProblem } from './problems.ts'
import { clearSessionCookie, refuseOtherSites, setSessionCookie } from './session-cookie.ts'

const SIGN_IN = z.strictObject({
  // People paste it, with the space or the line break beside it.
  link: z.string().trim().min(1, 'must be a sign-in link').max(512, 'must be a sign-in link'),
})
const NOTHING = z.strictObject({})

const linkNotValid = (): Refusal =>
  refuse('LINK_NOT_VALID', { message: 'This link was used, has expired or was never made. Ask for a new one.' })
const signedOut = (): Refusal => refuse('UNAUTHENTICATED', { message: 'Nobody is signed in.' })

/** Adds signing in by a one-time link, signing out, and the question who is signed in. */
export function addSignInRoutes(app: FastifyInstance, parts: AppParts): void {
  app.post('/v1/sign-in', (request, reply) => signIn(parts, request, reply))
  app.post('/v1/sign-out', (request, reply) => signOut(parts, request, reply))
  app.get('/v1/session', (request, reply) => whoIsSignedIn(parts, request, reply))
}

async function signIn({ identity, clock }: AppParts, request: FastifyRequest, reply: FastifyReply) {
  // Or a page elsewhere could sign its visitors in as somebody else, who would then read what they write here.
  refuseOtherSites(request)
  const body = SIGN_IN.safeParse(request.body ?? {})
  if (!body.success) return sendProblem(request, reply, invalid(body.error))
  const signedIn = await identity.signIn(body.data.link)
  if (!signedIn) return sendProblem(request, reply, linkNotValid())
  const { session, info } = signedIn
  const { community, personId, expiresAt } = info
  setSessionCookie(reply, session, Math.floor((Date.parse(expiresAt) - clock()) / 1000))
  return reply.code(201).header('cache-control', 'no-store').send({ community, personId, expiresAt, session })
}

async function signOut(parts: AppParts, request: FastifyRequest, reply: FastifyReply) {
  const body = NOTHING.safeParse(request.body ?? {})
  const refused = await signOutOf(request, parts, body.success ? undefined : invalid(body.error))
  if (refused) return sendProblem(request, reply, refused)
  // Also for nobody: their cookie may be one that no longer counts.
  clearSessionCookie(reply)
  return reply.code(204).header('cache-control', 'no-store').send()
}

/**
 * Ends the session a request comes with; for nobody there is none. Tokens for programs are not signed out of but revoked,
 * so one of those finds nothing here.
 * @throws RefusedRequest with CROSS_SITE where a page of another site made the browser send it.
 */
export async function signOutOf(
  request: FastifyRequest,
  { identity }: AppParts,
  malformed?: Refusal,
): Promise<Refusal | undefined> {
  // Without the cookie, too: the answer takes it back.
  refuseOtherSites(request)
  const caller = await callerOf(request, identity)
  if (malformed) return malformed
  if (caller === 'unknown') return signedOut()
  if (caller === 'nobody') return undefined
  if (caller.kind !== 'person' || caller.via !== 'session') return notFound()
  await identity.revoke(caller.tokenId)
  return undefined
}

async function whoIsSignedIn({ identity }: AppParts, request: FastifyRequest, reply: FastifyReply) {
  const caller = await callerOf(request, identity)
  if (typeof caller === 'string') return sendProblem(request, reply, signedOut())
  if (caller.kind !== 'person') return sendProblem(request, reply, notFound())
  const { community, personId, via, tokenId } = caller
  const { expiresAt } = (await identity.about(tokenId)) ?? {}
  return reply.header('cache-control', 'no-store').send({ community, personId, via, expiresAt })
}

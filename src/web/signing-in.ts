import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { callerOf } from '../http/authorization.ts'
import { giveByForm } from '../http/commands.ts'
import type { AppParts } from '../http/parts.ts'
import { invalid, notFound, sendProblem } from '../http/problems.ts'
import { clearSessionCookie, refuseOtherSites, setSessionCookie } from '../http/session-cookie.ts'
import { signOutOf } from '../http/sign-in.ts'
import { standingOf } from '../http/standing.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { html } from './html.ts'
import { joinPage, type SigningIn, signInPage } from './sign-in-page.ts'

const FORM_LIMIT = 4096
/** Where a person may be sent after signing in: a page of a community, and nowhere else. */
const NEXT = /^\/c\/[a-z][a-z0-9-]{1,62}\/[\w/?&=%.:+~-]*$/

const ADDRESS = z.object({
  link: z.string().max(512).optional(),
  next: z.string().max(2000).optional(),
  out: z.string().optional(),
})
const FORM = z.strictObject({ link: z.string().trim().min(1).max(512), next: z.string().max(2000).optional() })

/** Adds signing in by a one-time link, joining, and signing out, as forms that work without a script. */
export async function addSigningIn(app: FastifyInstance, parts: AppParts): Promise<void> {
  // Only here: nothing else takes what a form of another site could send.
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_LIMIT },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  app.get('/', async (request, reply) => {
    const caller = await callerOf(request, parts.identity)
    const home = typeof caller === 'object' && caller.kind === 'person' ? homeOf(parts, caller) : '/sign-in'
    return reply.header('cache-control', 'no-store').redirect(await home, 303)
  })
  app.get('/sign-in', (request, reply) => {
    const { data } = ADDRESS.safeParse(request.query)
    return signIn(reply, { link: data?.link, next: safe(data?.next), signedOut: data?.out !== undefined })
  })
  app.post('/sign-in', (request, reply) => takeLink(parts, request, reply))
  app.post('/sign-out', async (request, reply) => {
    const refused = await signOutOf(request, parts)
    if (isRefusal(refused)) return sendProblem(request, reply, refused)
    clearSessionCookie(reply)
    return reply.header('cache-control', 'no-store').redirect('/sign-in?out', 303)
  })
  app.get<{ Params: { community: string } }>('/c/:community/join', async (request, reply) => {
    const caller = await callerOf(request, parts.identity)
    const { community } = request.params
    const isTheirs = typeof caller === 'object' && caller.kind === 'person' && caller.community === community
    return isTheirs ? html(reply, joinPage(community)) : sendProblem(request, reply, notFound())
  })
  app.post<{ Params: { community: string } }>('/c/:community/join', (request, reply) => join(parts, request, reply))
}

async function takeLink(parts: AppParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  refuseOtherSites(request)
  const form = FORM.safeParse(request.body ?? {})
  if (!form.success) {
    if (form.error.issues.some(({ path }) => path[0] !== 'link'))
      return sendProblem(request, reply, invalid(form.error))
    return signIn(reply.code(400), { wrong: 'Put in the link you were given.' })
  }
  const next = safe(form.data.next)
  const signedIn = await parts.identity.signIn(linkIn(form.data.link))
  if (!signedIn) {
    const wrong =
      'This link does not count: it was used before, its time has passed, or it was never made. Ask for a new one.'
    return signIn(reply.code(401), { next, wrong })
  }
  const { community = '', personId = '', expiresAt } = signedIn.info
  setSessionCookie(reply, signedIn.session, Math.floor((Date.parse(expiresAt) - parts.clock()) / 1000))
  const home = await homeOf(parts, { community, personId })
  return reply.header('cache-control', 'no-store').redirect(home.endsWith('/join') ? home : (next ?? home), 303)
}

async function join(
  parts: AppParts,
  request: FastifyRequest<{ Params: { community: string } }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { community } = request.params
  const command = parts.registry.commands.get('JoinCommunity')
  if (!command) return sendProblem(request, reply, notFound())
  const sent = {
    displayName: String((request.body as { displayName?: unknown } | undefined)?.displayName ?? '').trim(),
  }
  const outcome = await giveByForm(command, parts, request, sent)
  const refusal = isRefusal(outcome) ? outcome : outcome.kind === 'refused' ? outcome.refusal : undefined
  if (refusal?.code === 'VALIDATION_FAILED')
    return html(reply.code(400), joinPage(community, 'Give a name of one line that the others know you by.'))
  if (refusal && refusal.code !== 'ALREADY_A_MEMBER') return sendProblem(request, reply, refusal)
  return reply.header('cache-control', 'no-store').redirect(`/c/${community}/roster`, 303)
}

/** Where somebody begins: at the roster, or where they join. */
async function homeOf(
  { engine }: AppParts,
  { community, personId }: { readonly community: string; readonly personId: string },
): Promise<string> {
  const standing = await standingOf(engine, community)
  return `/c/${community}/${standing?.isMember(personId) ? 'roster' : 'join'}`
}

function signIn(reply: FastifyReply, how: SigningIn): FastifyReply {
  return html(reply, signInPage(how))
}

/** People paste the bare link, or the whole address it came in. */
function linkIn(text: string): string {
  return URL.parse(text)?.searchParams.get('link') ?? text
}

function safe(next: string | undefined): string | undefined {
  return next !== undefined && NEXT.test(next) ? next : undefined
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AppParts } from '../http/parts.ts'
import { RefusedRequest, sendProblem } from '../http/problems.ts'
import { comesFromElsewhere } from '../http/session-cookie.ts'
import { auditPage } from './audit-page.ts'
import { eventPage } from './event-page.ts'
import { html } from './html.ts'
import { personPage } from './person-page.ts'
import { againPage } from './problem-page.ts'
import { Reader } from './reader.ts'
import { rolePage } from './role-page.ts'
import { rosterPage } from './roster-page.ts'
import { addSigningIn } from './signing-in.ts'
import { STYLE, STYLE_PATH } from './style.ts'

type Params = { readonly id?: string }

/** Adds the pages: plain HTML for people, made on the server from the answers of the API's questions. */
export async function addPages(app: FastifyInstance, parts: AppParts): Promise<void> {
  app.get(STYLE_PATH, (_request, reply) =>
    reply.header('cache-control', 'public, max-age=31536000, immutable').type('text/css; charset=utf-8').send(STYLE),
  )
  const add = (path: string, make: (reader: Reader, id: string) => Promise<string>) =>
    app.get(path, (request, reply) => show(parts, make, request, reply))
  add('/c/:community/roster', rosterPage)
  add('/c/:community/people/:id', personPage)
  add('/c/:community/roles/:id', rolePage)
  add('/c/:community/audit', auditPage)
  add('/c/:community/audit/:id', (reader, id) => eventPage(reader, parts.registry, id))
  app.get<{ Params: { community: string } }>('/c/:community', (request, reply) =>
    reply.redirect(`/c/${encodeURIComponent(request.params.community)}/roster`, 303),
  )
  await app.register((forms) => addSigningIn(forms, parts))
}

async function show(
  parts: AppParts,
  make: (reader: Reader, id: string) => Promise<string>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const reader = await Reader.of(request, parts)
  try {
    const text = await make(reader, (request.params as Params).id ?? '')
    return html(reply, text, 'private, no-cache')
  } catch (error) {
    if (!(error instanceof RefusedRequest)) throw error
    if (error.refusal.code === 'UNAUTHENTICATED' && comesFromElsewhere(request))
      return html(reply, againPage(request.url))
    return sendProblem(request, reply, error.refusal)
  }
}

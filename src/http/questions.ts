import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AnyQuestion } from '../kernel/define-question.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { type Answered, answerFor, framed } from './asking.ts'
import { callerOf } from './authorization.ts'
import { addressOf, routeOf } from './commands.ts'
import { csvOf } from './csv.ts'
import type { AppParts } from './parts.ts'
import { sendProblem } from './problems.ts'

/** Adds a route for every question of the registry. */
export function addQuestionRoutes(app: FastifyInstance, parts: AppParts): void {
  for (const question of parts.registry.questions.values()) {
    app.get(routeOf(addressOf(question.http)), (request, reply) => handle(question, parts, request, reply))
  }
}

async function handle(
  question: AnyQuestion,
  parts: AppParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const path = request.params as Record<string, string>
  const asker = { caller: await callerOf(request, parts.identity), community: path.community ?? '' }
  const sent = { path, query: request.query as Record<string, unknown> }
  const answered = await answerFor(question, asker, sent, parts)
  if (isRefusal(answered)) return sendProblem(request, reply, answered)
  const { viewer, answer, standing } = answered
  if (viewer === undefined) return send(question, answered, asker.caller === 'nobody', request, reply)
  // Whoever has left takes their own with them once; then the door is closed.
  if (!standing?.isMember(viewer)) await parts.identity.revokeAllOf(asker.community, viewer)
  return sendOwn(question, answer, reply)
}

function sendOwn(question: AnyQuestion, answer: Record<string, unknown>, reply: FastifyReply): FastifyReply {
  const revision = question.matterRevision?.(answer)
  if (revision !== undefined) reply.header('etag', `"${revision}"`)
  return reply
    .header('vary', 'Authorization, Cookie')
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(answer))
}

function send(
  question: AnyQuestion,
  answered: Answered,
  anybody: boolean,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { answer, asOf } = answered
  const { head, touchedAt } = answered.asked
  const csv = question.rows && wantsCsv(request)
  const etag = csv ? `"${head.revision}-csv"` : `"${touchedAt ?? head.revision}"`
  reply
    .header('vary', 'Accept, Authorization, Cookie')
    .header('cache-control', anybody ? 'public, no-cache' : 'private, no-cache')
    .header('etag', etag)
  // An answer without a moment of its own may change with the clock although the book has not.
  // Nor does a resource's tag say that nothing around it has.
  if (asOf !== undefined && touchedAt === undefined && names(request.headers['if-none-match'], etag))
    return reply.code(304).send()
  if (csv) return reply.type('text/csv; charset=utf-8').send(csvOf(question.rows?.(answer) ?? []))
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(framed(question, answered, request.url)))
}

function wantsCsv(request: FastifyRequest): boolean {
  return /\btext\/csv\b/.test(request.headers.accept ?? '')
}

// RFC 9110 13.1.2: a list of tags, compared weakly.
function names(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag) ?? false
}

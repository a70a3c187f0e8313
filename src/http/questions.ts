import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Asked } from '../engine/submission.ts'
import { instantText } from '../kernel/dates.ts'
import type { AnyQuestion } from '../kernel/define-question.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { momentForm } from '../kernel/text.ts'
import { callerOf, mayNotRead, ownerFor } from './authorization.ts'
import { addressOf, pathFields, routeOf } from './commands.ts'
import { csvOf } from './csv.ts'
import { MIN_REVISION, notReached } from './min-revision.ts'
import type { AppParts } from './parts.ts'
import { invalid, notFound, sendProblem } from './problems.ts'
import { fromQuery } from './query.ts'
import { letIn } from './standing.ts'

/** The point on the two axes, as every question takes it, and how far the book must have come at least. */
export function pointSchema(question: AnyQuestion): Record<string, z.ZodType> {
  // What is one's own is told as it is now.
  if (question.own) return { minRevision }
  const known = {
    minRevision,
    asKnownAt: momentForm()
      .optional()
      .meta({ description: 'What the record said by then: a day (its end) or an instant; now unless given' }),
    atRevision: z.int().min(0).optional().meta({ description: 'What the record said at exactly this revision' }),
  }
  return question.timed
    ? {
        asOf: momentForm()
          .optional()
          .meta({ description: 'What was so then: a day (its 00:00 UTC) or an instant; now unless given' }),
        ...known,
      }
    : known
}

/** Adds a route for every question of the registry. */
export function addQuestionRoutes(app: FastifyInstance, parts: AppParts): void {
  for (const question of parts.registry.questions.values()) {
    const inPath = pathFields(question.http.path)
    const shape = { ...(question.params as z.ZodObject).shape, ...pointSchema(question) }
    const schema = z.strictObject(shape)
    app.get(routeOf(addressOf(question.http)), (request, reply) =>
      handle(question, inPath, schema, parts, request, reply),
    )
  }
}

const minRevision = z.int().min(0).optional().meta({ description: MIN_REVISION })

type Params = { minRevision?: number; asOf?: string; asKnownAt?: string; atRevision?: number }

async function handle(
  question: AnyQuestion,
  inPath: readonly string[],
  schema: z.ZodObject,
  parts: AppParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const path = request.params as Record<string, string>
  const community = path.community ?? ''
  const caller = await callerOf(request, parts.identity)
  const { standing, result: viewer } = await letIn(parts.engine, caller, community, (standing) => {
    const access = { caller, community, standing }
    return question.own ? ownerFor(access, question.afterLeaving) : mayNotRead(access, question.public)
  })
  if (isRefusal(viewer)) return sendProblem(request, reply, viewer)
  const defaults = question.clockDefaults?.(parts.clock()) ?? {}
  const given = {
    ...defaults,
    ...fromQuery(request.query as Record<string, unknown>, schema.shape),
    ...Object.fromEntries(inPath.map((name) => [name, path[name]])),
  }
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    const named = parsed.error.issues.some((issue) => inPath.includes(String(issue.path[0])))
    return sendProblem(request, reply, named ? notFound() : invalid(parsed.error))
  }
  const { minRevision, asOf, asKnownAt, atRevision, ...params } = parsed.data as Params & Record<string, unknown>
  const behind = await notReached(parts.engine, community, minRevision, atRevision)
  if (behind) return sendProblem(request, reply, behind)
  const asked = await parts.engine.ask(community, question, params, { asOf, asKnownAt, atRevision }, viewer)
  const { answer } = asked
  if (answer === undefined) return sendProblem(request, reply, notFound())
  if (isRefusal(answer)) return sendProblem(request, reply, answer as Refusal)
  if (viewer !== undefined) {
    // Whoever has left takes their own with them once; then the door is closed.
    if (!standing?.isMember(viewer)) await parts.identity.revokeAllOf(community, viewer)
    return sendOwn(question, answer as Record<string, unknown>, reply)
  }
  return send(
    question,
    asked,
    answer as Record<string, unknown>,
    { asOf, ...defaults },
    caller === 'nobody',
    request,
    reply,
  )
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
  asked: Asked,
  answer: Record<string, unknown>,
  { asOf, ...defaults }: { asOf?: string | undefined; [name: string]: unknown },
  anybody: boolean,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { head, point, recordedAt, touchedAt } = asked
  const csv = question.rows && wantsCsv(request)
  const etag = csv ? `"${head.revision}-csv"` : `"${touchedAt ?? head.revision}"`
  reply
    .header('vary', 'Accept, Authorization, Cookie')
    .header('cache-control', anybody ? 'public, no-cache' : 'private, no-cache')
    .header('etag', etag)
  const moment = question.timed ? { asOf: asOf ?? instantText(point.asOf) } : {}
  // An answer without a moment of its own may change with the clock although the book has not.
  // Nor does a resource's tag say that nothing around it has.
  if (asOf !== undefined && touchedAt === undefined && names(request.headers['if-none-match'], etag))
    return reply.code(304).send()
  if (csv) return reply.type('text/csv; charset=utf-8').send(csvOf(question.rows?.(answer) ?? []))
  return reply.type('application/json; charset=utf-8').send(
    JSON.stringify({
      ...moment,
      asKnownAt: recordedAt ?? null,
      atRevision: point.revision,
      head,
      record: point.revision < 0 ? 'nothing-recorded-yet' : 'recorded',
      permalink: permalink(request, { ...defaults, ...moment }, point.revision),
      ...answer,
    }),
  )
}

function permalink(request: FastifyRequest, pinned: Readonly<Record<string, unknown>>, revision: number): string {
  const url = new URL(request.url, 'http://local')
  for (const [name, value] of Object.entries(pinned))
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(value))
  url.searchParams.delete('minRevision')
  // A book without a record by then has no revision to pin, and the day asked about stays what it was.
  if (revision >= 0) {
    url.searchParams.delete('asKnownAt')
    url.searchParams.set('atRevision', String(revision))
  }
  return `${url.pathname}${url.search}`
}

function wantsCsv(request: FastifyRequest): boolean {
  return /\btext\/csv\b/.test(request.headers.accept ?? '')
}

// RFC 9110 13.1.2: a list of tags, compared weakly.
function names(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag) ?? false
}

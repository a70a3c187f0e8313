import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { HotCommunity } from '../engine/hot-community.ts'
import { readEvents } from '../engine/loading.ts'
import type { Revision } from '../kernel/book.ts'
import type { RecordedEvent } from '../kernel/envelope.ts'
import { openedData } from '../kernel/opened.ts'
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.ts'
import { type Caller, callerOf, mayNotRead } from './authorization.ts'
import { EventStream } from './event-stream.ts'
import { OpenStreams } from './open-streams.ts'
import type { AppParts } from './parts.ts'
import { invalid, invalidField, sendProblem } from './problems.ts'
import { letIn, standingOf } from './standing.ts'

const HEARTBEAT_MS = 15_000

type StreamRequest = FastifyRequest<{ Params: { community: string } }>

/** Adds the open book as Server-Sent Events, for whoever may read it: each event once it is durable, in order. */
export function addStreamRoute(app: FastifyInstance, parts: AppParts): void {
  const open = new OpenStreams()
  // Or the server would wait for ever for answers that never end.
  app.addHook('preClose', async () => open.endAll())
  app.get<{ Params: { community: string } }>(
    '/v1/communities/:community/events/stream',
    { exposeHeadRoute: false },
    (request, reply) => handle(parts, open, request, reply),
  )
}

async function handle(parts: AppParts, open: OpenStreams, request: StreamRequest, reply: FastifyReply) {
  const { community } = request.params
  const caller = await callerOf(request, parts.identity)
  const { result: refusal } = await letIn(parts.engine, caller, community, (standing) =>
    mayNotRead({ caller, community, standing }, false),
  )
  if (refusal) return sendProblem(request, reply, refusal)
  const hot = await parts.engine.community(community)
  const head = await hot.durableHead().catch((error: unknown) => {
    if (hot.failed) return undefined
    throw error
  })
  if (!head) return sendProblem(request, reply.header('retry-after', '1'), loadingAgain())
  let after = startOf(request, head.revision)
  // Whoever comes back to another node may have seen more than that one knows yet.
  if (isRefusal(after) && (await parts.engine.catchUp(community))) after = startOf(request, hot.head.revision)
  if (isRefusal(after)) return sendProblem(request, reply, after)
  const reader = typeof caller === 'string' ? caller : caller.tokenId
  if (!open.hasRoomFor(reader)) return sendProblem(request, reply.header('retry-after', '15'), tooMany())
  const stream = new EventStream(reply, {
    heartbeatMs: parts.heartbeatMs ?? HEARTBEAT_MS,
    mayRead: async () => {
      if (hot.failed || (await mayNotFollow(parts, await callerOf(request, parts.identity), community))) return false
      await hot.freshKeys()
      return true
    },
  })
  open.add(stream, reader)
  await pass(parts, hot, after, stream).catch(() => stream.end())
  return reply
}

async function mayNotFollow({ engine }: AppParts, caller: Caller, community: string): Promise<Refusal | undefined> {
  const standing = typeof caller === 'string' ? undefined : await standingOf(engine, community)
  return mayNotRead({ caller, community, standing }, false)
}

/** Sends what the book has by now as fast as the reader takes it in, then what is added to it. */
async function pass(
  { engine, registry }: AppParts,
  hot: HotCommunity,
  after: Revision,
  stream: EventStream,
): Promise<void> {
  // A reader that is cut off before the first event comes back to here, not to a later head.
  await stream.send(() => `id: ${after}\n\n`)
  const { revision: to } = await hot.durableHead()
  if (to > after) {
    const book = { community: hot.id, book: 'open' } as const
    for await (const event of readEvents(engine.parts.ledgers, book, registry.events, { from: after + 1, to })) {
      await stream.send(() => textOf(event, hot))
      await stream.drained()
      if (stream.ended) return
    }
  }
  const stop = await hot.follow(
    to,
    (event) => stream.queue(() => textOf(event, hot)),
    () => stream.end(),
  )
  stream.atClose(stop)
}

function textOf(event: RecordedEvent, hot: HotCommunity): string {
  const { revision, id, type, actor, effectiveAt, recordedAt } = event
  const data = openedData(event, (sealed) => hot.open(sealed))
  const hash = hot.hashAt(revision)
  const line = JSON.stringify({ revision, id, type, actor, effectiveAt, recordedAt, data, hash })
  return `id: ${revision}\nevent: ${type}\ndata: ${line}\n\n`
}

const REVISION = /^(?:-1|0|[1-9]\d{0,14})$/
const AFTER = z.strictObject({ after: z.string().regex(REVISION, 'must be a revision, or -1 for all').optional() })

/** The revision after which to begin. A reader that comes back names it in the header, whatever its address says. */
function startOf(request: FastifyRequest, head: Revision): Revision | Refusal {
  const query = AFTER.safeParse(request.query)
  if (!query.success) return invalid(query.error)
  const header = request.headers['last-event-id']
  if (header !== undefined && !(typeof header === 'string' && REVISION.test(header)))
    return invalidField('Last-Event-ID', 'must be an id as this stream gives them, such as 17')
  const given = header ?? query.data.after
  const after = given === undefined ? head : Number(given)
  if (after <= head) return after
  // A book restored from a backup: going on from there would leave out what is written next.
  return invalidField(header === undefined ? '/after' : 'Last-Event-ID', 'is a revision this book does not have')
}

const tooMany = (): Refusal =>
  refuse('TOO_MANY_REQUESTS', { message: 'Too many streams are open. End one, or wait as long as Retry-After says.' })
const loadingAgain = (): Refusal =>
  refuse('STORE_UNAVAILABLE', { message: 'The community is being loaded again. Try again.' })

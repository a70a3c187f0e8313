import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { isRefusal } from '../kernel/refusal.ts'
import { callerOf, mayNotOperate, mayNotRead } from './authorization.ts'
import { notReached } from './min-revision.ts'
import type { AppParts } from './parts.ts'
import { invalid, invalidField, notFound, sendProblem } from './problems.ts'
import { fromQuery } from './query.ts'
import { letIn, standingOf } from './standing.ts'

/** Adds what lets anybody check the book on their own: checkpoints, inclusion proofs, the verifier key; and digests for the operator. */
export function addProofRoutes(app: FastifyInstance, parts: AppParts): void {
  const { engine, identity } = parts

  app.get<{ Params: { community: string } }>('/v1/communities/:community/checkpoint', async (request, reply) => {
    const book = await readableBook(parts, request.params.community, request)
    if (isRefusal(book)) return sendProblem(request, reply, book)
    const note = book.hot.checkpointAt(book.size)
    return note === undefined
      ? sendProblem(request, reply, notFound())
      : reply.type('text/plain; charset=utf-8').send(note)
  })

  app.get<{ Params: { community: string; revision: string }; Querystring: { size?: string } }>(
    '/v1/communities/:community/proofs/:revision',
    async (request, reply) => {
      const book = await readableBook(parts, request.params.community, request)
      if (isRefusal(book)) return sendProblem(request, reply, book)
      const { hot } = book
      const revision = Number(request.params.revision)
      const size = request.query.size === undefined ? book.size : Number(request.query.size)
      const hash = Number.isInteger(revision) && revision < book.size ? hot.hashAt(revision) : undefined
      if (hash === undefined) return sendProblem(request, reply, notFound())
      const checkpoint =
        Number.isInteger(size) && size > revision && size <= book.size ? hot.checkpointAt(size) : undefined
      if (checkpoint === undefined)
        return sendProblem(request, reply, invalidField('/size', 'must be a size the book has had, after the record'))
      return reply.send({ revision, hash, size, proof: hot.inclusionProof(revision, size), checkpoint })
    },
  )

  app.get<{ Params: { community: string } }>('/v1/communities/:community/digests', async (request, reply) => {
    const refusal = mayNotOperate(await callerOf(request, identity))
    if (refusal) return sendProblem(request, reply, refusal)
    const { community } = request.params
    if (!(await standingOf(engine, community))?.founded) return sendProblem(request, reply, notFound())
    return reply.send(await (await engine.community(community)).digests())
  })

  app.get('/v1/communities', async (request, reply) => {
    const refusal = mayNotOperate(await callerOf(request, identity))
    return refusal ? sendProblem(request, reply, refusal) : reply.send({ communities: await engine.list() })
  })

  app.get('/v1/keys', async (_request, reply) => reply.send({ checkpoints: parts.signerKey ?? null }))
}

const LEAST = z.object({ minRevision: z.int().min(0).optional() })

/** The book of a community the caller may read, and how many of its records are durable; or why they may not. */
async function readableBook({ engine, identity }: AppParts, community: string, request: FastifyRequest) {
  const caller = await callerOf(request, identity)
  const { result: refusal } = await letIn(engine, caller, community, (standing) =>
    mayNotRead({ caller, community, standing }, true),
  )
  if (refusal) return refusal
  const query = LEAST.safeParse(fromQuery(request.query as Record<string, unknown>, LEAST.shape))
  if (!query.success) return invalid(query.error)
  const behind = await notReached(engine, community, query.data.minRevision)
  if (behind) return behind
  const hot = await engine.community(community)
  const { revision } = await hot.durableHead()
  return { hot, size: revision + 1 }
}

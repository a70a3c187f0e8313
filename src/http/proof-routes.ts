import type { FastifyInstance } from 'fastify'
import { callerOf, mayNotOperate, mayNotRead } from './authorization.ts'
import { type AppParts, standingOf } from './parts.ts'
import { invalidField, notFound, sendProblem } from './problems.ts'

/** Adds what lets anybody check the book on their own: checkpoints, inclusion proofs, the verifier key; and digests for the operator. */
export function addProofRoutes(app: FastifyInstance, parts: AppParts): void {
  const { engine, identity } = parts

  app.get<{ Params: { community: string } }>('/v1/communities/:community/checkpoint', async (request, reply) => {
    const { community } = request.params
    const caller = await callerOf(request, identity)
    const refusal = mayNotRead({ caller, community, standing: await standingOf(engine, community) }, true)
    if (refusal) return sendProblem(request, reply, refusal)
    const hot = await engine.community(community)
    const head = await hot.durableHead()
    const note = hot.checkpointAt(head.revision + 1)
    return note === undefined
      ? sendProblem(request, reply, notFound())
      : reply.type('text/plain; charset=utf-8').send(note)
  })

  app.get<{ Params: { community: string; revision: string }; Querystring: { size?: string } }>(
    '/v1/communities/:community/proofs/:revision',
    async (request, reply) => {
      const { community } = request.params
      const caller = await callerOf(request, identity)
      const refusal = mayNotRead({ caller, community, standing: await standingOf(engine, community) }, true)
      if (refusal) return sendProblem(request, reply, refusal)
      const hot = await engine.community(community)
      const head = await hot.durableHead()
      const revision = Number(request.params.revision)
      const size = request.query.size === undefined ? head.revision + 1 : Number(request.query.size)
      const receipt = Number.isInteger(revision) && revision <= head.revision ? hot.receiptAt(revision) : undefined
      if (!receipt) return sendProblem(request, reply, notFound())
      const checkpoint =
        Number.isInteger(size) && size > revision && size <= head.revision + 1 ? hot.checkpointAt(size) : undefined
      if (checkpoint === undefined)
        return sendProblem(request, reply, invalidField('/size', 'must be a size the book has had, after the record'))
      return reply.send({ revision, hash: receipt.hash, size, proof: hot.inclusionProof(revision, size), checkpoint })
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

import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import fastify, { type FastifyInstance, LogController } from 'fastify'
import { refuse } from '../kernel/refusal.ts'
import { addPages } from '../web/pages.ts'
import { addCommandRoutes } from './commands.ts'
import { parseBody } from './json-body.ts'
import { addMetrics } from './metrics.ts'
import { openapiDocument } from './openapi.ts'
import type { AppParts } from './parts.ts'
import { addProblemPages } from './problem-pages.ts'
import { notFound, refusalOf, requestIdOf, sendProblem } from './problems.ts'
import { addProofRoutes } from './proof-routes.ts'
import { refuseManyParameters } from './query.ts'
import { addQuestionRoutes } from './questions.ts'
import { addRateLimit } from './rate-limit.ts'
import { addSignInRoutes } from './sign-in.ts'
import { addStreamRoute } from './stream.ts'

const BODY_LIMIT = 64 * 1024

/** The HTTP application: routes made from the registry, and what stands around them. It listens nowhere yet. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    ...(parts.logger ? { loggerInstance: parts.logger } : {}),
    // Fastify's own request lines hold addresses with ids in them; ours are made from an allow-list.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: (request) => requestIdOf(request.headers['x-request-id']),
    requestTimeout: 30_000, // a body that trickles in holds a socket no longer than this
    // With more time for the headers than for all of it, Node would let the body have as much.
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 1_000 },
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 400 },
    frameworkErrors: (error, request, reply) => {
      sendProblem(
        request,
        reply as never,
        refusalOf(error) ?? refuse('VALIDATION_FAILED', { message: 'The request cannot be read.' }),
      )
    },
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/json', 'application/problem+json'],
    { parseAs: 'buffer' },
    (_request, bytes, done) => {
      try {
        done(null, bytes.length === 0 ? {} : parseBody(bytes as Buffer))
      } catch (error) {
        done(error as Error)
      }
    },
  )
  app.setErrorHandler((error: Error, request, reply) => {
    const refusal = refusalOf(error)
    if (refusal?.code === 'STORE_UNAVAILABLE') reply.header('retry-after', '1')
    if (!refusal) request.log.error({ requestId: request.id, error: error.name }, 'request failed')
    return sendProblem(
      request,
      reply,
      refusal ?? refuse('INTERNAL', { message: 'A fault of this server. It was logged under the request id.' }),
    )
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  addMetrics(app)
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
      },
      useDefaults: false,
    },
    strictTransportSecurity: false, // whoever terminates TLS says so
  })
  await app.register(cookie)
  await addRateLimit(app, parts)
  app.addHook('onRequest', async (request) => refuseManyParameters(request.query))
  const routes: KnownRoute[] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, pattern: patternOf(url) })
  })
  addRoutes(app, parts)
  await addPages(app, parts)
  addFallbacks(app, routes)
  return app
}

function addRoutes(app: FastifyInstance, parts: AppParts): void {
  addCommandRoutes(app, parts)
  addQuestionRoutes(app, parts)
  addProofRoutes(app, parts)
  addSignInRoutes(app, parts)
  addStreamRoute(app, parts)
  addProblemPages(app, parts.registry)
  const openapi = JSON.stringify(openapiDocument(parts.registry))
  app.get('/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(openapi))
  app.get('/healthz', (_request, reply) => reply.send({ status: 'alive' }))
  app.get('/readyz', async (_request, reply) =>
    ((await parts.ready?.()) ?? true) ? reply.send({ status: 'ready' }) : reply.code(503).send({ status: 'not ready' }),
  )
}

/** An address that exists, with another method: 405 and what is allowed. Everything else: the one 404. */
function addFallbacks(app: FastifyInstance, routes: readonly KnownRoute[]): void {
  app.setNotFoundHandler((request, reply) => {
    const url = request.url.split('?')[0] ?? ''
    const allowed = [...new Set(routes.filter(({ pattern }) => pattern.test(url)).map(({ method }) => method))]
    if (allowed.length === 0) return sendProblem(request, reply, notFound())
    reply.header('allow', allowed.join(', '))
    const message = `This address takes ${allowed.join(' and ')}.`
    return sendProblem(request, reply, refuse('METHOD_NOT_ALLOWED', { facts: { allowed }, message }))
  })
}

interface KnownRoute {
  readonly method: string
  readonly pattern: RegExp
}

function patternOf(url: string): RegExp {
  return new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`)
}

import fastify, { type FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** The figures of one process. No label names a community, a person or a command. */
const registry = new Registry()
const requests = new Counter({
  name: 'hearthbook_http_requests_total',
  help: 'Requests answered, by kind and class of status',
  labelNames: ['kind', 'status'],
  registers: [registry],
})
const durations = new Histogram({
  name: 'hearthbook_http_request_seconds',
  help: 'Seconds from request to answer, by kind',
  labelNames: ['kind'],
  buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5],
  registers: [registry],
})

/** Counts and times every answer of the application. */
export function addMetrics(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const community = request.routeOptions.url?.startsWith('/v1/communities') ?? false
    const kind = !community ? 'other' : request.method === 'POST' ? 'command' : 'question'
    requests.inc({ kind, status: `${Math.floor(reply.statusCode / 100)}xx` })
    durations.observe({ kind }, reply.elapsedTime / 1000)
    request.log.info(
      {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    )
  })
}

/** The listener for metrics, apart from the API: what it serves is for the operator's network only. */
export async function buildMetricsApp(): Promise<FastifyInstance> {
  if (registry.getSingleMetric('process_cpu_seconds_total') === undefined) collectDefaultMetrics({ register: registry })
  const app = fastify()
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))
  return app
}

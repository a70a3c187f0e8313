import { isIPv6 } from 'node:net'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Identity } from '../identity/port.ts'
import { type Caller, callerOf } from './authorization.ts'
import type { AppParts } from './parts.ts'
import { RefusedRequest } from './problems.ts'

/** Limits requests by principal, and by address for whoever has no token that counts. */
export async function addRateLimit(
  app: FastifyInstance,
  { identity, requestsPerMinute: max = 600 }: AppParts,
): Promise<void> {
  if (max <= 0) return
  await app.register(rateLimit, {
    global: false,
    timeWindow: '1 minute',
    max: async (request) => (typeof (await countedAs(request, identity)) === 'string' ? max : max * 10),
    keyGenerator: async (request) => {
      const caller = await countedAs(request, identity)
      return typeof caller === 'string' ? networkOf(request.ip) : caller.tokenId
    },
  })
  // Before the hooks of any route: what a route refuses by itself is counted, too, and so is what is nowhere.
  app.addHook('onRequest', app.rateLimit())
}

/** Whom a request is counted for. One that will be refused for its site counts for its address, like a stranger's. */
function countedAs(request: FastifyRequest, identity: Identity): Promise<Caller> {
  return callerOf(request, identity).catch((error: unknown) => {
    if (error instanceof RefusedRequest) return 'unknown'
    throw error
  })
}

/** An IPv4 address, or the /64 an IPv6 address is in: whoever has one of those has all of it. */
function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped !== undefined || !isIPv6(ip)) return mapped ?? ip
  const [before = '', after] = ip.split('::')
  const groups = before === '' ? [] : before.split(':')
  const rest = after === undefined || after === '' ? [] : after.split(':')
  const zeros = new Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0')
  return [...groups, ...zeros, ...rest].slice(0, 4).join(':')
}

import { hash, timingSafeEqual } from 'node:crypto'
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import { type Identity, InvalidTokenRequest } from '../identity/port.ts'
import type { Vault } from '../vault/port.ts'
import type { VaultProblem } from '../vault/remote/channel.ts'
import { type Answering, identityRequests, vaultRequests } from './requests.ts'
import type { SelfSigned } from './self-signed.ts'

const BODY_LIMIT = 4 * 1024 * 1024

export interface VaultAppParts {
  readonly vault: Vault
  readonly identity: Identity
  /** The secret that nodes and this process share. */
  readonly token: string
  /** None on loopback alone. */
  readonly tls?: SelfSigned
  readonly logger?: FastifyBaseLogger
}

/** The HTTP application of the vault process: keys and credentials for whoever knows the token. It listens nowhere yet. */
export function buildVaultApp({ vault, identity, token, tls, logger }: VaultAppParts): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    ...(logger ? { loggerInstance: logger } : {}),
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 30_000,
    forceCloseConnections: true,
    ...(tls ? { https: { key: tls.key, cert: tls.cert, minVersion: 'TLSv1.3' as const } } : {}),
  }) as unknown as FastifyInstance
  const known = digestOf(`Bearer ${token}`)
  app.get('/healthz', async () => ({ status: 'alive' }))
  app.register(async (guarded) => {
    // Before a body is read: whoever does not know the token gets nothing done.
    guarded.addHook('onRequest', async (request, reply) => {
      if (!timingSafeEqual(digestOf(request.headers.authorization ?? ''), known))
        return reply.code(401).send(problem('Unauthenticated', 'This needs the token that vault and nodes share.'))
    })
    guarded.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'))
    addRequests(guarded, 'vault', vaultRequests(vault))
    addRequests(guarded, 'identity', identityRequests(identity))
  })
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(problem('NotFound', 'There is no such request.')))
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error instanceof InvalidTokenRequest) return reply.code(422).send(problem(error.name, error.message))
    const { statusCode: status = 500 } = error
    if (status < 500) return reply.code(status).send(problem('Malformed', 'The request cannot be read.'))
    request.log.error({ requestId: request.id, error: error.name }, 'request failed')
    return reply.code(500).send(problem('Failed', 'The vault could not do it.'))
  })
  return app
}

function addRequests(app: FastifyInstance, of: string, requests: Readonly<Record<string, Answering>>): void {
  for (const [name, { form, answer }] of Object.entries(requests))
    app.post(`/v1/${of}/${name}`, async (request: FastifyRequest, reply) => {
      const body = form.safeParse(request.body)
      // Not in the words of the check, which may quote a secret.
      if (!body.success)
        return reply.code(400).send(problem('Malformed', 'The request does not have the form it needs.'))
      return answer(body.data as never)
    })
}

function problem(error: string, message: string): VaultProblem {
  return { error, message }
}

function digestOf(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}

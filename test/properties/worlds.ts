import type { FastifyInstance } from 'fastify'
import { type Hearthbook, openHearthbook } from '../../src/composition/wiring.ts'
import { Engine } from '../../src/engine/engine.ts'
import { buildApp } from '../../src/http/app.ts'
import { openapiDocument } from '../../src/http/openapi.ts'
import type { Registry } from '../../src/kernel/registry.ts'
import { MemoryLedgers } from '../../src/ledger/memory/memory-ledgers.ts'
import { readAll } from '../support/records.ts'

export const DAY = 86_400_000
export const BEGAN = Date.parse('2026-01-05T00:00:00Z')
export const AT = '/v1/communities/hearth'

/** Keys, credentials and the clock, shared by every world: two that live through the same have the same bytes. */
export class Commons {
  readonly hearthbook: Hearthbook
  readonly clock: { now: number }
  readonly #sessions = new Map<string, string>()
  readonly #tokens = new Map<string, string>()

  private constructor(hearthbook: Hearthbook, clock: { now: number }) {
    this.hearthbook = hearthbook
    this.clock = clock
  }

  static async open(): Promise<Commons> {
    const clock = { now: BEGAN }
    return new Commons(await openHearthbook({ store: 'memory', clock: () => clock.now }), clock)
  }

  /** A world of its own book; `registry` alters what it is made of. */
  async world(
    registry: (builtIn: Registry, ledgers: MemoryLedgers) => Registry = (builtIn) => builtIn,
  ): Promise<World> {
    const { engine, identity } = this.hearthbook
    const ledgers = new MemoryLedgers()
    const own = new Engine({ ...engine.parts, ledgers, registry: registry(engine.parts.registry, ledgers) })
    const parts = { engine: own, registry: own.parts.registry, identity, clock: () => this.clock.now }
    return new World(this, own, ledgers, await buildApp({ ...parts, requestsPerMinute: 0 }))
  }

  /** A session of a person; sessions live for thirty days, so each month has its own. */
  async session(personId: string): Promise<string> {
    const key = `${personId}/${Math.floor((this.clock.now - BEGAN) / (20 * DAY))}`
    const known = this.#sessions.get(key)
    if (known) return known
    const { identity } = this.hearthbook
    const expiresAt = new Date(this.clock.now + DAY).toISOString()
    const { link } = await identity.makeLink({ community: 'hearth', personId, expiresAt, madeBy: 'operator' })
    const { session = '' } = (await identity.signIn(link)) ?? {}
    this.#sessions.set(key, session)
    return session
  }

  async token(kind: 'operator' | 'service' | 'person', personId = ''): Promise<string> {
    const key = `${kind}/${personId}/${Math.floor((this.clock.now - BEGAN) / (200 * DAY))}`
    const known = this.#tokens.get(key)
    if (known) return known
    const { identity } = this.hearthbook
    const expiresAt = new Date(this.clock.now + 300 * DAY).toISOString()
    const community = 'hearth'
    const request =
      kind === 'operator'
        ? ({ kind, expiresAt } as const)
        : kind === 'service'
          ? ({ kind, community, label: 'reader', scopes: ['read'], expiresAt } as const)
          : ({ kind, community, personId, scopes: ['read', 'act'], expiresAt } as const)
    const { token } = await identity.issue(request)
    this.#tokens.set(key, token)
    return token
  }
}

export interface Reply {
  readonly status: number
  readonly text: string
  readonly headers: Readonly<Record<string, unknown>>
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  readonly body: any
}

/** One server with one community, spoken to over HTTP. */
export class World {
  readonly commons: Commons
  readonly engine: Engine
  readonly ledgers: MemoryLedgers
  readonly #app: FastifyInstance
  #keys = 0

  constructor(commons: Commons, engine: Engine, ledgers: MemoryLedgers, app: FastifyInstance) {
    this.commons = commons
    this.engine = engine
    this.ledgers = ledgers
    this.#app = app
  }

  /** Posts with an Idempotency-Key: the n-th of this world unless one is given. */
  async post(path: string, body: object, credential: string, key = `key-${this.#keys++}`): Promise<Reply> {
    // The request id stands in the record as its correlation id, so it must be the same too.
    const headers = { authorization: `Bearer ${credential}`, 'idempotency-key': key, 'x-request-id': `request-${key}` }
    const url = path.startsWith('/v1') ? path : `${AT}${path}`
    const response = await this.#app.inject({ method: 'POST', url, headers, payload: body })
    return { status: response.statusCode, text: response.body, headers: response.headers, body: response.json() }
  }

  async get(url: string, credential: string | null): Promise<Reply> {
    const headers = credential === null ? {} : { authorization: `Bearer ${credential}` }
    const response = await this.#app.inject({ method: 'GET', url, headers })
    const json = String(response.headers['content-type'] ?? '').includes('json')
    const body = json ? response.json() : undefined
    return { status: response.statusCode, text: response.body, headers: response.headers, body }
  }

  /** The open book as it lies in the store. */
  async openBytes(): Promise<readonly string[]> {
    return (await readAll(this.ledgers, { community: 'hearth', book: 'open' })).map(({ text }) => text)
  }

  async close(): Promise<void> {
    await this.#app.close()
  }

  /** Every GET of the OpenAPI document that ends, with its parameters filled in from what occurs. */
  async addresses(): Promise<readonly string[]> {
    const book = (await this.openBytes()).join('\n')
    const ids = (kind: string) => [...new Set(book.match(new RegExp(`${kind}_[\\w-]{22}`, 'g')))].slice(0, 2)
    const values: Readonly<Record<string, readonly string[]>> = {
      community: ['hearth'],
      circle: ids('circle'),
      role: ids('role'),
      person: ids('person'),
      other: ids('person'),
      holding: ids('holding'),
      invitation: ids('invitation'),
      gathering: ids('invitation'),
      matter: [`ask_${'x'.repeat(22)}`],
      event: [...new Set(book.match(/(?<="id":")[0-9a-f-]{36}/g))].slice(-2),
      revision: ['0', '3'],
      importId: ['none'],
      code: ['NOT_FOUND'],
    }
    const period: Readonly<Record<string, string>> = {
      from: '2026-01-01',
      through: '2026-12-31',
      to: '2026-12-31',
      role: 'cook',
    }
    const { paths } = openapiDocument(this.engine.parts.registry) as {
      paths: Record<string, { get?: { parameters?: { name: string; in: string; required?: boolean }[] } }>
    }
    return Object.entries(paths).flatMap(([path, { get }]) => {
      if (!get || path.endsWith('/events/stream') || path === '/v1/session') return []
      const query = (get.parameters ?? [])
        .filter((parameter) => parameter.in === 'query' && parameter.required)
        .map(({ name }) => `${name}=${period[name] ?? 'cook'}`)
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
      const first = fill(path, names, values, 0)
      const second = names.length > 1 ? fill(path, names, values, 1) : first
      return [...new Set([first, second])].map((url) => (query.length > 0 ? `${url}?${query.join('&')}` : url))
    })
  }
}

function fill(
  path: string,
  names: readonly string[],
  values: Readonly<Record<string, readonly string[]>>,
  n: number,
): string {
  return names.reduce((url, name) => {
    const known = values[name] ?? []
    return url.replace(`{${name}}`, encodeURIComponent(known[n] ?? known[0] ?? 'none'))
  }, path)
}

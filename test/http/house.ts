import { text as textOf } from 'node:stream/consumers'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { expect } from 'vitest'
import { signerKeyOf } from '../../src/cli/books/signer-key.ts'
import { buildApp } from '../../src/http/app.ts'
import type { Scope } from '../../src/identity/port.ts'
import { type Answer, TestServer } from '../support/http.ts'

export const NOW = '2026-03-10T12:00:00Z'
export const AT = '/v1/communities/hearth'

export interface Sent {
  readonly method?: string
  /** The bearer token; `null` for none, the operator's unless given. */
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is, as JSON unless the headers say otherwise. */
  readonly raw?: string | Uint8Array
}

/** A person of `hearth` and their token. */
export interface Dweller {
  readonly id: string
  readonly token: string
}

/**
 * The private community `hearth` with a circle `table` whose chair is Ada; Ada and Ben joined, Cyd is known from the
 * import only. Any header may be sent, checkpoints have a key, and there is no rate limit.
 */
export class House {
  readonly server: TestServer
  readonly app: FastifyInstance
  readonly operator: string
  readonly signerKey: string
  readonly #known = new Map<string, Dweller>()

  private constructor(server: TestServer, app: FastifyInstance, operator: string, signerKey: string) {
    this.server = server
    this.app = app
    this.operator = operator
    this.signerKey = signerKey
  }

  static async open(extraFolders: readonly string[] = [], publicRoster = false): Promise<House> {
    const server = await TestServer.start(NOW, extraFolders)
    const { hearthbook } = server
    const { engine, registry, identity, clock } = hearthbook
    const signerKey = await signerKeyOf(hearthbook)
    const app = await buildApp({ engine, registry, identity, clock, signerKey, requestsPerMinute: 0 })
    const { token } = await identity.issue({ kind: 'operator', expiresAt: '2027-01-01T00:00:00Z' })
    const house = new House(server, app, token, signerKey)
    await house.#furnish(publicRoster)
    return house
  }

  /** A dweller by the handle the import knows them by. */
  dweller(handle: string): Dweller {
    const dweller = this.#known.get(handle)
    if (!dweller) throw new Error(`nobody is called ${handle}`)
    return dweller
  }

  async service(scopes: readonly Scope[], community = 'hearth', label = 'sync'): Promise<string> {
    const request = { kind: 'service', community, label, scopes, expiresAt: '2027-01-01T00:00:00Z' } as const
    return (await this.server.hearthbook.identity.issue(request)).token
  }

  async send(
    url: string,
    { method = 'GET', token = this.operator, headers = {}, body, raw }: Sent = {},
  ): Promise<Answer> {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await this.app.inject({
      method: method as NonNullable<InjectOptions['method']>,
      url,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload: typeof payload === 'string' ? payload : Buffer.from(payload) }),
      payloadAsStream: true,
    })
    // An answer that never ends is left as soon as it has begun.
    const streams = String(response.headers['content-type'] ?? '').startsWith('text/event-stream')
    const text = streams ? '' : await textOf(response.stream())
    if (streams) response.raw.res.destroy()
    const json = String(response.headers['content-type'] ?? '').includes('json') && text !== ''
    return { status: response.statusCode, body: json ? JSON.parse(text) : text, headers: response.headers }
  }

  post(url: string, body: unknown, sent: Sent = {}): Promise<Answer> {
    return this.send(url, { method: 'POST', body, ...sent })
  }

  /** The revision the open book has come to. */
  async head(community = 'hearth'): Promise<number> {
    return (await this.server.hearthbook.engine.community(community)).head.revision
  }

  async close(): Promise<void> {
    await this.app.close()
    await this.server.close()
  }

  async #furnish(publicRoster: boolean): Promise<void> {
    await this.#done('/v1/communities', { community: 'hearth', name: 'The hearth', publicRoster })
    await this.#done(`${AT}/imports/rolls/circles`, {
      rows: [{ circle: 'table', name: 'The table', from: '2020-01-01' }],
    })
    const row = (memberId: string, role: string) => ({
      memberId,
      memberName: memberId,
      role,
      circle: 'table',
      from: '2020-01-01',
      source: 'minutes',
    })
    await this.#done(`${AT}/imports/rolls/holdings`, {
      rows: [row('ada', 'chair'), row('ben', 'scribe'), row('cyd', 'scribe')],
    })
    for (const handle of ['ada', 'ben', 'cyd']) {
      const { body } = await this.send(`${AT}/people?handle=${handle}`)
      const { id } = body.people[0]
      const token = await this.server.tokenFor('hearth', id)
      this.#known.set(handle, { id, token })
      if (handle !== 'cyd') await this.#done(`${AT}/members`, { displayName: handle }, token)
    }
  }

  async #done(url: string, body: unknown, token: string = this.operator): Promise<void> {
    const answer = await this.post(url, body, { token })
    if (answer.status !== 201) throw new Error(`${url}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }
}

/** What every problem document has, beside what a test asks of it. */
export function problem(status: number, code: string, more: Readonly<Record<string, unknown>> = {}) {
  const text: unknown = expect.stringMatching(/\S/)
  return { status, body: { type: `/problems/${code}`, title: text, status, code, detail: text, ...more } }
}

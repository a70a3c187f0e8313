import type { FastifyInstance } from 'fastify'
import { type Hearthbook, openHearthbook } from '../../src/composition/wiring.ts'
import { buildApp } from '../../src/http/app.ts'
import type { Scope } from '../../src/identity/port.ts'
import type { Ledgers } from '../../src/ledger/port.ts'
import { storeOfTests } from './store.ts'

const DAY_MS = 86_400_000

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any
  readonly headers: Readonly<Record<string, unknown>>
}

/** A server in memory whose clock the test sets, spoken to through its HTTP API. */
export class TestServer {
  readonly hearthbook: Hearthbook
  readonly app: FastifyInstance
  readonly #clock: { now: number }
  #operator = ''

  private constructor(hearthbook: Hearthbook, app: FastifyInstance, clock: { now: number }) {
    this.hearthbook = hearthbook
    this.app = app
    this.#clock = clock
  }

  /** Starts on books in memory, else on those of HEARTHBOOK_STORE, else on those given. */
  static async start(now: string, extraFolders: readonly string[] = [], books?: Ledgers): Promise<TestServer> {
    const clock = { now: Date.parse(now) }
    const ledgers = books ?? (await storeOfTests())
    const hearthbook = await openHearthbook({ store: 'memory', ledgers, clock: () => clock.now, extraFolders })
    const { engine, registry, identity } = hearthbook
    const server = new TestServer(
      hearthbook,
      await buildApp({ engine, registry, identity, clock: hearthbook.clock }),
      clock,
    )
    await server.at(now)
    return server
  }

  /** Milliseconds since 1970 on the server's clock. */
  get now(): number {
    return this.#clock.now
  }

  /** Moves the clock, and gives the operator a token that is good then. */
  async at(now: string): Promise<void> {
    this.#clock.now = Date.parse(now)
    const issued = await this.hearthbook.identity.issue({ kind: 'operator', expiresAt: this.inDays(300) })
    this.#operator = issued.token
  }

  /** The moment so many days from now. */
  inDays(days: number): string {
    return new Date(this.#clock.now + days * DAY_MS).toISOString()
  }

  async tokenFor(community: string, personId: string, scopes: readonly Scope[] = ['read', 'act']): Promise<string> {
    const issued = await this.hearthbook.identity.issue({
      kind: 'person',
      community,
      personId,
      scopes,
      expiresAt: this.inDays(300),
    })
    return issued.token
  }

  /** A sign-in link for a person, made by the operator; it ends their older unused ones. */
  async linkFor(community: string, personId: string): Promise<string> {
    const request = { community, personId, expiresAt: this.inDays(1), madeBy: 'operator' }
    return (await this.hearthbook.identity.makeLink(request)).link
  }

  /** Signs a person in: a session of 30 days, for use as a bearer token. */
  async sessionFor(community: string, personId: string): Promise<string> {
    const signedIn = await this.hearthbook.identity.signIn(await this.linkFor(community, personId))
    if (!signedIn) throw new Error(`${personId} could not sign in`)
    return signedIn.session
  }

  /** GET as the operator, or with a token; `null` for nobody. */
  get(path: string, token: string | null = this.#operator): Promise<Answer> {
    return this.#send('GET', path, undefined, token)
  }

  /** POST as the operator, or with a token. */
  post(
    path: string,
    body: unknown,
    token: string | null = this.#operator,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    return this.#send('POST', path, body, token, headers)
  }

  async close(): Promise<void> {
    await this.app.close()
    await this.hearthbook.close()
  }

  async #send(
    method: 'GET' | 'POST',
    url: string,
    body: unknown,
    token: string | null,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const response = await this.app.inject({
      method,
      url,
      headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const json = String(response.headers['content-type'] ?? '').includes('json')
    return { status: response.statusCode, body: json ? response.json() : response.body, headers: response.headers }
  }
}

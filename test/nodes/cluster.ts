import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StreamReader } from '../http/stream-reader.ts'
import { type ServingVault, servingVault, TOKEN } from '../vault-service/serving-vault.ts'
import { Line } from './line.ts'
import { type Answer, NodeProcess } from './node-process.ts'
import type { TestStore } from './stores.ts'

const DAY_MS = 86_400_000

/** Two nodes over one store and one vault, each on a line of its own to the store; a community with one member. */
export class Cluster {
  readonly a: NodeProcess
  readonly b: NodeProcess
  readonly lineA: Line
  readonly lineB: Line
  readonly store: TestStore
  readonly vault: ServingVault
  readonly community = `nodes-${randomBytes(4).toString('hex')}`
  readonly ada = `person_${'ada'.padEnd(22, '0')}`
  operator = ''
  session = ''
  readonly #folder: string

  private constructor(store: TestStore, vault: ServingVault, lines: readonly [Line, Line]) {
    this.store = store
    this.vault = vault
    ;[this.lineA, this.lineB] = lines
    this.#folder = mkdtempSync(join(tmpdir(), 'hearthbook-nodes-'))
    const file = (name: string, text: string) => {
      writeFileSync(join(this.#folder, name), text, { mode: 0o600 })
      return join(this.#folder, name)
    }
    const env = (name: string, line: Line) => ({
      HEARTHBOOK_DATA: join(this.#folder, name),
      HEARTHBOOK_STORE: `esdb://127.0.0.1:${line.port}?tls=false`,
      HEARTHBOOK_VAULT: vault.access.url,
      HEARTHBOOK_VAULT_TOKEN_FILE: file('vault.token', TOKEN),
      HEARTHBOOK_VAULT_CA: file('vault.crt', vault.tls?.cert ?? ''),
      HEARTHBOOK_REQUESTS_PER_MINUTE: '0',
    })
    this.a = new NodeProcess(env('a', this.lineA))
    this.b = new NodeProcess(env('b', this.lineB))
  }

  static async start(store: TestStore): Promise<Cluster> {
    const lines = [await Line.to(store.target), await Line.to(store.target)] as const
    const cluster = new Cluster(store, await servingVault({ encrypted: true }), lines)
    await Promise.all([cluster.a.start(), cluster.b.start()])
    await cluster.#found()
    return cluster
  }

  async #found(): Promise<void> {
    const { identity } = this.vault
    this.operator = (await identity.issue({ kind: 'operator', expiresAt: inDays(30) })).token
    const founded = { community: this.community, name: 'The nodes' }
    expectDone(await this.a.send('POST', '/v1/communities', this.operator, founded))
    this.session = await this.signIn(this.ada)
    // At the other node, which has not heard of the community yet.
    expectDone(await this.b.send('POST', this.at('/members'), this.session, { displayName: 'Ada' }))
  }

  at(path: string): string {
    return `/v1/communities/${this.community}${path}`
  }

  async signIn(personId: string): Promise<string> {
    const { identity } = this.vault
    const request = { community: this.community, personId, expiresAt: inDays(1), madeBy: 'operator' }
    const signedIn = await identity.signIn((await identity.makeLink(request)).link)
    return signedIn?.session ?? ''
  }

  /** Forms a circle at a node. */
  form(node: NodeProcess, name: string, key: string = randomUUID()): Promise<Answer> {
    return node.send('POST', this.at('/circles'), this.session, { name, purpose: 'x' }, key)
  }

  /** Forms a circle, asked for again by whichever node comes first after 503 or a lost connection, as a client is to do. */
  async formAtAll(nodes: readonly NodeProcess[], name: string): Promise<Answer> {
    for (let turn = 0; ; turn += 1) {
      const node = nodes[turn % nodes.length] as NodeProcess
      const answer = await this.form(node, name, name).catch(() => undefined)
      if (answer && answer.status !== 503) return answer
      if (turn > 1000) throw new Error(`${name} was not done after ${turn} tries`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  /** The names of the circles at a node that has come to a revision at least. */
  async circles(node: NodeProcess, minRevision = 0): Promise<readonly string[]> {
    const { body } = await node.send('GET', this.at(`/circles?minRevision=${minRevision}`), this.operator)
    return (body.circles as { name: string }[]).map(({ name }) => name)
  }

  stream(node: NodeProcess, lastId?: string): Promise<StreamReader> {
    return StreamReader.open(`${node.url}${this.at('/events/stream')}`, {
      authorization: `Bearer ${this.session}`,
      ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
    })
  }

  async close(): Promise<void> {
    await Promise.all([this.a.kill(), this.b.kill()])
    this.lineA.close()
    this.lineB.close()
    await this.store.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

export function expectDone(answer: Answer): number {
  if (answer.status !== 201 && answer.status !== 200)
    throw new Error(`it was not done: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body.events.at(-1)?.revision
}

function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString()
}

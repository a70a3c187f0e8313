import { addressOf, pathFields } from '../../src/http/commands.ts'
import type { AnyCommand } from '../../src/kernel/define-command.ts'
import type { Doing } from './doing.ts'
import type { Answer, TestServer } from './http.ts'
import { readAll } from './records.ts'

const DAY_MS = 86_400_000
// A session lives 30 days; the clock of a test may have moved on since.
const GOOD_FOR_MS = 20 * DAY_MS

export interface Sending {
  readonly effectiveAt?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Instead of the person's session. */
  readonly token?: string | null
}

/** One community of a server, its members signed in, to which commands come over HTTP by their names. */
export class HttpCommunity implements Doing {
  readonly server: TestServer
  readonly id: string
  readonly #sessions = new Map<string, { readonly token: string; readonly at: number }>()
  #before = ''

  private constructor(server: TestServer, id: string) {
    this.server = server
    this.id = id
  }

  /** A community that was founded before. */
  static at(server: TestServer, id: string): HttpCommunity {
    return new HttpCommunity(server, id)
  }

  /** Founds the community and lets these persons join, each in a session of their own. */
  static async found(server: TestServer, id: string, members: readonly string[]): Promise<HttpCommunity> {
    const there = new HttpCommunity(server, id)
    await there.does('operator', 'FoundCommunity', { community: id, name: 'The hearth' })
    for (const personId of members) await there.does(personId, 'JoinCommunity', { displayName: personId.slice(7, 10) })
    return there
  }

  /** The moment so many days from now. */
  day(days: number): string {
    return this.server.inDays(days)
  }

  /** Lets days pass. */
  async later(days: number): Promise<void> {
    await this.server.at(this.day(days))
  }

  /** Gives a command: its fields into the address and the body, as the registry says. */
  async sends(by: string, name: string, input: object = {}, how: Sending = {}): Promise<Answer> {
    const { http } = this.command(name)
    const fields = input as Readonly<Record<string, unknown>>
    const inPath = new Set(pathFields(http.path))
    const url = addressOf(http).replaceAll(/\{(\w+)\}/g, (_, field: string) =>
      encodeURIComponent(field === 'community' ? this.id : String(fields[field])),
    )
    const own = Object.fromEntries(Object.entries(fields).filter(([field]) => !inPath.has(field)))
    const body = how.effectiveAt === undefined ? own : { ...own, effectiveAt: how.effectiveAt }
    this.#before = await this.written()
    const token = how.token ?? (by === 'operator' ? undefined : await this.session(by))
    return this.server.post(url, body, token, how.headers)
  }

  async does(by: string, name: string, input: object = {}, effectiveAt?: string): Promise<Record<string, string>> {
    const { status, body } = await this.sends(by, name, input, effectiveAt === undefined ? {} : { effectiveAt })
    if (status !== 201) throw new Error(`${name} was not done: ${status} ${JSON.stringify(body)}`)
    return body.result
  }

  /** A question of one's own, or of the community, asked in a session. */
  async asks(by: string, path: string): Promise<Answer> {
    return this.server.get(`/v1/communities/${this.id}${path}`, await this.session(by))
  }

  command(name: string): AnyCommand {
    const command = this.server.hearthbook.registry.commands.get(name)
    if (!command) throw new Error(`there is no command "${name}"`)
    return command
  }

  async session(personId: string): Promise<string> {
    const known = this.#sessions.get(personId)
    if (known && this.server.now - known.at < GOOD_FOR_MS) return known.token
    const token = await this.server.sessionFor(this.id, personId)
    this.#sessions.set(personId, { token, at: this.server.now })
    return token
  }

  /** Where both books have come to, in one text. */
  async written(): Promise<string> {
    const { ledgers } = this.server.hearthbook
    const sizes = (['open', 'private'] as const).map(async (book) => {
      const records = await readAll(ledgers, { community: this.id, book })
      return `${book} ${records.length}`
    })
    return (await Promise.all(sizes)).join(', ')
  }

  /** As {@link written}, when the last command came. */
  get writtenBefore(): string {
    return this.#before
  }
}

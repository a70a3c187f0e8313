import type { Answer, TestServer } from './http.ts'
import { HttpCommunity } from './http-community.ts'
import { personNamed } from './scenario.ts'

const DAY_MS = 86_400_000

/** A community whose members answer proposals, each command on a day counted from the beginning. */
export class Circle {
  readonly there: HttpCommunity
  readonly #start: number
  /** Ids by the name a person goes by in the test. */
  readonly people: Readonly<Record<string, string>>

  private constructor(there: HttpCommunity, people: Readonly<Record<string, string>>, start: number) {
    this.there = there
    this.people = people
    this.#start = start
  }

  static async of(server: TestServer, id: string, names: readonly string[]): Promise<Circle> {
    const people = Object.fromEntries(names.map((name) => [name, personNamed(name)]))
    const there = await HttpCommunity.found(server, id, [])
    for (const name of names) await there.does(people[name] ?? '', 'JoinCommunity', { displayName: name })
    return new Circle(there, people, server.now)
  }

  /** The moment so many days after the beginning. */
  day(days: number): string {
    return new Date(this.#start + days * DAY_MS).toISOString()
  }

  id(name: string): string {
    const id = this.people[name]
    if (!id) throw new Error(`nobody is called ${name}`)
    return id
  }

  async on(days: number): Promise<this> {
    await this.there.server.at(this.day(days))
    return this
  }

  async does(name: string, command: string, input: object = {}): Promise<Record<string, string>> {
    return this.there.does(this.id(name), command, input)
  }

  /** Gives a command that is refused. @returns its problem. */
  async refused(name: string, command: string, input: object = {}): Promise<Answer['body']> {
    const { status, body } = await this.there.sends(this.id(name), command, input)
    if (status < 400) throw new Error(`${command} was not refused: ${JSON.stringify(body)}`)
    return body
  }

  async asks(name: string, path: string): Promise<Answer['body']> {
    const { status, body } = await this.there.asks(this.id(name), path)
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  /** Every record of the open book, as everybody may read it. */
  async openEvents(name: string): Promise<readonly { type: string; data: Record<string, unknown> }[]> {
    return (await this.asks(name, '/audit?limit=500')).entries
  }
}

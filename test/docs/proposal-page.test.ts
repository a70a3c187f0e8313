import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, TestServer } from '../support/http.ts'
import { Circle } from '../support/proposals.ts'
import { type Told, type ToldPart, toldParts } from './told-page.ts'

/** A part of the page as it is lived: what its words in braces stand for, by and by. */
class Telling {
  readonly circle: Circle
  readonly #names: Map<string, string>

  constructor(circle: Circle) {
    this.circle = circle
    this.#names = new Map(Object.entries(circle.people))
  }

  async lives(told: Told): Promise<void> {
    await this.circle.on(told.day)
    for (const name of told.who) this.#compares(told, await this.#sends(name, told))
  }

  async #sends(name: string, { method, path, body }: Told): Promise<Answer> {
    const { there } = this.circle
    const url = `/v1/communities/${there.id}${this.#filled(path)}`
    const session = await there.session(this.circle.id(name))
    return method === 'GET'
      ? there.server.get(url, session)
      : there.server.post(url, JSON.parse(this.#filled(body)), session)
  }

  #compares({ status, code, fields, path }: Told, { status: found, body }: Answer): void {
    expect([path, found, body.code]).toEqual([path, status, code])
    const inside = status === 201 ? body.result : (body.facts ?? body)
    for (const [field, value] of fields) {
      const told = /^\{(\w+)\}$/.exec(value)?.[1]
      const at = field.split('.').reduce((each, step) => each?.[step], inside)
      if (told !== undefined && !this.#names.has(told)) this.#names.set(told, at)
      const expected = told === undefined ? JSON.parse(this.#moment(value)) : this.#names.get(told)
      expect([path, field, at]).toEqual([path, field, expected])
      expect(at).toBeDefined()
    }
  }

  #filled(text: string): string {
    return text
      .replaceAll(/\{(\w+)\}/g, (_, name: string) => this.#names.get(name) ?? `{${name}}`)
      .replaceAll(/"day (\d+)"/g, (_, day: string) => JSON.stringify(this.circle.day(Number(day))))
  }

  #moment(value: string): string {
    const day = /^day (\d+)$/.exec(value)?.[1]
    return day === undefined ? value : JSON.stringify(this.circle.day(Number(day)))
  }
}

describe('how to put a proposal to the community, as the page tells it', () => {
  const parts = toldParts('docs/how-to/put-a-proposal.md')
  let server: TestServer
  beforeAll(async () => {
    server = await TestServer.start('2026-03-01T09:00:00Z')
  })
  afterAll(() => server.close())

  it('has two parts, each with its requests', () => {
    expect(parts.map(({ requests }) => requests.length > 15)).toEqual([true, true])
  })

  it.each(parts)('$title', async ({ members, requests }: ToldPart) => {
    const community = `told-${members[0]}`
    const telling = new Telling(await Circle.of(server, community, members))
    for (const told of requests) await telling.lives(told)
  })
})

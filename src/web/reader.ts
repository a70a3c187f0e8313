import type { FastifyRequest } from 'fastify'
import { type Asker, answerFor, apiAddress, framed } from '../http/asking.ts'
import { callerOf } from '../http/authorization.ts'
import type { AppParts } from '../http/parts.ts'
import { RefusedRequest } from '../http/problems.ts'
import { isRefusal } from '../kernel/refusal.ts'
import type { CommunityAnswer, Frame } from './answers.ts'
import type { Place } from './shell.ts'

/** Texts of a query string; of a name that stands there twice the last, and of an empty field nothing. */
export type Query = Readonly<Record<string, string | undefined>>

/** What stands in the address of a question. */
type Fields = Readonly<Record<string, string>>

/**
 * What one reader asks for one page: the same questions as in the API, let in or refused as there. All of them are
 * answered from the record as it stood at the first.
 */
export class Reader {
  readonly asker: Asker
  readonly query: Query
  readonly #parts: AppParts
  #revision: number | undefined

  private constructor(asker: Asker, query: Query, parts: AppParts) {
    this.asker = asker
    this.query = query
    this.#parts = parts
  }

  static async of(request: FastifyRequest, parts: AppParts): Promise<Reader> {
    const { community = '' } = request.params as { readonly community?: string }
    return new Reader({ caller: await callerOf(request, parts.identity), community }, queryOf(request), parts)
  }

  get signedIn(): boolean {
    return typeof this.asker.caller !== 'string'
  }

  /** The dials as they stand in the address. */
  get dials(): Query {
    const { asOf, knownBy, atRevision } = this.query
    return { asOf, knownBy, atRevision }
  }

  /** Whether the address says as of when the record is read. */
  get pinned(): boolean {
    return this.query.knownBy !== undefined || this.query.atRevision !== undefined
  }

  /** Asks a question at the point the dials say. @throws RefusedRequest where the API would refuse it. */
  async ask<T extends Frame>(name: string, path: Fields = {}, params: Query = {}): Promise<T> {
    const { asOf, knownBy, atRevision } = this.query
    const known =
      this.#revision === undefined ? { asKnownAt: knownBy, atRevision } : { atRevision: `${this.#revision}` }
    const timed = this.#parts.registry.questions.get(name)?.timed ? { asOf } : {}
    const answer = await this.#answer<T>(name, path, { ...params, ...timed, ...known })
    // A book without a record by then has no revision to ask at again.
    if (answer.atRevision >= 0) this.#revision = answer.atRevision
    return answer
  }

  async #answer<T extends Frame>(name: string, path: Fields, params: Query): Promise<T> {
    const question = this.#parts.registry.questions.get(name)
    if (!question) throw new TypeError(`there is no question "${name}"`)
    const query = defined(params)
    const answered = await answerFor(question, this.asker, { path, query }, this.#parts)
    if (isRefusal(answered)) throw new RefusedRequest(answered)
    return framed(question, answered, apiAddress(question, this.asker.community, path, query)) as unknown as T
  }

  /** The community as the head of the page names it: as it is called now, wherever the dials stand. */
  async place(current?: 'roster' | 'audit'): Promise<Place> {
    const { community, name } = await this.#answer<CommunityAnswer>('community', {}, {})
    return { id: community, name: name ?? community, signedIn: this.signedIn, ...(current ? { current } : {}) }
  }

  /** The address of a page of this community. */
  at(path: string, query: Query = {}): string {
    const search = new URLSearchParams(defined(query))
    return `/c/${this.asker.community}${path}${search.size === 0 ? '' : `?${search}`}`
  }

  /** The address that repeats a page for ever. */
  forEver(path: string, { asOf, atRevision }: Frame, query: Query = {}): string {
    const known = atRevision < 0 ? { knownBy: this.query.knownBy } : { atRevision: String(atRevision) }
    return this.at(path, { ...query, asOf, ...known })
  }
}

function queryOf(request: FastifyRequest): Query {
  const entries = Object.entries(request.query as Readonly<Record<string, string | readonly string[]>>)
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const text = (typeof value === 'string' ? value : (value.at(-1) ?? '')).trim()
      return [name, text === '' ? undefined : text]
    }),
  )
}

function defined(query: Query): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

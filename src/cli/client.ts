import { setTimeout as wait } from 'node:timers/promises'
import type { Registry } from '../kernel/registry.ts'
import { CliError, EXIT } from './exits.ts'
import { ProblemError, problemOf } from './problems.ts'
import type { Reply, Transport } from './transport.ts'

export interface WrittenEvent {
  readonly id: string
  readonly type: string
  /** In the open book. */
  readonly revision?: number
  /** In its matter, for what is private. */
  readonly matterRevision?: number
  readonly recordedAt: string
}

export interface CommandAnswer {
  readonly events: readonly WrittenEvent[]
  readonly result?: Readonly<Record<string, unknown>>
  readonly receipt?: unknown
  readonly warnings?: readonly { readonly code: string; readonly message: string }[]
}

/** What every answer says about the point it was given at, beside the answer itself. */
export interface QuestionAnswer extends Readonly<Record<string, unknown>> {
  readonly asOf?: string
  readonly asKnownAt?: string
  readonly atRevision?: number
  readonly head?: { readonly revision: number; readonly hash: string | null }
  readonly record?: unknown
  readonly permalink?: string
}

export interface CommandOptions {
  /** Idempotency-Key: the same key again is the same act. */
  readonly key?: string
  readonly dryRun?: boolean
  /** Person the operator acts for. */
  readonly as?: string
}

const TRIES = 8
const LONGEST_WAIT = 60

/** The API as the verbs use it: commands and questions by name, wherever the community lives. */
export class Client {
  readonly registry: Registry
  readonly #transport: Transport
  readonly #token: string

  constructor(registry: Registry, transport: Transport, token: string) {
    this.registry = registry
    this.#transport = transport
    this.#token = token
  }

  /** Gives a command. @throws ProblemError where it is refused. */
  async command(
    community: string,
    name: string,
    input: Readonly<Record<string, unknown>>,
    { key, dryRun, as }: CommandOptions = {},
  ): Promise<CommandAnswer> {
    const command = this.registry.commands.get(name)
    if (!command) throw new CliError(`There is no command "${name}".`, EXIT.usage)
    const { root, path } = command.http
    const { filled, rest } = fillPath(path, input)
    const prefix = root ? '/v1' : `/v1/communities/${encodeURIComponent(community)}`
    const reply = await this.#send({
      method: 'POST',
      path: `${prefix}${filled}${dryRun ? '?dryRun=true' : ''}`,
      headers: {
        'content-type': 'application/json',
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(as === undefined ? {} : { 'hearthbook-as': as }),
      },
      body: JSON.stringify(root ? { ...rest, community } : rest),
    })
    return JSON.parse(reply.text) as CommandAnswer
  }

  /** Asks a question. @throws ProblemError where it cannot be answered. */
  async ask(community: string, name: string, params: Readonly<Record<string, unknown>> = {}): Promise<QuestionAnswer> {
    const reply = await this.askAs(community, name, params, 'application/json')
    return JSON.parse(reply) as QuestionAnswer
  }

  /** Asks a question for an answer in another form, such as `text/csv`. */
  async askAs(
    community: string,
    name: string,
    params: Readonly<Record<string, unknown>>,
    accept: string,
  ): Promise<string> {
    return (await this.#send({ method: 'GET', path: this.pathOf(community, name, params), headers: { accept } })).text
  }

  /** The address a question is asked at, from `/v1` on. */
  pathOf(community: string, name: string, params: Readonly<Record<string, unknown>>): string {
    const question = this.registry.questions.get(name)
    if (!question) throw new CliError(`There is no question "${name}".`, EXIT.usage)
    const { filled, rest } = fillPath(question.http.path, params)
    const query = new URLSearchParams()
    for (const [field, value] of Object.entries(rest)) {
      for (const each of Array.isArray(value) ? value : [value])
        if (each !== undefined && each !== null) query.append(field, String(each))
    }
    const suffix = query.size === 0 ? '' : `?${query}`
    return `/v1/communities/${encodeURIComponent(community)}${filled}${suffix}`
  }

  /** Reads any other address of the API. */
  async get(path: string): Promise<unknown> {
    return JSON.parse((await this.#send({ method: 'GET', path, headers: { accept: 'application/json' } })).text)
  }

  /** Reads an address that answers in plain text. */
  async getText(path: string): Promise<string> {
    return (await this.#send({ method: 'GET', path, headers: { accept: '*/*' } })).text
  }

  async #send(request: Parameters<Transport>[0]): Promise<Reply> {
    const headers = { ...request.headers, authorization: `Bearer ${this.#token}` }
    for (let attempt = 1; ; attempt += 1) {
      const reply = await this.#transport({ ...request, headers })
      if (reply.status < 400) return reply
      const after = Number(reply.header('retry-after') ?? 1)
      const mayTryAgain = reply.status === 429 && attempt < TRIES && after <= LONGEST_WAIT
      if (!mayTryAgain) throw new ProblemError(problemOf(reply.status, bodyOf(reply)))
      await wait(after * 1000)
    }
  }
}

function bodyOf({ text }: Reply): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Puts fields into a path's parameters; the fields that are left go into the body or the query. */
export function fillPath(
  path: string,
  input: Readonly<Record<string, unknown>>,
): { readonly filled: string; readonly rest: Record<string, unknown> } {
  const rest = { ...input }
  const filled = path.replace(/\{(\w+)\}/g, (_, field: string) => {
    const value = input[field]
    if (value === undefined || value === '') throw new CliError(`"${field}" is missing.`, EXIT.usage)
    delete rest[field]
    return encodeURIComponent(String(value))
  })
  return { filled, rest }
}

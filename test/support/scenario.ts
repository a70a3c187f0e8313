import { openHearthbook } from '../../src/composition/wiring.ts'
import { canonicalHash } from '../../src/engine/canonical.ts'
import { Engine } from '../../src/engine/engine.ts'
import type { HotCommunity } from '../../src/engine/hot-community.ts'
import type { AskedPoint } from '../../src/engine/point.ts'
import type { EngineParts } from '../../src/engine/ports.ts'
import type { Outcome } from '../../src/engine/submission.ts'
import type { Identity } from '../../src/identity/port.ts'
import type { BookName } from '../../src/kernel/book.ts'
import type { AnyCommand } from '../../src/kernel/define-command.ts'
import type { NewEvent } from '../../src/kernel/define-event.ts'
import type { Actor, RecordedEvent } from '../../src/kernel/envelope.ts'
import { isRefusal, type Refusal } from '../../src/kernel/refusal.ts'
import type { Registry } from '../../src/kernel/registry.ts'
import type { LedgerRecord, Ledgers } from '../../src/ledger/port.ts'
import type { Receipt } from '../../src/ledger/proofs/receipt.ts'
import type { Vault } from '../../src/vault/port.ts'
import { sendOverHttp } from './over-http.ts'
import { readAll } from './records.ts'
import { storeOfTests } from './store.ts'

/** Who acts: `operator`, `service:<label>` or a person's id. */
export type By = string

/** What a request carries beside its command. */
export interface How {
  /** The Idempotency-Key; a new one each time unless given. */
  readonly key?: string
  readonly effectiveAt?: string
  readonly dryRun?: boolean
  readonly ifMatch?: number
  readonly target?: string
  readonly capacity?: string
}

export interface ScenarioOptions {
  /** The moment it begins at, RFC 3339. */
  readonly at?: string
  /** Stands between the engine and the store. */
  readonly ledgers?: (real: Ledgers) => Ledgers
  /** Sends every command through the HTTP API, each by whoever gives it: a person in session, a service, the operator. */
  readonly overHttp?: boolean
  /** Adds trial definitions to the built-in ones. */
  readonly registry?: (builtIn: Registry) => Registry
}

export type Done = Extract<Outcome, { kind: 'done' }>

let keys = 0

/** An id of a person as this server makes them, the same for the same name. */
export function personNamed(name: string): string {
  return `person_${name.padEnd(22, '0')}`
}

function actorOf(by: By): Actor {
  if (by === 'operator') return { kind: 'operator' }
  return by.startsWith('service:') ? { kind: 'service', label: by.slice(8) } : { kind: 'person', personId: by }
}

/**
 * A community in memory with a clock that stands still, for tests that read: given what was done, when a command comes,
 * then these events or this refusal.
 */
export class Scenario {
  readonly community: string
  readonly engine: Engine
  readonly ledgers: Ledgers
  readonly vault: Vault
  readonly registry: Registry
  readonly identity: Identity
  readonly #overHttp: boolean
  readonly #clock: { now: number }
  #headBefore = -1

  private constructor(
    community: string,
    engine: Engine,
    clock: { now: number },
    identity: Identity,
    overHttp: boolean,
  ) {
    this.community = community
    this.engine = engine
    this.identity = identity
    this.#overHttp = overHttp
    this.ledgers = engine.parts.ledgers
    this.vault = engine.parts.vault
    this.registry = engine.parts.registry
    this.#clock = clock
  }

  /** Opens a server without any community. */
  static async open(options: ScenarioOptions = {}): Promise<Scenario> {
    const clock = { now: Date.parse(options.at ?? '2026-03-01T09:00:00Z') }
    const { engine, identity } = await openHearthbook({
      store: 'memory',
      ledgers: await storeOfTests(),
      clock: () => clock.now,
    })
    const ledgers = options.ledgers?.(engine.parts.ledgers) ?? engine.parts.ledgers
    const registry = options.registry?.(engine.parts.registry) ?? engine.parts.registry
    const parts = { ...engine.parts, ledgers, registry }
    return new Scenario('hearth', new Engine(parts), clock, identity, options.overHttp ?? false)
  }

  /** Opens a server with a founded community and these members, by name. */
  static async founded(members: readonly string[] = [], options: ScenarioOptions = {}): Promise<Scenario> {
    return (await Scenario.open(options)).with(members)
  }

  /** Founds the community and lets these people join, by name. */
  async with(members: readonly string[]): Promise<this> {
    await this.given('FoundCommunity', { community: this.community, name: 'The hearth' })
    for (const name of members) await this.given('JoinCommunity', { displayName: name }, personNamed(name))
    return this
  }

  /** Another community on the same server, with the same clock. */
  beside(community: string): Scenario {
    return new Scenario(community, this.engine, this.#clock, this.identity, this.#overHttp)
  }

  /** The same stores under an engine that knows nothing yet, as after a restart; with other parts if given. */
  restarted(changes: Partial<EngineParts> = {}): Scenario {
    const engine = new Engine({ ...this.engine.parts, ...changes })
    return new Scenario(this.community, engine, this.#clock, this.identity, this.#overHttp)
  }

  get now(): number {
    return this.#clock.now
  }

  /** Revision of the last open record when the last command came. */
  get headBefore(): number {
    return this.#headBefore
  }

  /** Sets the clock. */
  at(moment: string): this {
    this.#clock.now = Date.parse(moment)
    return this
  }

  /** Lets time pass; a second unless given. */
  later(ms = 1000): this {
    this.#clock.now += ms
    return this
  }

  /** Gives a command; its input passes the command's own schema first. */
  async when(name: string, input: unknown, by: By = 'operator', how: How = {}): Promise<Outcome> {
    const command = this.command(name)
    const { key = `key-${keys++}`, target, ...rest } = how
    const { fingerprints, head } = await this.hot()
    this.#headBefore = head.revision
    if (this.#overHttp) return sendOverHttp(this, command, input as Record<string, unknown>, by, { ...how, key })
    return this.engine.submit(
      this.community,
      {
        command,
        input: command.schema.parse(input),
        actor: actorOf(by),
        via: by === 'operator' ? 'operator-cli' : 'token',
        commandId: fingerprints.commandId(by, key),
        requestHash: canonicalHash({ name, input }),
        correlationId: key,
        ...rest,
      },
      target,
    )
  }

  /** As {@link when}, where it has to succeed. @returns the events. */
  async given(name: string, input: unknown, by: By = 'operator', how: How = {}): Promise<readonly RecordedEvent[]> {
    return (await this.done(name, input, by, how)).events
  }

  /** As {@link when}, where it has to succeed. @returns the whole outcome. */
  async done(name: string, input: unknown, by: By = 'operator', how: How = {}): Promise<Done> {
    const outcome = await this.when(name, input, by, how)
    if (outcome.kind !== 'done') throw new Error(`${name} was not done: ${JSON.stringify(outcome)}`)
    return outcome
  }

  /** As {@link when}, where it has to be refused. */
  async refused(name: string, input: unknown, by: By = 'operator', how: How = {}): Promise<Refusal> {
    return refusalOf(await this.when(name, input, by, how))
  }

  /** Asks a question; refusals and `undefined` (there is no such thing) come back as they are. */
  async ask<A = Record<string, unknown>>(
    name: string,
    params: unknown = {},
    point: AskedPoint = {},
    viewer?: string,
  ): Promise<A> {
    const question = this.registry.questions.get(name)
    if (!question) throw new Error(`there is no question "${name}"`)
    const input = { ...question.clockDefaults?.(this.now), ...(params as object) }
    const { answer } = await this.engine.ask(this.community, question, question.params.parse(input), point, viewer)
    if (answer !== undefined && !isRefusal(answer)) question.answer.parse(answer)
    return answer as A
  }

  command(name: string): AnyCommand {
    const command = this.registry.commands.get(name)
    if (!command) throw new Error(`there is no command "${name}"`)
    return command
  }

  hot(): Promise<HotCommunity> {
    return this.engine.community(this.community)
  }

  /** The records of a book as the store has them. */
  records(book: BookName = 'open'): Promise<readonly LedgerRecord[]> {
    return readAll(this.ledgers, { community: this.community, book })
  }

  /** The events of a book as the store has them. */
  async events(book: BookName = 'open'): Promise<readonly RecordedEvent<Record<string, unknown>>[]> {
    return (await this.records(book)).map(({ text }) => JSON.parse(text) as RecordedEvent<Record<string, unknown>>)
  }
}

/** The refusal of an outcome that has to be one. */
export function refusalOf(outcome: Outcome): Refusal {
  if (outcome.kind !== 'refused') throw new Error(`not refused, but ${outcome.kind}`)
  return outcome.refusal
}

/** The types of events, in order: what most tests of a command look at first. */
export function typesOf(events: readonly (RecordedEvent | NewEvent)[]): readonly string[] {
  return events.map((event) => ('definition' in event ? event.definition.type : event.type))
}

/** A field of the first event of a type. @throws Error where there is none. */
export function fieldOf<T = string>(events: readonly RecordedEvent[], type: string, field: string): T {
  const event = events.find((each) => each.type === type)
  if (!event) throw new Error(`no ${type} among ${typesOf(events).join(', ') || 'no events'}`)
  return (event.data as Record<string, T>)[field] as T
}

/** The receipt of an outcome that has to have one. */
export function receiptOf(outcome: Done): Receipt {
  if (outcome.receipt?.book !== 'open' || !('revision' in outcome.receipt)) throw new Error('there is no receipt')
  return outcome.receipt
}

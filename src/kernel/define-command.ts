import type { z } from 'zod'
import type { BookName } from './book.ts'
import type { AnyEvent, NewEvent } from './define-event.ts'
import { defined } from './definitions.ts'
import type { Actor, RecordedEvent } from './envelope.ts'
import type { AnySlice, Slice } from './folds.ts'
import type { OwnMatters } from './matters.ts'
import type { Refusal } from './refusal.ts'

/**
 * Who may give a command: any member, somebody whom the book knows but who has not joined, the operator, or an
 * importer (the operator, or a service with that scope). Whose it is to give beyond that, `decide` says.
 */
export type Who = 'member' | 'member-or-operator' | 'newcomer' | 'operator' | 'importer' | 'founder'

/** What `decide` gets beside state and command: the moment, who acts, and ids and fingerprints that repeat exactly. */
export interface DecideContext {
  readonly community: string
  /** Milliseconds since 1970; never before the last record of the book. */
  readonly now: number
  readonly actor: Actor
  /** The next opaque id of this command: the same again when the same command is decided again. */
  mint(kind: string): string
  /** Keyed fingerprint of the parts under the community's secret, base64url: equal for equal parts, tells nothing else. */
  fingerprint(...parts: readonly string[]): string
  /**
   * The private matters the actor is a party of. A command of the open book is given none, unless it is a person's own
   * yes to what they were asked.
   */
  readonly mine: OwnMatters
  /** When the act was true in the world: `effectiveAt` of a backdated one, else now (ms). */
  readonly actedAt: number
  /** The event definition of a type, for commands that act on any event. */
  eventType(type: string): AnyEvent | undefined
}

export type SliceMap = Readonly<Record<string, AnySlice>>
export type StateOf<R extends SliceMap> = { readonly [K in keyof R]: R[K] extends Slice<infer State> ? State : never }

/** What a command decided: the events to write (none where there was nothing to do) or a refusal. */
export type Decision = readonly NewEvent[] | Refusal

/** A guard in the mode `warn` did not stop the act: said in the answer, and in the record with what was decided on. */
export interface Warning {
  readonly code: string
  readonly message: string
}

export interface HttpBinding {
  readonly method: 'POST'
  /** Path below the community, with the command's own fields as parameters: `/circles/{circleId}/closings`. */
  readonly path: string
  /** The path stands below `/v1` itself, and the body names the community in `community`. */
  readonly root?: true
  /** Where the result can be read, with fields of the command or its result: becomes `Location`. */
  readonly location?: string
  /** What `If-Match` is compared with: a touch such as `circle:{circleId}`. */
  readonly target?: string
  /** Bytes a body may have; 64 KiB unless said. */
  readonly bodyLimit?: number
}

export interface CommandDeclaration<S extends z.ZodObject, R extends SliceMap> {
  /** Imperative PascalCase. */
  readonly name: string
  readonly summary: string
  readonly book: BookName
  readonly who: Who
  readonly schema: S
  /** The slices `decide` reads: it gets these and no others. */
  readonly reads: R
  /** Whether it takes `effectiveAt`, up to 30 days back. */
  readonly backdatable?: boolean
  /**
   * Only the person themself may give it, in a session: no token, no service, no operator in their name. So is every
   * command of the private book and every yes.
   */
  readonly humanOnly?: boolean
  /**
   * A way out, never refused to the person themself: leaving, taking leave, stepping back, declining, withdrawing, ending
   * a tie. No version that has moved on stops anybody, so `If-Match` is not looked at.
   */
  readonly wayOut?: true
  /** An open command that is the addressee's own yes to a private ask: the only kind that may look at one. */
  readonly yes?: boolean
  /** A field that is given as a sign-in link, and names the person the link was made for. The link is used up by the act. */
  readonly redeems?: string
  /** The answer carries a sign-in link for the person its result names, made when the act is done and kept nowhere. */
  readonly issues?: 'link'
  readonly http: HttpBinding
  /** Refusals of this command, by code, with what each means; common ones are not repeated. */
  readonly refusals: Readonly<Record<string, string>>
  /** Pure. */
  decide(state: StateOf<R>, command: z.output<S>, context: DecideContext): Decision
  /** What the answer says was made, from the events alone, so that a repeat gets the same answer. */
  result?(events: readonly RecordedEvent[]): Record<string, unknown>
}

export type CommandDefinition<S extends z.ZodObject = z.ZodObject, R extends SliceMap = SliceMap> = CommandDeclaration<
  S,
  R
>

// biome-ignore lint/suspicious/noExplicitAny: a registry holds commands of every shape
export type AnyCommand = CommandDefinition<any, any>

/**
 * Declares a command. Its HTTP route, OpenAPI entry, `do` verb, idempotency, dry run and reference page follow from
 * this; nothing else has to be touched.
 */
export function defineCommand<S extends z.ZodObject, const R extends SliceMap>(
  declaration: CommandDeclaration<S, R>,
): CommandDefinition<S, R> {
  return defined('command', declaration)
}

/** A result made of fields of the first event: what a command that makes one thing answers. */
export function firstEventFields(
  ...names: readonly string[]
): (events: readonly RecordedEvent[]) => Record<string, unknown> {
  return ([first]) => {
    const data = (first?.data ?? {}) as Record<string, unknown>
    return Object.fromEntries(names.map((name) => [name, data[name]]))
  }
}

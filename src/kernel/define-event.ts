import { z } from 'zod'
import type { BookName } from './book.ts'
import { classed, type DataClass } from './data-class.ts'
import { defined } from './definitions.ts'

/** A sealed value as a schema: what a personal field is once it is stored. */
export const sealedSchema = z.strictObject({
  v: z.literal(1),
  alg: z.literal('A256GCM'),
  kid: z.string(),
  iv: z.string(),
  ct: z.string(),
})

/** One field of an event: what a command writes, what is stored, who may read it and, where personal, whose it is. */
export interface EventField<S extends z.ZodType = z.ZodType, T extends z.ZodType = z.ZodType> {
  readonly schema: S
  readonly stored: T
  readonly dataClass: DataClass
  /** The field of the same event that holds the id of the person whose words these are; `@actor` for who acted. */
  readonly owner?: string
}

/** A field stored as it is. */
export function plain<S extends z.ZodType>(dataClass: DataClass, schema: S): EventField<S, S> {
  return { schema: classed(dataClass, schema), stored: schema, dataClass }
}

/** A person's own text or name, sealed under their key before it reaches any store. */
export function personal<S extends z.ZodType>(
  dataClass: DataClass,
  schema: S,
  owner: string,
): EventField<S, typeof sealedSchema> {
  return { schema: classed(dataClass, schema), stored: sealedSchema, dataClass, owner }
}

/** As {@link personal}, and may be left out. */
export function personalIfAny<S extends z.ZodType>(dataClass: DataClass, schema: S, owner: string) {
  const field = { schema: classed(dataClass, schema.optional()), stored: sealedSchema.optional(), dataClass, owner }
  return field satisfies EventField
}

export type EventFields = Readonly<Record<string, EventField>>
type Shape<F extends EventFields, Side extends 'schema' | 'stored'> = { -readonly [K in keyof F]: F[K][Side] }

/** What a command writes: personal fields as text. */
export type Written<F extends EventFields> = z.output<z.ZodObject<Shape<F, 'schema'>, z.core.$strict>>
/** What a book holds: personal fields sealed. */
export type Stored<F extends EventFields> = z.output<z.ZodObject<Shape<F, 'stored'>, z.core.$strict>>

/** Brings data of an older shape to the next one; the meaning never changes (a new meaning is a new type). */
export type Upcaster = (data: Record<string, unknown>) => Record<string, unknown>

export interface EventDeclaration<T extends string, F extends EventFields> {
  readonly type: T
  readonly version: number
  readonly book: BookName
  /** One sentence for the reference: what has happened when this stands in the book. */
  readonly summary: string
  readonly fields: F
  /** What the event is about (`circle:…`, `member:…`, `role:…`): drives audit filters, ETags and who may dispute it. */
  touches(data: Stored<F>): readonly string[]
  /** The field that says when it is true in the world; without one it is the moment of recording. */
  effectiveAt?(data: Stored<F>): string | undefined
  /** Private events: the matter it belongs to (an ask's id, a case's, a pair's). */
  matter?(data: Stored<F>): string
  /** Private events: who may read it, by person id. */
  parties?(data: Stored<F>): readonly string[]
  /**
   * Whether a correction may replace its data; a consent or a correction itself may not be. Of an act that somebody did,
   * its dates alone: these fields, which come in this order of time. That it happened stays.
   */
  readonly correctable?: boolean | { readonly dates: readonly string[] }
  /** From version n to n+1, by n. */
  readonly upcasters?: Readonly<Record<number, Upcaster>>
  /** Personal fields that depend on the data, beside those of `fields` (a correction carries another event's data). */
  nestedPersonal?(
    data: Record<string, unknown>,
    fieldsOf: (type: string) => EventFields | undefined,
  ): readonly NestedPersonal[]
}

/** Personal fields of another event's data carried below `pointer`. */
export interface NestedPersonal {
  readonly pointer: string
  readonly data: Record<string, unknown>
  readonly fields: EventFields
}

export interface EventDefinition<T extends string = string, F extends EventFields = EventFields>
  extends EventDeclaration<T, F> {
  readonly schema: z.ZodObject<Shape<F, 'schema'>, z.core.$strict>
  readonly storedSchema: z.ZodObject<Shape<F, 'stored'>, z.core.$strict>
  /** Makes the event a command decides on. */
  of(data: Written<F>): NewEvent
}

/** An event a command decided on, before it is sealed and placed in a book. */
export interface NewEvent {
  readonly definition: AnyEvent
  readonly data: Record<string, unknown>
}

// biome-ignore lint/suspicious/noExplicitAny: a registry holds events of every shape, and each knows its own
export type AnyEvent = EventDefinition<string, any>

/**
 * Declares an event: its name, version, book, fields with their data classes, and what it touches. Everything else of
 * the engine (sealing, upcasting, audit filters, the reference page, the golden fixtures) follows from this.
 * @throws Error where an event of the private book names no matter or no parties.
 */
export function defineEvent<const T extends string, F extends EventFields>(
  declaration: EventDeclaration<T, F>,
): EventDefinition<T, F> {
  const named = declaration.matter !== undefined && declaration.parties !== undefined
  if (named !== (declaration.book === 'private'))
    throw new Error(`${declaration.type}: events of the private book, and no others, name their matter and parties`)
  const shape = (side: 'schema' | 'stored') =>
    z.strictObject(Object.fromEntries(Object.entries(declaration.fields).map(([name, field]) => [name, field[side]])))
  const definition: EventDefinition<T, F> = {
    ...declaration,
    schema: shape('schema') as unknown as EventDefinition<T, F>['schema'],
    storedSchema: shape('stored') as unknown as EventDefinition<T, F>['storedSchema'],
    of: (data) => ({ definition: definition as unknown as AnyEvent, data: withoutUndefined(data) }),
  }
  return defined('event', definition)
}

// An absent field and one that is undefined are the same to a command, but only the first has a canonical text.
function withoutUndefined(data: object): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(data)) if (value !== undefined) result[key] = value
  return result
}

import type { z } from 'zod'
import type { Revision } from './book.ts'
import { defined } from './definitions.ts'
import type { RecordedEvent } from './envelope.ts'
import type { AnyProjection, AnySlice, Projection, Slice } from './folds.ts'
import type { OwnMatters } from './matters.ts'
import type { Refusal } from './refusal.ts'
import type { SealedAt } from './sealed.ts'

/** The point a question is asked at, on both axes. */
export interface Point {
  /** True in the world at: ms since 1970. */
  readonly asOf: number
  /** Recorded by: the last revision that counts; -1 before the first record. */
  readonly revision: Revision
}

export interface AskContext extends Point {
  readonly community: string
  /** The head the answer is computed at: no revision after it is looked at. */
  readonly head: Revision
  readonly now: number
  /** Who asks; undefined where it is nobody in particular. Only questions of one's own are told. */
  readonly viewer: string | undefined
  /** The private matters of whoever asks; none but for questions of one's own. */
  readonly mine: OwnMatters
  /** When whoever asks has left, where they have; RFC 3339. Nothing recorded later is told. */
  readonly viewerLeftAt: string | undefined
  /** Another point, for questions that compare: both given as they come in a request. */
  pointAt(asOf: string | undefined, asKnownAt: string | undefined, atRevision: number | undefined): Point | Refusal
  /** Opens a sealed name or text; undefined where its key was destroyed. */
  open(sealed: SealedAt): string | undefined
  /** When a revision was recorded (RFC 3339). */
  recordedAt(revision: Revision): string | undefined
  /** Leaf hash of the record at a revision of the open book. */
  hash(revision: Revision): string | undefined
  /**
   * Reads events of the open book from a revision on, as they read at the newest shape, up to the one asked about. With
   * `naming`, only those whose text names every one of these ids. For questions that show events; views hold none.
   */
  events(from: Revision, naming?: readonly string[]): AsyncIterable<RecordedEvent>
  /** What an event is about, as its type declares. */
  touches(event: RecordedEvent): readonly string[]
  /**
   * A fold of the private book that the question declared in `sums`, for figures that name nobody.
   * @throws Error where it declared none such.
   */
  sumOf<State>(slice: Slice<State>): State
  /** Keyed fingerprint as commands make them: finds an imported person by their id in the source. */
  fingerprint(...parts: readonly string[]): string
}

export type ProjectionMap = Readonly<Record<string, AnyProjection>>
export type ViewsOf<R extends ProjectionMap> = {
  readonly [K in keyof R]: R[K] extends Projection<infer View> ? View : never
}

/** One flat row of an answer, for CSV and for tables on a terminal. */
export type Row = Readonly<Record<string, string | number | boolean | null>>

export interface CliBinding {
  /** Top-level verb: `who`. Every question is also there as `ask <name>`. */
  readonly verb: string
  /** Parameters given by position, in order. */
  readonly positional?: readonly string[]
  /** Other names for parameters, as people say them: `{ on: 'asOf' }`. */
  readonly aliases?: Readonly<Record<string, string>>
}

export interface QuestionDeclaration<P extends z.ZodObject, R extends ProjectionMap, A extends z.ZodObject> {
  /** kebab-case, as it stands in the reference and on the command line. */
  readonly name: string
  readonly summary: string
  /** The projections it is answered from. */
  readonly reads: R
  readonly params: P
  readonly answer: A
  /** Whether it takes `asOf`: questions over a period have their own dates. */
  readonly timed: boolean
  /** Parameters that come from the clock where they are not given; they stand in the permalink, so that it repeats. */
  clockDefaults?(now: number): Readonly<Record<string, unknown>>
  /** A question of one's own: answered to the person in session alone, below `/mine`, and kept in no cache. */
  readonly own?: true
  /**
   * Of one's own: folds of the private book beyond one's own matters, of which the answer tells sums alone, and none that
   * would tell what one person said.
   */
  readonly sums?: readonly AnySlice[]
  /** Of one's own: whoever has left may ask it once more, signed in anew, and is told what was theirs until then. */
  readonly afterLeaving?: true
  /** Of one's own: the revision of the matter the answer is, for its ETag. */
  matterRevision?(answer: z.output<A>): number | undefined
  /** What the answer is the resource of, such as `role:…`: its ETag is the revision that touched it last. */
  resource?(answer: z.output<A>): string
  /** Part of the public roster, where a community opted in. */
  readonly public: boolean
  readonly http: { readonly path: string }
  readonly cli?: CliBinding
  /** The answer as flat rows; a question without them has no CSV. */
  rows?(answer: z.output<A>): readonly Row[]
  /** What a terminal prints below the rows, in a few lines, instead of every field. */
  words?(answer: z.output<A>): readonly string[]
  /** Pure, but that it may read the book through the context. `undefined`: what the path names does not exist. */
  ask(
    views: ViewsOf<R>,
    params: z.output<P>,
    context: AskContext,
  ): z.output<A> | Refusal | undefined | Promise<z.output<A> | Refusal | undefined>
}

export type QuestionDefinition<
  P extends z.ZodObject = z.ZodObject,
  R extends ProjectionMap = ProjectionMap,
  A extends z.ZodObject = z.ZodObject,
> = QuestionDeclaration<P, R, A>

// biome-ignore lint/suspicious/noExplicitAny: a registry holds questions of every shape
export type AnyQuestion = QuestionDefinition<any, any, any>

/** Declares a question. Its HTTP route, OpenAPI entry, CLI verb, CSV and reference page follow from this. */
export function defineQuestion<P extends z.ZodObject, const R extends ProjectionMap, A extends z.ZodObject>(
  declaration: QuestionDeclaration<P, R, A>,
): QuestionDefinition<P, R, A> {
  return defined('question', declaration)
}

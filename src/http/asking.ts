import { z } from 'zod'
import type { Standing } from '../engine/ports.ts'
import type { Asked } from '../engine/submission.ts'
import { instantText } from '../kernel/dates.ts'
import type { AnyQuestion } from '../kernel/define-question.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { momentForm } from '../kernel/text.ts'
import { type Caller, mayNotRead, ownerFor } from './authorization.ts'
import { addressOf, pathFields } from './commands.ts'
import { MIN_REVISION, notReached } from './min-revision.ts'
import type { AppParts } from './parts.ts'
import { invalid, notFound } from './problems.ts'
import { fromQuery } from './query.ts'
import { letIn } from './standing.ts'

const minRevision = z.int().min(0).optional().meta({ description: MIN_REVISION })

/** The point on the two axes, as every question takes it, and how far the book must have come at least. */
export function pointSchema(question: AnyQuestion): Record<string, z.ZodType> {
  // What is one's own is told as it is now.
  if (question.own) return { minRevision }
  const known = {
    minRevision,
    asKnownAt: momentForm()
      .optional()
      .meta({ description: 'What the record said by then: a day (its end) or an instant; now unless given' }),
    atRevision: z.int().min(0).optional().meta({ description: 'What the record said at exactly this revision' }),
  }
  return question.timed
    ? {
        asOf: momentForm()
          .optional()
          .meta({ description: 'What was so then: a day (its 00:00 UTC) or an instant; now unless given' }),
        ...known,
      }
    : known
}

/** Who asks in which community. */
export interface Asker {
  readonly caller: Caller
  readonly community: string
}

/** A question's answer, and the parameters that pin it. */
export interface Answered {
  readonly asked: Asked
  readonly answer: Record<string, unknown>
  /** Whose own it is, of a question of one's own. */
  readonly viewer: string | undefined
  /** The community as it let them in. */
  readonly standing: Standing | undefined
  /** The moment asked about, where one was given. */
  readonly asOf: string | undefined
  /** Parameters that came from the clock. */
  readonly defaults: Readonly<Record<string, unknown>>
}

/**
 * Asks a question for somebody: the one way to an answer, whatever form it then takes. Who may read is looked at before
 * what was sent.
 */
export async function answerFor(
  question: AnyQuestion,
  { caller, community }: Asker,
  sent: { readonly path: Readonly<Record<string, unknown>>; readonly query: Readonly<Record<string, unknown>> },
  { engine, clock }: AppParts,
): Promise<Answered | Refusal> {
  const { standing, result: viewer } = await letIn(engine, caller, community, (standing) => {
    const access = { caller, community, standing }
    return question.own ? ownerFor(access, question.afterLeaving) : mayNotRead(access, question.public)
  })
  if (isRefusal(viewer)) return viewer
  const schema = schemaOf(question)
  const inPath = pathFields(question.http.path)
  const defaults = question.clockDefaults?.(clock()) ?? {}
  const parsed = schema.safeParse({
    ...defaults,
    ...fromQuery(sent.query, schema.shape),
    ...Object.fromEntries(inPath.map((name) => [name, sent.path[name]])),
  })
  if (!parsed.success) {
    const named = parsed.error.issues.some((issue) => inPath.includes(String(issue.path[0])))
    return named ? notFound() : invalid(parsed.error)
  }
  const { minRevision, asOf, asKnownAt, atRevision, ...params } = parsed.data as Pinned & Record<string, unknown>
  const behind = await notReached(engine, community, minRevision, atRevision)
  if (behind) return behind
  const asked = await engine.ask(community, question, params, { asOf, asKnownAt, atRevision }, viewer)
  const { answer } = asked
  if (answer === undefined) return notFound()
  return isRefusal(answer) ? answer : { asked, answer, viewer, standing, asOf, defaults }
}

interface Pinned {
  readonly minRevision?: number
  readonly asOf?: string
  readonly asKnownAt?: string
  readonly atRevision?: number
}

const schemas = new WeakMap<AnyQuestion, z.ZodObject>()

function schemaOf(question: AnyQuestion): z.ZodObject {
  const known = schemas.get(question)
  if (known) return known
  const schema = z.strictObject({ ...(question.params as z.ZodObject).shape, ...pointSchema(question) })
  schemas.set(question, schema)
  return schema
}

/** An answer with the point it was given at, and the address under the one it was asked at that repeats it for ever. */
export function framed(question: AnyQuestion, { asked, answer, asOf, defaults }: Answered, url: string) {
  const { head, point, recordedAt } = asked
  const moment = question.timed ? { asOf: asOf ?? instantText(point.asOf) } : {}
  return {
    ...moment,
    asKnownAt: recordedAt ?? null,
    atRevision: point.revision,
    head,
    record: point.revision < 0 ? 'nothing-recorded-yet' : 'recorded',
    permalink: permalink(url, { ...defaults, ...moment }, point.revision),
    ...answer,
  }
}

/** The address that repeats an answer: what came from the clock is pinned, and so is what the record said. */
export function permalink(address: string, pinned: Readonly<Record<string, unknown>>, revision: number): string {
  const url = new URL(address, 'http://local')
  for (const [name, value] of Object.entries(pinned))
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(value))
  url.searchParams.delete('minRevision')
  // A book without a record by then has no revision to pin, and the day asked about stays what it was.
  if (revision >= 0) {
    url.searchParams.delete('asKnownAt')
    url.searchParams.set('atRevision', String(revision))
  }
  return `${url.pathname}${url.search}`
}

/** The address in the API at which a question is asked with these parameters. */
export function apiAddress(
  question: AnyQuestion,
  community: string,
  path: Readonly<Record<string, unknown>>,
  query: Readonly<Record<string, unknown>>,
): string {
  const fields: Readonly<Record<string, unknown>> = { ...path, community }
  const filled = addressOf(question.http).replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(fields[name])),
  )
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return search.size === 0 ? filled : `${filled}?${search}`
}

import { instantText } from '../kernel/dates.ts'
import type { AnyQuestion, AskContext } from '../kernel/define-question.ts'
import type { AnyProjection } from '../kernel/folds.ts'
import { isRefusal } from '../kernel/refusal.ts'
import type { Inside } from './inside.ts'
import { NO_MATTERS } from './matters.ts'
import { type AskedPoint, pointOf } from './point.ts'
import type { Asked } from './submission.ts'

/** Answers a question from a community as it stands, at a point on both axes. */
export async function answered(
  inside: Inside,
  question: AnyQuestion,
  params: unknown,
  asked: AskedPoint,
  viewer: string | undefined,
): Promise<Asked> {
  const book = inside.book('open')
  const now = inside.parts.clock()
  const head = { revision: book.head, hash: book.hash(book.head) ?? null }
  const durable = inside.durable
  const point = pointOf(asked, book, now)
  if (isRefusal(point))
    return { answer: point, point: { asOf: now, revision: head.revision }, head, recordedAt: undefined }
  const leftAt = question.afterLeaving && viewer !== undefined ? inside.standing.leftAt(viewer) : undefined
  const context: AskContext = {
    ...point,
    community: inside.id,
    head: head.revision,
    now,
    viewer: question.own ? viewer : undefined,
    mine: question.own && viewer !== undefined ? inside.matters.ownOf(viewer, leftAt) : NO_MATTERS,
    viewerLeftAt: textOf(leftAt),
    pointAt: (asOf, asKnownAt, atRevision) => pointOf({ asOf, asKnownAt, atRevision }, book, now),
    open: (sealed) => inside.sealer.open(sealed),
    recordedAt: (revision) => textOf(book.recordedAt(revision)),
    hash: (revision) => book.hash(revision),
    events: (from, naming, through = point.revision) =>
      inside.eventsFor(durable, { from, to: Math.min(through, head.revision) }, naming),
    touches: (event) => inside.touches(event),
    sumOf: (slice) => {
      if (!question.sums?.includes(slice)) throw new Error(`question ${question.name} sums nothing of "${slice.name}"`)
      return inside.state.of(slice)
    },
    fingerprint: (...parts) => inside.fingerprints.of('field', ...parts),
  }
  const views = Object.fromEntries(
    Object.entries(question.reads).map(([name, part]) => [name, inside.views.of(part as AnyProjection)]),
  )
  const answer = (await question.ask(views, params, context)) as Asked['answer']
  await durable
  const found = { answer, point, head, recordedAt: textOf(book.recordedAt(point.revision)) }
  if (!question.resource || answer === undefined || isRefusal(answer)) return found
  return { ...found, touchedAt: await inside.touchedAt(question.resource(answer as never)) }
}

function textOf(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : instantText(ms)
}

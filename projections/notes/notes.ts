import { z } from 'zod'
import { DecisionNoted } from '../../commands/scribe/events.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { opened } from '../audit-trail/entries.ts'
import { circleParam, circleRef, circleRefOf, findCircle } from '../circles/circle-refs.ts'
import type { CirclesView } from '../circles/projection.ts'
import { circlesProjection } from '../circles/projection.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { peopleProjection } from '../people/projection.ts'
import type { PeopleView } from '../people/view.ts'
import { type RolesView, rolesProjection } from '../roles/projection.ts'
import { roleRef, roleRefOf } from '../roles/role-refs.ts'
import { type NotedDecision, type NotedHolding, type NoteRecord, notesProjection } from './projection.ts'

const STATUS = ['waiting', 'open', 'standing', 'not-agreed', 'corrected-away'] as const

const noteAnswer = z.object({
  noteId: z.string(),
  eventId: z.string(),
  what: z.enum(['holding', 'decision']),
  status: z.enum(STATUS).meta({
    description:
      'waiting: for a witness, and does not count yet; open: counts, and is open to "that\'s not what we agreed"; standing: counts',
  }),
  scribe: personRef,
  notedAt: z.string(),
  openUntil: z.string().nullable(),
  circle: circleRef.nullable(),
  on: z.string().meta({ description: 'When it was decided, or from when the role was held' }),
  title: z.string().nullable(),
  text: z.string().nullable(),
  holding: z
    .object({ holdingId: z.string(), person: personRef, role: roleRef, kind: z.string(), to: z.string().nullable() })
    .nullable(),
  witnesses: z.array(z.object({ person: personRef, at: z.string() })),
  notAgreed: z.object({ person: personRef, at: z.string(), text: z.string().nullable() }).nullable(),
})
type NoteAnswer = z.output<typeof noteAnswer>

export const notes = defineQuestion({
  name: 'notes',
  summary: 'What scribes noted: holdings and decisions, who witnessed them, and what is still open to objection.',
  reads: { notes: notesProjection, people: peopleProjection, roles: rolesProjection, circles: circlesProjection },
  params: z.strictObject({
    circle: circleParam().optional(),
    status: z.enum(STATUS).optional().meta({ description: 'Only notes of this status' }),
  }),
  answer: classed(1, z.object({ notes: z.array(noteAnswer), count: z.int() })),
  timed: true,
  public: false,
  http: { path: '/notes' },
  cli: { verb: 'notes', aliases: { on: 'asOf' } },
  rows: ({ notes }) =>
    notes.map(({ noteId, what, status, on, title, holding, scribe, openUntil, circle }) => ({
      on,
      what,
      status,
      title: title ?? `${holding?.person.name ?? '(erased)'}: ${holding?.role.name ?? ''}`,
      circle: circle?.name ?? null,
      scribe: scribe.name ?? '(erased)',
      openUntil,
      noteId,
    })),
  ask(views, { circle, status }, context) {
    const circleId = circle === undefined ? undefined : findCircle(views.circles, circle, context)
    if (isRefusal(circleId)) return circleId
    const found = [...views.notes.notes.values()]
      .filter(({ noted }) => noted.revision <= context.revision)
      .map((record) => answerOf(views, record, context))
      .filter((note) => circleId === undefined || note.circle?.id === circleId)
      .filter((note) => status === undefined || note.status === status)
    return { notes: found, count: found.length }
  },
})

interface Views {
  readonly people: PeopleView
  readonly roles: RolesView
  readonly circles: CirclesView
}

function answerOf(views: Views, record: NoteRecord, context: AskContext): NoteAnswer {
  const { noted } = record
  const witnessed = record.witnessed.filter(({ revision }) => revision <= context.revision)
  const notAgreed = record.notAgreed && record.notAgreed.revision <= context.revision ? record.notAgreed : undefined
  const correction = record.corrected.findLast(({ revision }) => revision <= context.revision)
  const texts = opened(noted, context)
  const isDecision = noted.type === DecisionNoted.type
  const data = isDecision ? noted.data : (correction?.data ?? noted.data)
  const openUntil = witnessed.at(-1)?.data.openUntil ?? (noted.data as NotedHolding).openUntil ?? null
  const { circleId } = data
  const status = (): NoteAnswer['status'] => {
    if (notAgreed) return 'not-agreed'
    if (correction?.data === null) return 'corrected-away'
    if (openUntil === null) return 'waiting'
    return context.asOf < Date.parse(openUntil) ? 'open' : 'standing'
  }
  return {
    noteId: noted.data.noteId,
    eventId: noted.id,
    what: isDecision ? 'decision' : 'holding',
    status: status(),
    scribe: refOf(views.people, noted.actor, context),
    notedAt: noted.recordedAt,
    openUntil,
    circle: circleId === undefined ? null : circleRefOf(views.circles, circleId, context),
    on: isDecision ? (data as NotedDecision).decidedOn : (data as NotedHolding).from,
    title: isDecision ? (data as NotedDecision).title : null,
    text: wordsOf(isDecision ? texts.text : texts.words),
    holding: isDecision ? null : holdingOf(views, data as NotedHolding, context),
    witnesses: witnessed.map(({ data: { personId }, recordedAt: at }) => {
      return { person: refOf(views.people, personId, context), at }
    }),
    notAgreed: notAgreed
      ? {
          person: refOf(views.people, notAgreed.data.personId, context),
          at: notAgreed.recordedAt,
          text: wordsOf(opened(notAgreed, context).text),
        }
      : null,
  }
}

function holdingOf(views: Views, { holdingId, personId, roleId, kind, to }: NotedHolding, context: AskContext) {
  const [person, role] = [refOf(views.people, personId, context), roleRefOf(views.roles, roleId, context)]
  return { holdingId, person, role, kind, to: to ?? null }
}

// A text whose author was erased reads as no text.
function wordsOf(text: unknown): string | null {
  return typeof text === 'string' ? text : null
}

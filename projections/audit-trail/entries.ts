import { z } from 'zod'
import { DecisionNoted, HoldingNoted, NoteWitnessed } from '../../commands/scribe/events.ts'
import { classed } from '../../src/kernel/data-class.ts'
import type { AskContext } from '../../src/kernel/define-question.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { openedData } from '../../src/kernel/opened.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import type { PeopleView } from '../people/view.ts'
import type { RecordsView } from '../records/projection.ts'

const remarkAnswer = z.object({
  eventId: z.string(),
  type: z.string(),
  revision: z.int(),
  recordedAt: z.string(),
  by: z.string(),
  data: z.record(z.string(), z.unknown()),
})

export const auditEntry = classed(
  1,
  z.object({
    revision: z.int(),
    id: z.string(),
    type: z.string(),
    actor: z.string().meta({ description: 'A person id, operator, engine or service:<label>' }),
    person: personRef.nullable().meta({ description: 'The actor, where a person acted' }),
    capacity: z.string().nullable().meta({ description: 'The role in which they acted, where they said so' }),
    via: z.string(),
    effectiveAt: z.string(),
    recordedAt: z.string(),
    basis: z.string(),
    touches: z.array(z.string()),
    data: z.record(z.string(), z.unknown()),
    hash: z.string().meta({ description: 'Leaf hash of the record: what receipts and proofs are about' }),
    previous: z.string().nullable(),
    remarks: z
      .array(remarkAnswer)
      .meta({ description: 'Corrections, attestations, disputes and annotations, in order' }),
  }),
)
export type AuditEntry = z.output<typeof auditEntry>

/** An event as the trail shows it: personal texts opened or marked erased, and all that was said about it by then. */
export function entryOf(
  event: RecordedEvent,
  views: { people: PeopleView; records: RecordsView },
  touches: readonly string[],
  context: AskContext,
): AuditEntry {
  const remarks = (views.records.remarks.get(event.id) ?? []).filter(({ revision }) => revision <= context.revision)
  return {
    revision: event.revision,
    id: event.id,
    type: event.type,
    actor: event.actor,
    person: event.actor.startsWith('person_') ? refOf(views.people, event.actor, context) : null,
    capacity: event.capacity ?? null,
    via: event.via,
    effectiveAt: event.effectiveAt,
    recordedAt: event.recordedAt,
    basis: basisOf(event, remarks),
    touches: [...touches],
    data: opened(event, context),
    hash: context.hash(event.revision) ?? '',
    previous: event.previous,
    remarks: remarks.map((remark) => ({
      eventId: remark.id,
      type: remark.type,
      revision: remark.revision,
      recordedAt: remark.recordedAt,
      by: remark.actor,
      data: opened(remark, context),
    })),
  }
}

const NOTES: readonly string[] = [HoldingNoted.type, DecisionNoted.type]

// What rests on a record from elsewhere says so itself; everything else was decided here.
function basisOf(event: RecordedEvent, remarks: readonly RecordedEvent[]): string {
  const { basis, importId } = event.data as { basis?: string; importId?: string }
  if (NOTES.includes(event.type))
    return remarks.some((remark) => remark.type === NoteWitnessed.type) ? 'witnessed' : 'self-declared'
  if (basis === undefined && importId === undefined) return 'decided'
  return remarks.some((remark) => remark.type === 'RecordAttested') ? 'witnessed' : (basis ?? 'imported')
}

/** An event's data with its personal texts opened, or marked erased. */
export function opened(event: RecordedEvent, context: AskContext): Record<string, unknown> {
  return openedData(event, (sealed) => context.open(sealed))
}

/** Whether somebody acted, or is named, under one of their ids. */
export function namesAny(
  { actor }: RecordedEvent,
  touches: readonly string[],
  personIds: ReadonlySet<string>,
): boolean {
  return personIds.has(actor) || touches.some((touch) => touch.startsWith('member:') && personIds.has(touch.slice(7)))
}

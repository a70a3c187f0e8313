import { z } from 'zod'
import { defineEvent, type EventFields, personal, personalIfAny, plain } from '../../src/kernel/define-event.ts'
import { dateForm, eventId, idOf, line, prose } from '../../src/kernel/text.ts'

export const HOLDING_KINDS = ['holder', 'co-holder', 'understudy', 'acting', 'observer', 'emeritus'] as const
/** What a holding rests on before anybody attests it. `reconstructed`: from a file's history, whose dates are those of the file. */
export const IMPORT_BASES = ['imported', 'reconstructed'] as const

const person = idOf('person')
const importId = line(100)

export const PersonImported = defineEvent({
  type: 'PersonImported',
  version: 1,
  book: 'open',
  summary: 'A record from elsewhere names a person. They hold history here, not permissions, until they join.',
  fields: {
    importId: plain(1, importId),
    personId: plain(1, person),
    name: personal(1, line(), 'personId'),
    sourceId: personal(1, line(), 'personId'),
    personKey: plain(1, z.string()),
  },
  touches: (data) => [`member:${data.personId}`, `import:${data.importId}`],
  correctable: true,
})

const holding = {
  importId: plain(1, importId),
  holdingId: plain(1, idOf('holding')),
  personId: plain(1, person),
  roleId: plain(1, idOf('role')),
  circleId: plain(1, idOf('circle')),
  kind: plain(1, z.enum(HOLDING_KINDS)),
  from: plain(1, dateForm()),
  to: plain(1, dateForm().optional()),
  basis: plain(1, z.enum(IMPORT_BASES)),
  source: plain(1, line(500)),
  sourceRecordedAt: plain(1, dateForm().optional()),
  sourceKey: plain(1, z.string()),
}

const touchesHolding = (data: {
  personId: string
  roleId: string
  circleId: string
  holdingId: string
  importId: string
}) => [
  `member:${data.personId}`,
  `role:${data.roleId}`,
  `circle:${data.circleId}`,
  `holding:${data.holdingId}`,
  `import:${data.importId}`,
]

export const HoldingImported = defineEvent({
  type: 'HoldingImported',
  version: 1,
  book: 'open',
  summary: 'A record from elsewhere says that a person held a role for a time.',
  fields: holding,
  touches: touchesHolding,
  effectiveAt: (data) => data.from,
  correctable: true,
})

export const HoldingReimported = defineEvent({
  type: 'HoldingReimported',
  version: 1,
  book: 'open',
  summary: 'A newer copy of the record states the same holding with another end.',
  fields: holding,
  touches: touchesHolding,
  effectiveAt: (data) => data.from,
  correctable: true,
})

export const ImportContradicted = defineEvent({
  type: 'ImportContradicted',
  version: 1,
  book: 'open',
  summary:
    'A newer copy of a record disagrees with what was corrected here. What was corrected stands; the row is kept as a question.',
  fields: {
    importId: plain(1, importId),
    holdingId: plain(1, idOf('holding')),
    personId: plain(1, person),
    roleId: plain(1, idOf('role')),
    circleId: plain(1, idOf('circle')),
    from: plain(1, dateForm()),
    to: plain(1, dateForm().optional()),
    source: plain(1, line(500)),
  },
  touches: touchesHolding,
})

const eventRef = z.strictObject({ id: z.string(), eventId: eventId() })

export const ImportWithdrawn = defineEvent({
  type: 'ImportWithdrawn',
  version: 1,
  book: 'open',
  summary: 'What an import first brought no longer counts. Persons, roles and circles that others still name stay.',
  fields: {
    importId: plain(1, importId),
    holdings: plain(1, z.int()),
    circleIds: plain(1, z.array(idOf('circle'))),
    personEvents: plain(1, z.array(eventRef)),
    roleEvents: plain(1, z.array(eventRef)),
  },
  touches: (data) => [`import:${data.importId}`],
})

export const PeopleMerged = defineEvent({
  type: 'PeopleMerged',
  version: 1,
  book: 'open',
  summary:
    'Two persons of the record are one, who goes by the id that is kept. Before this the record had them as two.',
  fields: { keep: plain(1, person), merge: plain(1, person) },
  touches: (data) => [`member:${data.keep}`, `member:${data.merge}`],
  // Where it turns out that they are two after all, a correction says that it never happened.
  correctable: true,
})

const correction = {
  targetEventId: plain(1, eventId()),
  targetType: plain(1, z.string()),
  /** The version of the target's type that the replacement has the shape of. */
  targetVersion: plain(1, z.int()),
  /** The complete new data of the target; null: it never happened. */
  replacement: plain(1, z.record(z.string(), z.unknown()).nullable()),
  replacementEffectiveAt: plain(1, dateForm().optional()),
  /** What the target touches, and what it touches with its new data. */
  about: plain(1, z.array(z.string())),
  reason: personal(1, prose(), '@actor'),
}

function replacementFields(data: Record<string, unknown>, fieldsOf: (type: string) => EventFields | undefined) {
  const fields = fieldsOf(String(data.targetType))
  if (!fields || typeof data.replacement !== 'object' || data.replacement === null) return []
  return [{ pointer: '/replacement', data: data.replacement as Record<string, unknown>, fields }]
}

export const CorrectionProposed = defineEvent({
  type: 'CorrectionProposed',
  version: 1,
  book: 'open',
  summary:
    "A correction that changes another person's interval waits for their own attestation. Nothing has changed yet.",
  fields: { ...correction, needs: plain(1, z.array(person)) },
  touches: (data) => [...data.about, ...data.needs.map((id) => `member:${id}`), `event:${data.targetEventId}`],
  nestedPersonal: replacementFields,
})

export const RecordCorrected = defineEvent({
  type: 'RecordCorrected',
  version: 1,
  book: 'open',
  summary: 'From now on an earlier event reads with other data. What it said before stays reachable.',
  fields: {
    ...correction,
    // A correction that waited for others carries the reason of its proposal there, not again.
    reason: personalIfAny(1, prose(), '@actor'),
    proposalEventId: plain(1, eventId().optional()),
  },
  touches: (data) => [...data.about, `event:${data.targetEventId}`],
  nestedPersonal: replacementFields,
})

const aboutEvent = { eventId: plain(1, eventId()), about: plain(1, z.array(z.string())) }

export const RecordAttested = defineEvent({
  type: 'RecordAttested',
  version: 1,
  book: 'open',
  summary: 'A person says by their own act that a recorded fact is so.',
  fields: { ...aboutEvent, personId: plain(1, person) },
  touches: (data) => [...data.about, `member:${data.personId}`, `event:${data.eventId}`],
})

export const RecordDisputed = defineEvent({
  type: 'RecordDisputed',
  version: 1,
  book: 'open',
  summary: 'A person whom an event names says that it is not so. Every answer that rests on it says so too.',
  fields: { ...aboutEvent, personId: plain(1, person), text: personal(1, prose(), 'personId') },
  touches: (data) => [...data.about, `member:${data.personId}`, `event:${data.eventId}`],
})

export const RecordAnnotated = defineEvent({
  type: 'RecordAnnotated',
  version: 1,
  book: 'open',
  summary: 'A person concerned has added words to an event. They change nothing.',
  fields: { ...aboutEvent, personId: plain(1, person), text: personal(1, prose(), 'personId') },
  touches: (data) => [...data.about, `member:${data.personId}`, `event:${data.eventId}`],
})

export const PersonalDataErased = defineEvent({
  type: 'PersonalDataErased',
  version: 1,
  book: 'open',
  summary:
    "A person's key was destroyed: their names and words can never be read again. Roles, dates and counts stay true.",
  fields: { personId: plain(1, person) },
  touches: (data) => [`member:${data.personId}`],
})

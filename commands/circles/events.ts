import { z } from 'zod'
import { defineEvent, plain } from '../../src/kernel/define-event.ts'
import { dateForm, idOf, line, prose } from '../../src/kernel/text.ts'

const circleId = idOf('circle')

export const CircleFormed = defineEvent({
  type: 'CircleFormed',
  version: 1,
  book: 'open',
  summary: 'A group with a name and a purpose exists from now on.',
  fields: {
    circleId: plain(1, circleId),
    name: plain(1, line()),
    kind: plain(1, line(60)),
    parentId: plain(1, circleId.optional()),
    purpose: plain(1, prose()),
  },
  touches: (data) => [`circle:${data.circleId}`],
})

/** What an amendment of a circle may change; `parentId` null takes it out of its parent. */
export const circleChanges = z.strictObject({
  name: line().optional(),
  kind: line(60).optional(),
  parentId: circleId.nullable().optional(),
  purpose: prose().optional(),
})

export const CircleAmended = defineEvent({
  type: 'CircleAmended',
  version: 1,
  book: 'open',
  summary: "A circle's name, kind, purpose or place is another from now on.",
  fields: { circleId: plain(1, circleId), changes: plain(1, circleChanges) },
  touches: (data) => [`circle:${data.circleId}`],
})

export const CircleClosed = defineEvent({
  type: 'CircleClosed',
  version: 1,
  book: 'open',
  summary: 'The circle has ended; its history stays, and it may open again.',
  fields: { circleId: plain(1, circleId) },
  touches: (data) => [`circle:${data.circleId}`],
})

export const CircleReopened = defineEvent({
  type: 'CircleReopened',
  version: 1,
  book: 'open',
  summary: 'A closed circle has begun another spell.',
  fields: { circleId: plain(1, circleId) },
  touches: (data) => [`circle:${data.circleId}`],
})

export const CircleImported = defineEvent({
  type: 'CircleImported',
  version: 1,
  book: 'open',
  summary: 'A record from elsewhere says that a circle existed for one spell; the newest row for a spell counts.',
  fields: {
    importId: plain(1, line(100)),
    circleId: plain(1, circleId),
    key: plain(1, line()),
    spell: plain(1, z.string()),
    name: plain(1, line()),
    kind: plain(1, line(60)),
    parentId: plain(1, circleId.optional()),
    from: plain(1, dateForm()),
    to: plain(1, dateForm().optional()),
    source: plain(1, line(500)),
  },
  touches: (data) => [`circle:${data.circleId}`, `import:${data.importId}`],
  effectiveAt: (data) => data.from,
  correctable: true,
})

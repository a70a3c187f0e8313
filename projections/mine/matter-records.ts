import { z } from 'zod'
import type { AskContext } from '../../src/kernel/define-question.ts'
import type { Matter } from '../../src/kernel/matters.ts'
import { opened } from '../audit-trail/entries.ts'

/** A private record as its parties see it: all but its place in the private book. */
export const matterRecord = z.object({
  matterRevision: z.int(),
  id: z.string(),
  type: z.string(),
  actor: z.string(),
  effectiveAt: z.string(),
  recordedAt: z.string(),
  data: z.record(z.string(), z.unknown()),
  hash: z.string().meta({ description: 'Matter hash: what receipts name, and `record` hashes to' }),
  record: z
    .record(z.string(), z.unknown())
    .meta({ description: 'The stored record without its place in the private book, sealed as it is: for checking' }),
})

/** The records of a matter that the asker may read, opened, each with what proves it. */
export function matterRecords(matter: Matter, context: AskContext): z.output<typeof matterRecord>[] {
  return matter.events.map((event, i) => {
    const { revision: _, previous: __, ...record } = event
    return {
      matterRevision: event.matterRevision ?? 0,
      id: event.id,
      type: event.type,
      actor: event.actor,
      effectiveAt: event.effectiveAt,
      recordedAt: event.recordedAt,
      data: opened(event, context),
      hash: matter.hashes[i] ?? '',
      record: record as Record<string, unknown>,
    }
  })
}

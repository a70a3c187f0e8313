import type { AnyEvent } from '../kernel/define-event.ts'
import type { RecordedEvent } from '../kernel/envelope.ts'
import { UnknownEvent } from './errors.ts'

/**
 * Brings a record to the newest shape of its type; the one boundary through which every read of a book passes.
 * @throws UnknownEvent for a type or version of a newer program.
 */
export function upcast(event: RecordedEvent, events: ReadonlyMap<string, AnyEvent>): RecordedEvent {
  const definition = events.get(event.type)
  if (!definition)
    throw new UnknownEvent(`record ${event.revision} is a ${event.type}, which this version does not know`)
  if (event.schemaVersion === definition.version) return event
  if (event.schemaVersion > definition.version) {
    throw new UnknownEvent(
      `record ${event.revision} is a ${event.type} of version ${event.schemaVersion}; this program knows ${definition.version}`,
    )
  }
  let data = event.data as Record<string, unknown>
  for (let version = event.schemaVersion; version < definition.version; version += 1) {
    const step = definition.upcasters?.[version]
    if (!step) throw new UnknownEvent(`${event.type} has no way from version ${version} to ${version + 1}`)
    data = step(data)
  }
  return { ...event, data }
}

import type { AnyEvent } from '../kernel/define-event.ts'
import type { RecordedEvent } from '../kernel/envelope.ts'
import { UnknownEvent } from './errors.ts'

/**
 * Brings a record to the newest shape of its type; the one boundary through which every read of a book passes.
 * @throws UnknownEvent for a type or version of a newer program.
 */
export function upcast(event: RecordedEvent, events: ReadonlyMap<string, AnyEvent>): RecordedEvent {
  const { type, schemaVersion, revision } = event
  const definition = events.get(type)
  if (definition && schemaVersion === definition.version && !definition.nestedPersonal) return event
  const data = newest(type, schemaVersion, event.data as Data, events, revision)
  const carried = carriedData(data, events, revision)
  return data === event.data && carried === undefined ? event : { ...event, data: carried ?? data }
}

type Data = Record<string, unknown>

function newest(type: string, from: number, data: Data, events: ReadonlyMap<string, AnyEvent>, revision: number): Data {
  const definition = events.get(type)
  if (!definition) throw new UnknownEvent(`record ${revision} is a ${type}, which this version does not know`)
  if (from > definition.version) {
    throw new UnknownEvent(
      `record ${revision} is a ${type} of version ${from}; this program knows ${definition.version}`,
    )
  }
  let result = data
  for (let version = from; version < definition.version; version += 1) {
    const step = definition.upcasters?.[version]
    if (!step) throw new UnknownEvent(`${type} has no way from version ${version} to ${version + 1}`)
    result = step(result)
  }
  return result
}

/** A correction carries another event's data in the shape it had then: it is read in its newest shape too. */
function carriedData(data: Data, events: ReadonlyMap<string, AnyEvent>, revision: number): Data | undefined {
  const { targetType, targetVersion, replacement } = data
  if (
    typeof targetType !== 'string' ||
    typeof targetVersion !== 'number' ||
    typeof replacement !== 'object' ||
    replacement === null
  )
    return undefined
  const upcasted = newest(targetType, targetVersion, replacement as Data, events, revision)
  return upcasted === replacement
    ? undefined
    : { ...data, replacement: upcasted, targetVersion: events.get(targetType)?.version }
}

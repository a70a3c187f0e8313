import { sealedSchema } from './define-event.ts'
import type { RecordedEvent } from './envelope.ts'
import type { SealedAt, SealedValue } from './sealed.ts'

/** An event's data with its personal texts opened, or marked erased where their key is gone. */
export function openedData(
  event: RecordedEvent,
  open: (sealed: SealedAt) => string | undefined,
): Record<string, unknown> {
  const openIn = (data: Readonly<Record<string, unknown>>, base: string): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(data).map(([name, value]) => {
        const pointer = `${base}/${name}`
        if (sealedSchema.safeParse(value).success) {
          const { community, book, id: eventId } = event
          return [name, open({ community, book, eventId, pointer, value: value as SealedValue }) ?? { erased: true }]
        }
        const nested = typeof value === 'object' && value !== null && !Array.isArray(value)
        return [name, nested ? openIn(value as Record<string, unknown>, pointer) : value]
      }),
    )
  return openIn(event.data as Record<string, unknown>, '')
}

import type { DecideContext } from '../../src/kernel/define-command.ts'
import { type KnownEvent, type RecordsState, whoIs } from './state.ts'

/** What an event is about, as it reads now; empty where a correction says it never happened. */
export function touchesOf(event: KnownEvent, context: DecideContext): readonly string[] {
  const definition = context.eventType(event.type)
  return definition && event.data !== null ? definition.touches(event.data as never) : []
}

/** Whether an event names the person. */
export function names(touches: readonly string[], personId: string): boolean {
  return touches.includes(`member:${personId}`)
}

/** Whether an event names the person, by their own id or that of somebody who came to be them. */
export function namesOrClaimed(state: RecordsState, touches: readonly string[], personId: string): boolean {
  if (names(touches, personId)) return true
  return touches.some((touch) => touch.startsWith('member:') && whoIs(state, touch.slice(7)) === personId)
}

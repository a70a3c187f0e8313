import type { DecideContext } from '../../src/kernel/define-command.ts'
import type { KnownEvent } from './state.ts'

/** What an event is about, as it reads now; empty where a correction says it never happened. */
export function touchesOf(event: KnownEvent, context: DecideContext): readonly string[] {
  const definition = context.eventType(event.type)
  return definition && event.data !== null ? definition.touches(event.data as never) : []
}

/** Whether an event names the person. */
export function names(touches: readonly string[], personId: string): boolean {
  return touches.includes(`member:${personId}`)
}

import type { Warning } from '../kernel/define-command.ts'

/** The warnings frozen in an event's snapshot, so that a repeat of the act is answered with the same ones. */
export function warningsIn(data: unknown): readonly Warning[] {
  const { snapshot } = data as { snapshot?: { warnings?: readonly Warning[] } }
  return snapshot?.warnings ?? []
}

import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { type Case, on } from '../../src/kernel/folds.ts'
import { MemberLeft, MembershipEnded } from './events.ts'

/** How somebody comes to be a member no longer: by their own act, or by what was decided together. */
export const LEAVING_TYPES: ReadonlySet<string> = new Set([MemberLeft.type, MembershipEnded.type])

/** The cases of a fold for whoever is a member no longer. */
export function leavingCases<S>(
  apply: (state: S, data: { readonly personId: string }, event: RecordedEvent) => void,
): readonly Case<S>[] {
  return [on(MemberLeft, apply), on(MembershipEnded, apply)]
}

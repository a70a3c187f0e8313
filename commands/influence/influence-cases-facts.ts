import type { AnyEvent } from '../../src/kernel/define-event.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import type { Case } from '../../src/kernel/folds.ts'
import { leavingCases } from '../community/leaving-facts.ts'
import { RoleAmended, RoleDefined, RoleImported, RoleRetired } from '../roles/events.ts'
import { holdingCases } from '../roles/holding-log.ts'
import { ACTS } from './contribution-facts.ts'
import type { LiveInfluence } from './live-facts.ts'
import { MOMENTS } from './moment-facts.ts'

/** Every event that may change somebody's influence. */
const BEARING: readonly AnyEvent[] = [
  ...([RoleDefined, RoleImported, RoleAmended, RoleRetired] as readonly unknown[] as readonly AnyEvent[]),
  ...leavingCases(() => undefined).map(({ event }) => event),
  ...holdingCases<undefined>(
    () => unfolded(),
    () => undefined,
  ).map(({ event }) => event),
  ...[...ACTS.values()].map(({ event }) => event),
]

/** The cases of any fold that keeps influence up. */
export function influenceCases<S>(live: (state: S) => LiveInfluence): readonly Case<S>[] {
  return BEARING.map((event) => ({ event, apply: (state, recorded) => live(state).note(recorded) }))
}

// Only which events there are is asked here.
function unfolded(): never {
  throw new Error('no event is folded here')
}

/** Beside the cases: acts of a moment are known by their name, so that their areas need not be known here. */
export function noteMoment(live: LiveInfluence, event: RecordedEvent): void {
  if (MOMENTS.has(event.type)) live.note(event)
}

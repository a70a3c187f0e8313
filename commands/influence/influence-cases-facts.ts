import type { AnyEvent } from '../../src/kernel/define-event.ts'
import type { Case } from '../../src/kernel/folds.ts'
import { MemberLeft } from '../community/events.ts'
import { RoleAmended, RoleDefined, RoleImported, RoleRetired } from '../roles/events.ts'
import { holdingCases } from '../roles/holding-log.ts'
import { ACTS } from './contribution-facts.ts'
import type { LiveInfluence } from './live-facts.ts'

/** Every event that may change somebody's influence. */
const BEARING: readonly AnyEvent[] = [
  ...([RoleDefined, RoleImported, RoleAmended, RoleRetired, MemberLeft] as readonly unknown[] as readonly AnyEvent[]),
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

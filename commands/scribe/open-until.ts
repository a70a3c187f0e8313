import { DAY_MS, instantText } from '../../src/kernel/dates.ts'
import type { CommunityState } from '../community/state.ts'

/** Until when a note that counts from a moment (ms) is open to "that's not what we agreed". */
export function openFrom(t: number, { policy }: CommunityState): string {
  return instantText(t + policy.values.noteOpenDays * DAY_MS)
}

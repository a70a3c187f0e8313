import { instantText } from '../../src/kernel/dates.ts'
import type { Round } from './round-facts.ts'

export const HOUR_MS = 3_600_000

/** When the window of a new version closes: the one there is, or so many hours from now, whichever is later. */
export function windowOfNewVersion({ closesAt, opensAt, submitted }: Round, now: number): string {
  return instantText(Math.max(closesAt, Math.max(now, opensAt) + submitted.snapshot.extendsHours * HOUR_MS))
}

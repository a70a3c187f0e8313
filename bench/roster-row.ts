import type { Certainty } from '../src/kernel/intervals.ts'

/** A line of a roster, as both sides give it; `to` is empty where no end is known. */
export interface RosterRow {
  readonly personId: string
  readonly roleId: string
  readonly circleId: string
  readonly kind: string
  readonly from: string
  readonly to: string
  readonly certainty: Certainty
}

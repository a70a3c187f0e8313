import { DAY_MS } from '../../src/kernel/dates.ts'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import type { Policies } from '../community/policy-table.ts'
import { momentText } from './holding-facts.ts'
import { holdingsOf, type RolesState } from './state.ts'
import { rowOf, type Term } from './terms.ts'

export const CONSECUTIVE_TERM_LIMIT =
  'Turns are taken: the same person holds a role for so many terms and days in a row, then rests.'

/** The terms of a person in a role as they ran or run, the one that was cut short with its true end. */
export function termsOf(roles: RolesState, roleId: string, personId: string): readonly Term[] {
  return holdingsOf(roles, roleId).flatMap(({ fact, to }) =>
    fact.personId === personId && fact.terms
      ? fact.terms
          .filter((term) => term.start < to.earliest)
          .map((term) => ({ ...term, end: Math.min(term.end, to.earliest) }))
      : [],
  )
}

/** Which term in a row a new one would be. */
export function termNumberOf(
  roles: RolesState,
  roleId: string,
  personId: string,
  start: number,
  end: number,
  { restDays }: Policies,
): number {
  const added = { number: 0, start, end }
  return rowOf(termsOf(roles, roleId, personId), added, restDays).indexOf(added) + 1
}

/** Refuses a term that would be one too many in a row, or make the row too long. */
export function tooManyInARow(
  roles: RolesState,
  roleId: string,
  personId: string,
  start: number,
  end: number,
  { restDays, maxConsecutiveTerms, maxConsecutiveDays }: Policies,
): Refusal | undefined {
  const added: Term = { number: 0, start, end }
  const row = rowOf(termsOf(roles, roleId, personId), added, restDays)
  const days = row.reduce((sum, term) => sum + (term.end - term.start), 0) / DAY_MS
  if (row.length <= maxConsecutiveTerms && days <= maxConsecutiveDays) return undefined
  const before = row.filter((term) => term !== added).at(-1)
  const again = before && { again: momentText(before.end + restDays * DAY_MS) }
  const facts = { limit: maxConsecutiveTerms, limitDays: maxConsecutiveDays, ...again }
  return refuse('CONSECUTIVE_TERM_LIMIT', { facts, message: CONSECUTIVE_TERM_LIMIT })
}

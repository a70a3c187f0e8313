import type { Stored } from '../../src/kernel/define-event.ts'
import { defineSlice, on } from '../../src/kernel/folds.ts'
import { AccountabilityEnded, AccountabilityStarted, MentorshipEnded, MentorshipStarted } from './events.ts'

/** A tie from when it began until it ended; ms, half-open, Infinity while it lasts. */
interface Spell {
  readonly from: number
  readonly to: number
}
export type Mentorship = Omit<Stored<(typeof MentorshipStarted)['fields']>, 'asked'> & Spell
export type AccountabilityTie = Omit<Stored<(typeof AccountabilityStarted)['fields']>, 'asked'> & Spell

export interface AccountabilityState {
  readonly mentorships: Map<string, Mentorship>
  readonly ties: Map<string, AccountabilityTie>
  /** Ids of mentorships and ties, past ones included, by each of their two persons. */
  readonly byPerson: Map<string, Set<string>>
}

/** The mentorships of a person, on either side, that run. */
export function runningMentorships(state: AccountabilityState, personId: string): readonly Mentorship[] {
  return ofPerson(state, state.mentorships, personId)
}

/** The accountability ties of a person, on either side, that run. */
export function runningTies(state: AccountabilityState, personId: string): readonly AccountabilityTie[] {
  return ofPerson(state, state.ties, personId)
}

function ofPerson<T extends Spell>(state: AccountabilityState, all: Map<string, T>, personId: string): readonly T[] {
  return [...(state.byPerson.get(personId) ?? [])].flatMap((id) => {
    const tie = all.get(id)
    return tie && tie.to === Number.POSITIVE_INFINITY ? [tie] : []
  })
}

function begun<T extends Spell>(
  state: AccountabilityState,
  all: Map<string, T>,
  id: string,
  people: readonly string[],
  tie: T,
): void {
  all.set(id, tie)
  for (const personId of people) {
    const known = state.byPerson.get(personId)
    if (known) known.add(id)
    else state.byPerson.set(personId, new Set([id]))
  }
}

function ended<T extends Spell>(all: Map<string, T>, id: string, effectiveAt: string): void {
  const tie = all.get(id)
  if (tie) all.set(id, { ...tie, to: Date.parse(effectiveAt) })
}

export const accountabilitySlice = defineSlice<AccountabilityState>({
  name: 'accountability',
  book: 'open',
  initial: () => ({ mentorships: new Map(), ties: new Map(), byPerson: new Map() }),
  cases: [
    on(MentorshipStarted, (state, { asked: _, ...data }, { effectiveAt }) => {
      const spell = { from: Date.parse(effectiveAt), to: Number.POSITIVE_INFINITY }
      begun(state, state.mentorships, data.mentorshipId, [data.menteeId, data.mentorId], { ...data, ...spell })
    }),
    on(MentorshipEnded, (state, data, { effectiveAt }) => ended(state.mentorships, data.mentorshipId, effectiveAt)),
    on(AccountabilityStarted, (state, { asked: _, ...data }, { effectiveAt }) => {
      const spell = { from: Date.parse(effectiveAt), to: Number.POSITIVE_INFINITY }
      begun(state, state.ties, data.accountabilityId, [data.personId, data.partnerId], { ...data, ...spell })
    }),
    on(AccountabilityEnded, (state, data, { effectiveAt }) => ended(state.ties, data.accountabilityId, effectiveAt)),
  ],
})

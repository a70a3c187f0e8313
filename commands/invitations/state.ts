import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { type Case, defineSlice } from '../../src/kernel/folds.ts'
import { leavingCases } from '../community/leaving-facts.ts'
import { type InvitationLife, LIFE_EVENTS, lived } from './life.ts'

export interface InvitationsState {
  readonly lives: Map<string, InvitationLife>
  /** Invitations somebody invites to, hosts or has said yes to, by person. */
  readonly byPerson: Map<string, Set<string>>
}

/** Invitations the person has anything to do with, as inviter, host or guest. */
export function invitationsWith(state: InvitationsState, personId: string): readonly InvitationLife[] {
  return [...(state.byPerson.get(personId) ?? [])].flatMap((id) => state.lives.get(id) ?? [])
}

export const invitationsSlice = defineSlice<InvitationsState>({
  name: 'invitations',
  book: 'open',
  initial: () => ({ lives: new Map(), byPerson: new Map() }),
  cases: [
    ...LIFE_EVENTS.map(
      (event): Case<InvitationsState> => ({ event: event as unknown as Case<unknown>['event'], apply: told }),
    ),
    ...leavingCases<InvitationsState>((state, data, event) => {
      for (const life of invitationsWith(state, data.personId)) lived(life, event)
    }),
  ],
})

function told(state: InvitationsState, event: RecordedEvent): void {
  const { invitationId, personId, inviterIds = [] } = event.data as Named
  state.lives.set(invitationId, lived(state.lives.get(invitationId), event))
  for (const id of personId === undefined ? inviterIds : [personId, ...inviterIds]) {
    const known = state.byPerson.get(id)
    if (known) known.add(invitationId)
    else state.byPerson.set(id, new Set([invitationId]))
  }
}

interface Named {
  readonly invitationId: string
  readonly personId?: string
  readonly inviterIds?: readonly string[]
}

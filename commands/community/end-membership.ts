import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { unknownReference } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { tiesEnded } from '../accountability/leaving.ts'
import { accountabilitySlice } from '../accountability/state.ts'
import { mayEnd, notByItself, RECALL_NEEDS_ADOPTED_PROPOSAL } from '../agreements/recalls.ts'
import { endHoldingsOf } from '../roles/end-holdings.ts'
import { rolesSlice } from '../roles/state.ts'
import { MembershipEnded } from './events.ts'
import { communitySlice } from './state.ts'

export const endMembership = defineCommand({
  name: 'EndMembership',
  summary:
    'Ends a membership together. Only adopting the recall proposal that carries it does so; their terms and credentials end with it, and their history stays true.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({
    memberId: idOf('person'),
    proposalId: idOf('proposal').optional().meta({ description: 'The recall proposal that carries it' }),
  }),
  reads: { community: communitySlice, roles: rolesSlice, accountability: accountabilitySlice },
  part: {},
  http: { method: 'POST', path: '/members/{memberId}/membership-ends' },
  refusals: { RECALL_NEEDS_ADOPTED_PROPOSAL },
  decide({ community, roles, accountability }, { memberId }, { mandate, now }) {
    if (!mayEnd(mandate)) return notByItself()
    if (!community.members.has(memberId)) return unknownReference('/memberId', memberId, 'member')
    const { proposalId } = mandate
    return [
      MembershipEnded.of({ personId: memberId, proposalId }),
      ...endHoldingsOf(roles, memberId, now, 'membership-ended'),
      ...tiesEnded(accountability, memberId),
    ]
  },
  result: firstEventFields('personId'),
})

import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { tiesEnded } from '../accountability/leaving.ts'
import { accountabilitySlice } from '../accountability/state.ts'
import { endHoldingsOf } from '../roles/end-holdings.ts'
import { rolesSlice } from '../roles/state.ts'
import { MemberLeft } from './events.ts'

export const leaveCommunity = defineCommand({
  name: 'LeaveCommunity',
  summary:
    'Leaves the community. It is never refused; your terms end, your credentials end, and your history stays true.',
  book: 'open',
  who: 'member',
  wayOut: true,
  humanOnly: true,
  schema: z.strictObject({}),
  reads: { roles: rolesSlice, accountability: accountabilitySlice },
  http: { method: 'POST', path: '/departures' },
  refusals: {},
  decide({ roles, accountability }, _, { actor, now }) {
    const personId = actor.kind === 'person' ? actor.personId : ''
    return [
      MemberLeft.of({ personId }),
      ...endHoldingsOf(roles, personId, now, 'left'),
      ...tiesEnded(accountability, personId),
    ]
  },
  result: firstEventFields('personId'),
})

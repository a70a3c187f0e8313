import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { personOf } from '../invitations/standing.ts'
import { invitationsSlice } from '../invitations/state.ts'
import { GuestsMadeAtHome } from './events.ts'
import { hostsAt, presentAt } from './hosting.ts'
import { GATHERING_NOT_OPEN, gatheringBy, isHost, NOT_A_HOST, notOpen } from './hosts.ts'

const NO_GUESTS = 'Nobody is there but the hosts.'
const ALREADY_AT_HOME = 'Everybody was made at home already.'

export const makeYourselfAtHome = defineCommand({
  name: 'MakeYourselfAtHome',
  summary:
    'Makes everybody present at home: from here on whoever is present may do what only hosts could, and who takes it up is co-responsible.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ invitationId: idOf('invitation') }),
  reads: { invitations: invitationsSlice },
  http: {
    method: 'POST',
    path: '/gatherings/{invitationId}/at-home',
    location: '/gatherings/{invitationId}',
    target: 'invitation:{invitationId}',
  },
  refusals: { NOT_A_HOST, GATHERING_NOT_OPEN, NO_GUESTS, ALREADY_AT_HOME },
  decide({ invitations }, { invitationId }, { actor, now }) {
    const personId = personOf(actor)
    const life = gatheringBy(invitations, invitationId)
    if (isRefusal(life)) return life
    if (!isHost(life, personId, now)) return refuse('NOT_A_HOST', { message: NOT_A_HOST })
    const refusal = notOpen(life, now)
    if (refusal) return refusal
    if (life.atHome) return refuse('ALREADY_AT_HOME', { message: ALREADY_AT_HOME })
    const formerHostIds = [...hostsAt(life, now)]
    const presentIds = [...presentAt(life, now)]
    if (presentIds.length === formerHostIds.length) return refuse('NO_GUESTS', { message: NO_GUESTS })
    return [GuestsMadeAtHome.of({ invitationId, personId, formerHostIds, presentIds })]
  },
  result: firstEventFields('invitationId', 'formerHostIds', 'presentIds'),
})

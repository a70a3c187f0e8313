import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { personOf } from '../invitations/standing.ts'
import { invitationsSlice } from '../invitations/state.ts'
import { HomeTakenUp } from './events.ts'
import { isOpenAt, presentAt } from './hosting.ts'
import { gatheringBy, NOT_PRESENT } from './hosts.ts'

const NOT_AT_HOME_YET = 'No host has made the guests at home yet.'
const ALREADY_TAKEN_UP = 'You are co-responsible already.'

export const takeUpHome = defineCommand({
  name: 'TakeUpHome',
  summary:
    'Says that you are co-responsible for a gathering in which you were made at home. Who says nothing stays a guest, with the same rights.',
  book: 'open',
  who: 'member',
  humanOnly: true,
  schema: z.strictObject({ invitationId: idOf('invitation') }),
  reads: { invitations: invitationsSlice },
  // Several guests take it up at once, and none of them needs to have seen the others do so.
  http: { method: 'POST', path: '/gatherings/{invitationId}/homes', location: '/gatherings/{invitationId}' },
  refusals: { NOT_AT_HOME_YET, NOT_PRESENT, ALREADY_TAKEN_UP },
  decide({ invitations }, { invitationId }, { actor, now }) {
    const personId = personOf(actor)
    const life = gatheringBy(invitations, invitationId)
    if (isRefusal(life)) return life
    if (!life.atHome) return refuse('NOT_AT_HOME_YET', { message: NOT_AT_HOME_YET })
    if (!isOpenAt(life, now) || !presentAt(life, now).includes(personId))
      return refuse('NOT_PRESENT', { message: NOT_PRESENT })
    if (life.takenUp.has(personId)) return refuse('ALREADY_TAKEN_UP', { message: ALREADY_TAKEN_UP })
    return [HomeTakenUp.of({ invitationId, personId })]
  },
  result: firstEventFields('invitationId'),
})

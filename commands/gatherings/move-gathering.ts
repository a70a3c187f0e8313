import { z } from 'zod'
import { dateBounds } from '../../src/kernel/dates.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf, momentForm } from '../../src/kernel/text.ts'
import { badDates } from '../invitations/offering.ts'
import { personOf } from '../invitations/standing.ts'
import { invitationsSlice } from '../invitations/state.ts'
import { GatheringMoved } from './events.ts'
import { isOpenAt } from './hosting.ts'
import { GATHERING_OVER, gatheringBy, isOver, mayNotHost, NOT_A_HOST, NOT_PRESENT, over } from './hosts.ts'

const UNDER_WAY = 'What is under way has begun: only its end can move.'

export const moveGathering = defineCommand({
  name: 'MoveGathering',
  summary:
    'Gives a gathering other dates. A yes was to the dates before, so each is said again by whoever still means it; while it is under way only its end moves, and everybody stays.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ invitationId: idOf('invitation'), startsAt: momentForm(), endsAt: momentForm() }),
  reads: { invitations: invitationsSlice },
  http: {
    method: 'POST',
    path: '/gatherings/{invitationId}/moves',
    location: '/gatherings/{invitationId}',
    target: 'invitation:{invitationId}',
  },
  refusals: { NOT_A_HOST, NOT_PRESENT, GATHERING_OVER, UNDER_WAY },
  decide({ invitations }, { invitationId, startsAt, endsAt }, { actor, now }) {
    const personId = personOf(actor)
    const life = gatheringBy(invitations, invitationId)
    if (isRefusal(life)) return life
    if (isOver(life, now)) return over()
    const underWay = isOpenAt(life, now)
    const refusal = mayNotHost(life, personId, now) ?? badDates(startsAt, endsAt, now)
    if (refusal) return refusal
    if (underWay && dateBounds(startsAt).earliest !== life.startsAt)
      return refuse('UNDER_WAY', { pointer: '/startsAt', message: UNDER_WAY })
    return [GatheringMoved.of({ invitationId, personId, startsAt, endsAt, reconfirm: !underWay })]
  },
  result: firstEventFields('invitationId', 'startsAt', 'endsAt', 'reconfirm'),
})

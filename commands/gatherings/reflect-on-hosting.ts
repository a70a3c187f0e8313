import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf, prose } from '../../src/kernel/text.ts'
import { personOf } from '../invitations/standing.ts'
import { invitationsSlice } from '../invitations/state.ts'
import { HostingReflectionGiven } from './events.ts'
import { isGathering, openTimeOf } from './hosting.ts'

const NOT_A_GUEST = 'Whoever was a guest of the gathering says how they were hosted.'
const ALREADY_REFLECTED = 'You have said so already.'

const oneToFive = z.int().min(1).max(5)

export const reflectOnHosting = defineCommand({
  name: 'ReflectOnHosting',
  summary:
    'Says how you were hosted. Nobody reads it but you: the hosts get medians once enough guests have answered, and only they do.',
  book: 'private',
  who: 'member',
  schema: z.strictObject({
    invitationId: idOf('invitation'),
    dignity: oneToFive.meta({ description: 'Treated with dignity: 1 (not at all) to 5 (entirely)' }),
    wellbeing: oneToFive.meta({ description: 'Looked after' }),
    autonomy: oneToFive.meta({ description: 'Free to choose what to take part in' }),
    couldSayNo: oneToFive.meta({ description: 'Could you have said no, freely?' }),
    text: prose().optional().meta({ description: 'For yourself: nobody else ever reads it' }),
  }),
  reads: { invitations: invitationsSlice },
  http: { method: 'POST', path: '/mine/reflections', location: '/mine/matters/{reflectionId}' },
  refusals: { NOT_A_GUEST, ALREADY_REFLECTED },
  decide({ invitations }, command, { actor, now, mint, mine }) {
    const personId = personOf(actor)
    const { invitationId } = command
    const life = invitations.lives.get(invitationId)
    if (!life || !isGathering(life)) return unknownReference('/invitationId', invitationId, 'gathering')
    const open = openTimeOf(life)
    const guest =
      open !== undefined &&
      open.from <= now &&
      life.present.some((yes) => yes.personId === personId && yes.from < open.to && open.from < yes.to) &&
      !life.hosts.some((host) => host.personId === personId)
    if (!guest) return refuse('NOT_A_GUEST', { message: NOT_A_GUEST })
    const before = mine
      .all()
      .some(({ events }) =>
        events.some(
          ({ type, data }) =>
            type === HostingReflectionGiven.type && (data as { invitationId: string }).invitationId === invitationId,
        ),
      )
    if (before) return refuse('ALREADY_REFLECTED', { message: ALREADY_REFLECTED })
    return [HostingReflectionGiven.of({ ...command, reflectionId: mint('reflection'), personId })]
  },
  result: firstEventFields('reflectionId'),
})

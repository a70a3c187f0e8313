import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { personOf } from '../proposals/rounds.ts'
import { agreementId, ResponsibilityEnded } from './events.ts'
import { AGREEMENT_ENDED, inForce, NOT_RESPONSIBLE } from './in-force.ts'
import { agreementsSlice } from './state.ts'

export const endResponsibility = defineCommand({
  name: 'EndResponsibility',
  summary: 'Stops carrying an agreement. No reason is needed, and whoever carries it is never refused.',
  book: 'open',
  who: 'member',
  wayOut: true,
  schema: z.strictObject({ agreementId: agreementId() }),
  reads: { agreements: agreementsSlice },
  http: {
    method: 'POST',
    path: '/agreements/{agreementId}/responsibility-ends',
    location: '/agreements/{agreementId}',
  },
  refusals: { NOT_RESPONSIBLE, AGREEMENT_ENDED },
  decide({ agreements }, { agreementId: id }, context) {
    const agreement = inForce(agreements, id, context.now)
    if (isRefusal(agreement)) return agreement
    const personId = personOf(context)
    if (!agreement.fact.carriedBy.includes(personId)) return refuse('NOT_RESPONSIBLE', { message: NOT_RESPONSIBLE })
    return [ResponsibilityEnded.of({ personId, agreementId: id })]
  },
  result: firstEventFields('agreementId'),
})

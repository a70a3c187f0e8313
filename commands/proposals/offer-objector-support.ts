import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { momentForm } from '../../src/kernel/text.ts'
import { communitySlice } from '../community/state.ts'
import { COMPANY_REFUSALS, companyAsk, objectionNamed } from './company.ts'
import { objectionId } from './decision-facts.ts'
import { personOf } from './rounds.ts'
import { proposalsSlice } from './state.ts'
import { ObjectorSupportOffered } from './support-events.ts'

const OBJECTOR_GONE = 'Whoever raised the objection has left.'

export const offerObjectorSupport = defineCommand({
  name: 'OfferObjectorSupport',
  summary: 'Offers to stand beside whoever objects, whatever you think of the argument. Only the two of you know.',
  book: 'private',
  who: 'member',
  schema: z.strictObject({ objectionId: objectionId(), respondBy: momentForm().optional() }),
  reads: { community: communitySlice, proposals: proposalsSlice },
  http: { method: 'POST', path: '/mine/asks/objector-support', location: '/mine/matters/{askId}' },
  refusals: { ...COMPANY_REFUSALS, OBJECTOR_GONE },
  decide({ community, proposals }, { objectionId: id, respondBy }, context) {
    const found = objectionNamed(proposals, id, context.now)
    if (isRefusal(found)) return found
    const askedOf = found.objection.objectorId
    if (!community.members.has(askedOf)) return refuse('OBJECTOR_GONE', { message: OBJECTOR_GONE })
    const ask = companyAsk(community, found, { supporterId: personOf(context), askedOf, respondBy }, context)
    return isRefusal(ask) ? ask : [ObjectorSupportOffered.of(ask)]
  },
  result: firstEventFields('askId'),
})

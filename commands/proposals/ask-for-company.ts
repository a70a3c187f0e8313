import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf, momentForm } from '../../src/kernel/text.ts'
import { communitySlice } from '../community/state.ts'
import { COMPANY_REFUSALS, companyAsk, objectionNamed } from './company.ts'
import { objectionId } from './decision-facts.ts'
import { personOf } from './rounds.ts'
import { proposalsSlice } from './state.ts'
import { CompanyAskedFor } from './support-events.ts'

const NOT_THE_OBJECTOR = 'Only whoever raised the objection asks for company.'

export const askForCompany = defineCommand({
  name: 'AskForCompany',
  summary: 'Asks somebody to stand beside you while you object. Only the two of you know.',
  book: 'private',
  who: 'member',
  schema: z.strictObject({ objectionId: objectionId(), toId: idOf('person'), respondBy: momentForm().optional() }),
  reads: { community: communitySlice, proposals: proposalsSlice },
  http: { method: 'POST', path: '/mine/asks/company', location: '/mine/matters/{askId}' },
  refusals: { ...COMPANY_REFUSALS, NOT_THE_OBJECTOR },
  decide({ community, proposals }, { objectionId: id, toId, respondBy }, context) {
    const found = objectionNamed(proposals, id, context.now)
    if (isRefusal(found)) return found
    if (found.objection.objectorId !== personOf(context))
      return refuse('NOT_THE_OBJECTOR', { message: NOT_THE_OBJECTOR })
    if (!community.members.has(toId)) return unknownReference('/toId', toId, 'member')
    const ask = companyAsk(community, found, { supporterId: toId, askedOf: toId, respondBy }, context)
    return isRefusal(ask) ? ask : [CompanyAskedFor.of(ask)]
  },
  result: firstEventFields('askId'),
})

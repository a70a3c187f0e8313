import { z } from 'zod'
import { type DecideContext, defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, type Refusal } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { askedOf, askToAccept, YES_REFUSALS } from '../asks/ask.ts'
import type { Asked } from '../asks/events.ts'
import { yesesSlice } from '../asks/state.ts'
import type { Yeses } from '../asks/yes-facts.ts'
import { personOf, ROUND_REFUSALS, roundUnderWay } from '../proposals/rounds.ts'
import { proposalsSlice } from '../proposals/state.ts'
import { agreementId, ResponsibilityAccepted } from './events.ts'
import { AGREEMENT_ENDED, inForce } from './in-force.ts'
import { agreementsSlice } from './state.ts'

export const acceptResponsibility = defineCommand({
  name: 'AcceptResponsibility',
  summary:
    'Says yes to carrying an agreement: to an ask, or of your own accord. From here on everybody sees that you do; you may stop at any time.',
  book: 'open',
  who: 'member',
  yes: true,
  schema: z
    .strictObject({
      askId: idOf('ask').optional(),
      agreementId: agreementId().optional().meta({ description: 'Instead: an agreement nobody asked you to carry' }),
    })
    .refine((c) => (c.askId === undefined) !== (c.agreementId === undefined), 'needs askId, or agreementId'),
  reads: { proposals: proposalsSlice, agreements: agreementsSlice, yeses: yesesSlice },
  http: { method: 'POST', path: '/agreements/responsibilities', location: '/agreements/{agreementId}' },
  refusals: { ...YES_REFUSALS, AGREEMENT_ENDED, ...ROUND_REFUSALS },
  decide({ proposals, agreements, yeses }, command, context) {
    const taken = whatIn(command, yeses, context)
    if (isRefusal(taken)) return taken
    const { proposalId, asked } = taken
    // What was asked of a proposal that has been adopted since is carried as the agreement it became.
    const becameId = proposalId === undefined ? taken.agreementId : agreements.byProposal.get(proposalId)
    const personId = personOf(context)
    if (becameId === undefined) {
      const round = roundUnderWay(proposals, proposalId ?? '', context.now)
      return isRefusal(round) ? round : [ResponsibilityAccepted.of({ personId, proposalId, asked })]
    }
    const agreement = inForce(agreements, becameId, context.now)
    if (isRefusal(agreement)) return agreement
    if (!asked && agreement.fact.carriedBy.includes(personId)) return []
    return [ResponsibilityAccepted.of({ personId, agreementId: becameId, asked })]
  },
  result: firstEventFields('agreementId', 'proposalId'),
})

interface Taken {
  readonly agreementId?: string
  readonly proposalId?: string
  readonly asked?: Asked
}

function whatIn(
  { askId, agreementId: id = '' }: { askId?: string | undefined; agreementId?: string | undefined },
  yeses: Yeses,
  context: DecideContext,
): Taken | Refusal {
  if (askId === undefined) return { agreementId: id }
  const ask = askToAccept(askId, 'carrying', yeses, context)
  if (isRefusal(ask)) return ask
  const about = ask.data as { agreementId?: string; proposalId?: string }
  const { agreementId: ofAgreement, proposalId: ofProposal } = about
  return {
    ...(ofAgreement === undefined ? {} : { agreementId: ofAgreement }),
    ...(ofProposal === undefined ? {} : { proposalId: ofProposal }),
    asked: askedOf(ask),
  }
}

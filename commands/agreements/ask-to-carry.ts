import { z } from 'zod'
import { type DecideContext, defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, type Refusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf, momentForm } from '../../src/kernel/text.ts'
import { RESPOND_BY_IN_PAST, respondByOf } from '../asks/ask.ts'
import { communitySlice } from '../community/state.ts'
import { proposalId } from '../proposals/decision-facts.ts'
import { personOf, ROUND_REFUSALS, roundUnderWay } from '../proposals/rounds.ts'
import { type ProposalsState, proposalsSlice } from '../proposals/state.ts'
import { CarryingAsked } from './carrying-events.ts'
import { agreementId } from './events.ts'
import { AGREEMENT_ENDED, inForce } from './in-force.ts'
import { type AgreementsState, agreementsSlice } from './state.ts'

const NOT_THE_PROPOSER = 'Only whoever proposed it, or carries it, asks others to carry it.'

export const askToCarry = defineCommand({
  name: 'AskToCarry',
  summary: 'Asks a member to carry an agreement, or what your proposal becomes once it is adopted. Only the two know.',
  book: 'private',
  who: 'member',
  schema: z
    .strictObject({
      agreementId: agreementId().optional(),
      proposalId: proposalId().optional().meta({ description: 'Instead: a proposal of yours that is under way' }),
      toId: idOf('person'),
      respondBy: momentForm().optional(),
    })
    .refine((c) => (c.agreementId === undefined) !== (c.proposalId === undefined), 'needs agreementId, or proposalId'),
  reads: { community: communitySlice, proposals: proposalsSlice, agreements: agreementsSlice },
  http: { method: 'POST', path: '/mine/asks/carrying', location: '/mine/matters/{askId}' },
  refusals: { NOT_THE_PROPOSER, AGREEMENT_ENDED, ...ROUND_REFUSALS, RESPOND_BY_IN_PAST },
  decide({ community, proposals, agreements }, { toId, respondBy: given, ...about }, context) {
    const refusal = mayNotAsk(proposals, agreements, about, context)
    if (refusal) return refusal
    if (!community.members.has(toId)) return unknownReference('/toId', toId, 'member')
    const respondBy = respondByOf(given, context.now, community.policy.values.respondByDays)
    if (isRefusal(respondBy)) return respondBy
    return [
      CarryingAsked.of({
        askId: context.mint('ask'),
        what: 'carrying',
        about: about.agreementId ?? about.proposalId ?? '',
        askedBy: personOf(context),
        askedOf: toId,
        respondBy,
        ...about,
      }),
    ]
  },
  result: firstEventFields('askId'),
})

function mayNotAsk(
  proposals: ProposalsState,
  agreements: AgreementsState,
  about: { agreementId?: string | undefined; proposalId?: string | undefined },
  context: DecideContext,
): Refusal | undefined {
  const personId = personOf(context)
  const notYours = () => refuse('NOT_THE_PROPOSER', { message: NOT_THE_PROPOSER })
  if (about.proposalId !== undefined) {
    const round = roundUnderWay(proposals, about.proposalId, context.now)
    if (isRefusal(round)) return round
    return round.submitted.proposerId === personId ? undefined : notYours()
  }
  const agreement = inForce(agreements, about.agreementId ?? '', context.now)
  if (isRefusal(agreement)) return agreement
  const { recorded, carriedBy } = agreement.fact
  return recorded.proposerId === personId || carriedBy.includes(personId) ? undefined : notYours()
}

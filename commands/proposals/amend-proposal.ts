import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, unknownReference } from '../../src/kernel/refusal.ts'
import { prose } from '../../src/kernel/text.ts'
import { aboutVersion } from './addresses.ts'
import { objectionId, proposalId } from './decision-facts.ts'
import { ProposalAmended } from './events.ts'
import { NOT_THE_PROPOSER, notTheProposer, personOf, ROUND_REFUSALS, roundUnderWay } from './rounds.ts'
import { proposalsSlice } from './state.ts'
import { windowOfNewVersion } from './windows.ts'

export const amendProposal = defineCommand({
  name: 'AmendProposal',
  summary:
    'Gives your proposal a new version. Consents to the one before no longer count, and everybody has time to read it.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({
    proposalId: proposalId(),
    text: prose(20_000),
    addressesObjectionIds: z
      .array(objectionId())
      .max(100)
      .default([])
      .meta({ description: 'Objections it means to meet; only whoever raised one says whether it does' }),
  }),
  reads: { proposals: proposalsSlice },
  http: aboutVersion('amendments'),
  refusals: { ...ROUND_REFUSALS, NOT_THE_PROPOSER },
  decide({ proposals }, { proposalId: id, text, addressesObjectionIds }, context) {
    const { now } = context
    const round = roundUnderWay(proposals, id, now)
    if (isRefusal(round)) return round
    const refusal = notTheProposer(round, context)
    if (refusal) return refusal
    const unknown = addressesObjectionIds.findIndex((objection) => !round.objections.has(objection))
    if (unknown >= 0)
      return unknownReference(
        `/addressesObjectionIds/${unknown}`,
        addressesObjectionIds[unknown] ?? '',
        'objection to it',
      )
    return [
      ProposalAmended.of({
        proposalId: id,
        proposerId: personOf(context),
        version: round.version + 1,
        text,
        addressesObjectionIds: [...new Set(addressesObjectionIds)],
        closesAt: windowOfNewVersion(round, now),
      }),
    ]
  },
  result: firstEventFields('proposalId', 'version', 'closesAt'),
})

import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { recordsSlice } from '../records/state.ts'
import { HistoryClaimed } from './events.ts'
import { communitySlice } from './state.ts'

const NOT_YOURS_TO_CLAIM = 'Only the history of a known person who never joined is claimed.'

export const claimMyHistory = defineCommand({
  name: 'ClaimMyHistory',
  summary:
    'Claims, as a member, what a record from elsewhere says of you, by a sign-in link made for the person it names. (Whoever has not joined yet just signs in by it.)',
  book: 'open',
  who: 'member',
  humanOnly: true,
  redeems: 'knownPersonId',
  schema: z.strictObject({ knownPersonId: idOf('person').meta({ description: 'The person the link was made for' }) }),
  reads: { community: communitySlice, records: recordsSlice },
  http: { method: 'POST', path: '/history-claims', location: '/people/{personId}' },
  cli: { verb: 'claim-history', positional: ['link'] },
  refusals: {
    ALREADY_CLAIMED: 'That history was claimed already, or is one with that of somebody else: claim theirs.',
    NOT_YOURS_TO_CLAIM,
  },
  decide({ community, records }, { knownPersonId }, { actor }) {
    const personId = actor.kind === 'person' ? actor.personId : ''
    if (records.claimedBy.has(knownPersonId))
      return refuse('ALREADY_CLAIMED', { message: 'That history was claimed already.' })
    if (!records.knownPersons.has(knownPersonId) || community.everMembers.has(knownPersonId))
      return refuse('NOT_YOURS_TO_CLAIM', { message: NOT_YOURS_TO_CLAIM })
    return [HistoryClaimed.of({ personId, knownPersonId })]
  },
  result: firstEventFields('personId', 'knownPersonId'),
})

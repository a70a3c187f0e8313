import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { recordsSlice } from '../records/state.ts'
import { SignInLinkMade } from './events.ts'
import { communitySlice } from './state.ts'

const NOT_YOURS_TO_OPEN =
  'A member makes a link only for somebody who has never signed in; for the rest the operator does.'

export const makeSignInLink = defineCommand({
  name: 'MakeSignInLink',
  summary:
    'Invites somebody in: makes a one-time sign-in link for a newcomer, or for a known person who has never signed in. Everybody sees that you did.',
  book: 'open',
  who: 'member',
  humanOnly: true,
  issues: 'link',
  schema: z.strictObject({
    personId: idOf('person').optional().meta({ description: 'A known person; a newcomer unless given' }),
  }),
  reads: { community: communitySlice, records: recordsSlice },
  http: { method: 'POST', path: '/sign-in-links' },
  refusals: { NOT_YOURS_TO_OPEN },
  decide({ community, records }, { personId }, { mint }) {
    if (personId !== undefined && (!records.knownPersons.has(personId) || community.everMembers.has(personId)))
      return refuse('NOT_YOURS_TO_OPEN', { message: NOT_YOURS_TO_OPEN })
    if (personId !== undefined && records.claimedBy.has(personId))
      return refuse('NOT_YOURS_TO_OPEN', { message: NOT_YOURS_TO_OPEN })
    return [SignInLinkMade.of({ personId: personId ?? mint('person') })]
  },
  result: firstEventFields('personId'),
})

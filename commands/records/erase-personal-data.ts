import { z } from 'zod'
import { defineCommand } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { communitySlice } from '../community/state.ts'
import { PersonalDataErased } from './events.ts'
import { recordsSlice, whoIs } from './state.ts'

export const erasePersonalData = defineCommand({
  name: 'ErasePersonalData',
  summary:
    'Destroys the key of a known person who never joined, on their request: their names can never be read again. Who held what when stays.',
  book: 'open',
  who: 'operator',
  schema: z.strictObject({
    personId: idOf('person'),
    onRequest: z.literal(true, 'must be true: say that the person asked for it'),
  }),
  reads: { community: communitySlice, records: recordsSlice },
  http: { method: 'POST', path: '/people/{personId}/erasure', location: '/people/{personId}' },
  refusals: {
    NOT_YOURS_TO_ERASE:
      'A member erases their own words themself; the operator does so only for a person who never joined.',
    ALREADY_ERASED: 'Their key was destroyed before.',
  },
  decide({ community, records }, { personId }) {
    if (!records.everKnown.has(personId) && !community.members.has(personId))
      return refuse('NOT_FOUND', { message: 'There is no such person.' })
    const own = whoIs(records, personId)
    if (community.members.has(own)) return refuse('NOT_YOURS_TO_ERASE', { message: 'The person is a member.' })
    // Whom the record had twice is erased under every id: each had a name of its own.
    const ids = [...new Set([own, ...[...records.claimedBy.keys()].filter((id) => whoIs(records, id) === own)])]
    const left = ids.filter((id) => !records.erased.has(id))
    if (left.length === 0) return refuse('ALREADY_ERASED', { message: 'Their key was destroyed before.' })
    return left.map((id) => PersonalDataErased.of({ personId: id }))
  },
})

import { z } from 'zod'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { idOf } from '../../src/kernel/text.ts'
import { communitySlice } from '../community/state.ts'
import { PeopleMerged } from './events.ts'
import { recordsSlice } from './state.ts'

export const mergePeople = defineCommand({
  name: 'MergePeople',
  summary:
    'Says that two persons of the record are one: from now on everything is told of the one that is kept. What the record said before stays reachable.',
  book: 'open',
  who: 'operator',
  schema: z.strictObject({
    keep: idOf('person').meta({ description: 'The person who is kept; where one of the two has joined, that one' }),
    merge: idOf('person').meta({ description: 'The known person who is the same' }),
  }),
  reads: { community: communitySlice, records: recordsSlice },
  http: { method: 'POST', path: '/people/{keep}/merges', location: '/people/{keep}' },
  cli: { verb: 'merge', positional: ['keep', 'merge'], people: ['keep', 'merge'] },
  refusals: {
    BOTH_ARE_MEMBERS: 'Both have joined by acts of their own, and nobody is two members.',
    KEEP_THE_MEMBER: 'The one who has joined is kept: name the two the other way round.',
    ALREADY_MERGED: 'One of the two is somebody else already, by a merge or a claim: name that person.',
  },
  decide({ community, records }, { keep, merge }) {
    if (keep === merge)
      return refuse('VALIDATION_FAILED', { pointer: '/merge', message: 'One person is not two: name another.' })
    const hasJoined = (id: string) => community.everMembers.has(id)
    for (const [pointer, id] of [
      ['/keep', keep],
      ['/merge', merge],
    ] as const) {
      if (!records.knownPersons.has(id) && !hasJoined(id)) return unknownReference(pointer, id, 'person')
      const other = records.claimedBy.get(id)
      if (other !== undefined)
        return refuse('ALREADY_MERGED', { pointer, facts: { is: other }, message: `${id} is ${other} already.` })
      // Told of somebody who can be named, their history would name them again.
      if (records.erased.has(id))
        return refuse('PERSON_ERASED', { pointer, message: 'Whoever was erased is not named again by a merge.' })
    }
    if (hasJoined(merge))
      return hasJoined(keep)
        ? refuse('BOTH_ARE_MEMBERS', { message: 'Both have joined by acts of their own.' })
        : refuse('KEEP_THE_MEMBER', { facts: { member: merge }, message: 'The one who has joined is kept.' })
    return [PeopleMerged.of({ keep, merge })]
  },
  result: firstEventFields('keep', 'merge'),
})

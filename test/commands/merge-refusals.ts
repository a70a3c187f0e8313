import { circleRow, holdingRow } from '../support/book.ts'
import type { HttpCommunity } from '../support/http-community.ts'
import type { HttpRefusal } from './http-refusal.ts'
import { ada, ben, NOWHERE } from './refusal-case.ts'

/** Imports a record that has somebody twice. @returns both ids. */
export async function knownTwice(there: HttpCommunity): Promise<readonly [string, string]> {
  await there.does('operator', 'ImportCircles', { importId: 'minutes', rows: [circleRow('table')] })
  const rows = ['sam', 'samuel'].map((memberId) => holdingRow({ memberId, memberName: memberId }))
  await there.does('operator', 'ImportHoldings', { importId: 'minutes', rows })
  const idOf = async (handle: string) => (await there.asks(ada, `/people?handle=${handle}`)).body.people[0].id as string
  return [await idOf('sam'), await idOf('samuel')]
}

const merges = (there: HttpCommunity, keep: string, merge: string) =>
  there.sends('operator', 'MergePeople', { keep, merge })

export const MERGE_REFUSALS: readonly HttpRefusal[] = [
  {
    command: 'MergePeople',
    code: 'BOTH_ARE_MEMBERS',
    because: 'nobody is two members',
    when: (there) => merges(there, ada, ben),
  },
  {
    command: 'MergePeople',
    code: 'BOTH_ARE_MEMBERS',
    because: 'whoever has left did join by acts of their own',
    when: async (there) => {
      await there.does(ben, 'LeaveCommunity')
      return merges(there, ada, ben)
    },
  },
  {
    command: 'MergePeople',
    code: 'KEEP_THE_MEMBER',
    because: 'Ada has joined and Sam has not',
    when: async (there) => merges(there, (await knownTwice(there))[0], ada),
  },
  ...(['keep', 'merge'] as const).map((which) => ({
    command: 'MergePeople',
    code: 'ALREADY_MERGED',
    because: `the one to ${which} is somebody else already`,
    when: async (there: HttpCommunity) => {
      const [sam, samuel] = await knownTwice(there)
      await there.does('operator', 'MergePeople', { keep: sam, merge: samuel })
      return which === 'keep' ? merges(there, samuel, sam) : merges(there, ada, samuel)
    },
  })),
  {
    command: 'MergePeople',
    code: 'PERSON_ERASED',
    because: 'a merge would give the erased a name again',
    when: async (there) => {
      const [sam, samuel] = await knownTwice(there)
      await there.does('operator', 'ErasePersonalData', { personId: samuel, onRequest: true })
      return merges(there, sam, samuel)
    },
  },
  {
    command: 'MergePeople',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such person',
    when: (there) => merges(there, ada, NOWHERE.person),
  },
  {
    command: 'MergePeople',
    code: 'VALIDATION_FAILED',
    because: 'one is not two',
    when: (there) => merges(there, ada, ada),
  },
  {
    command: 'JoinCommunity',
    code: 'ALREADY_CLAIMED',
    because: 'the record had them twice, and the other one is kept',
    when: async (there) => {
      const [sam, samuel] = await knownTwice(there)
      const token = await there.session(samuel)
      await there.does('operator', 'MergePeople', { keep: sam, merge: samuel })
      return there.sends(samuel, 'JoinCommunity', { displayName: 'Samuel' }, { token })
    },
  },
]

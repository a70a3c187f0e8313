import type { SignedInKind } from './authorization-table.ts'
import { ELSEWHERE } from './callers.ts'
import type { House } from './house.ts'
import type { Known } from './operations.ts'

/**
 * Sessions of every kind of person: a fresh one at each call, for signing out and taking one's data end one. Those who
 * left did so after the community was furnished.
 */
export async function signedInOf(house: House, known: Known): Promise<(kind: SignedInKind) => Promise<string>> {
  const { server } = house
  const session = (personId: string, community = 'hearth') => server.sessionFor(community, personId)
  const [old, anew] = [`person_${'o'.repeat(22)}`, `person_${'n'.repeat(22)}`]
  const oldSession = await leave(house, old)
  await leave(house, anew)
  const eva = (await house.send(`${ELSEWHERE}/people?name=Eva`)).body.people[0].id
  return async (kind) => {
    switch (kind) {
      case 'newcomer in session':
        return session(known.cyd)
      case 'member in session':
        return session(known.dov)
      case 'asker in session':
        return session(known.ada)
      case 'asked in session':
        return session(house.dweller('ben').id)
      case 'left, by an old session':
        return oldSession
      case 'left, signed in anew':
        return session(anew)
      case 'member elsewhere in session':
        return session(eva, 'harbour')
    }
  }
}

/** Lets somebody join and leave again. @returns the session they did it in. */
async function leave(house: House, personId: string): Promise<string> {
  const token = await house.server.sessionFor('hearth', personId)
  const at = '/v1/communities/hearth'
  const joined = await house.post(`${at}/members`, { displayName: personId.slice(7, 10) }, { token })
  const left = await house.post(`${at}/departures`, {}, { token })
  if (joined.status !== 201 || left.status !== 201) throw new Error('nobody left')
  return token
}

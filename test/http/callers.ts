import type { Scope, TokenRequest } from '../../src/identity/port.ts'
import type { CallerKind } from './authorization-table.ts'
import type { House } from './house.ts'

const AHEAD = '2027-01-01T00:00:00Z'
export const ELSEWHERE = '/v1/communities/harbour'

/** Founds `harbour` beside `hearth`, with one member. @returns their id and token. */
export async function foundElsewhere(house: House): Promise<{ readonly id: string; readonly token: string }> {
  const founded = await house.post('/v1/communities', { community: 'harbour', name: 'The harbour' })
  const id = `person_${'e'.repeat(22)}`
  const token = await house.server.tokenFor('harbour', id)
  const joined = await house.post(`${ELSEWHERE}/members`, { displayName: 'Eva' }, { token })
  if (founded.status !== 201 || joined.status !== 201) throw new Error('there is no harbour')
  return { id, token }
}

/** A token of every kind of caller; `null` for nobody. */
export async function callersOf(house: House): Promise<Readonly<Record<CallerKind, string | null>>> {
  const { now } = house.server
  const { identity } = house.server.hearthbook
  const ada = house.dweller('ada')
  const elsewhere = await foundElsewhere(house)
  const issue = (request: TokenRequest) => identity.issue(request)
  const person = async (scopes: readonly Scope[], expiresAt = AHEAD) =>
    issue({ kind: 'person', community: 'hearth', personId: ada.id, scopes, expiresAt })
  const revoked = await person(['read', 'act'])
  await identity.revoke(revoked.info.id)
  const expired = await person(['read', 'act'], new Date(now + 1000).toISOString())
  await house.server.at(new Date(now + 2000).toISOString())
  return {
    nobody: null,
    garbage: 'x'.repeat(43),
    expired: expired.token,
    revoked: revoked.token,
    operator: house.operator,
    member: ada.token,
    'member who may only read': (await person(['read'])).token,
    'member who may only act': (await person(['act'])).token,
    newcomer: house.dweller('cyd').token,
    'member elsewhere': elsewhere.token,
    'service that reads': await house.service(['read']),
    'service that imports': await house.service(['import']),
    'service that founds': await house.service(['found'], '*'),
    'service elsewhere': await house.service(['read', 'import', 'found'], 'harbour'),
  }
}

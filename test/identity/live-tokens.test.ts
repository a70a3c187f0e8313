import { expect, it } from 'vitest'
import { type LiveToken, LiveTokens } from '../../src/identity/live-tokens.ts'

function live(tokenId: string): LiveToken {
  return { principal: { kind: 'operator', scopes: [], tokenId }, expiresAt: 1, lastUsedDay: -1 }
}

it('live tokens stay within their limit: the one found longest ago goes', () => {
  const tokens = new LiveTokens(2)
  for (const id of ['a', 'b', 'c']) tokens.add(`hash-${id}`, live(id))
  expect(['a', 'b', 'c'].map((id) => tokens.get(`hash-${id}`)?.principal.tokenId)).toEqual([undefined, 'b', 'c'])
})

it('what a person has in a community is dropped, and only that', () => {
  const tokens = new LiveTokens(9)
  const whose = (community: string, personId: string): LiveToken => ({
    principal: { kind: 'person', community, personId, scopes: [], tokenId: 'x', via: 'session' },
    expiresAt: 1,
    lastUsedDay: -1,
  })
  tokens.add('ana', whose('hearth', 'ana'))
  tokens.add('ana elsewhere', whose('harbour', 'ana'))
  tokens.add('ben', whose('hearth', 'ben'))
  tokens.add('operator', live('ana'))
  tokens.dropPerson('hearth', 'ana')
  const there = ['ana', 'ana elsewhere', 'ben', 'operator'].map((hash) => tokens.get(hash) !== undefined)
  expect(there).toEqual([false, true, true, true])
})

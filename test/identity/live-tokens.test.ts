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

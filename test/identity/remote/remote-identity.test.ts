import { describe, expect, it } from 'vitest'
import { RemoteIdentity } from '../../../src/identity/remote/remote-identity.ts'
import { identityContract } from '../../contract/identity.ts'
import { signInContract } from '../../contract/identity-sign-in.ts'
import { servingVault } from '../../vault-service/serving-vault.ts'

async function open(now: () => number) {
  return new RemoteIdentity((await servingVault({ now })).access, now)
}

identityContract('remote', open)
signInContract('remote', open)

describe('credentials that another node ended', () => {
  async function twoNodes() {
    const clock = { now: Date.parse('2026-03-10T09:00:00Z') }
    const { access } = await servingVault({ now: () => clock.now })
    const [here, there] = [new RemoteIdentity(access, () => clock.now), new RemoteIdentity(access, () => clock.now)]
    const person = { kind: 'person', community: 'hearth', personId: 'person_ana', scopes: ['read'] } as const
    const { token, info } = await here.issue({ ...person, expiresAt: '2026-06-10T09:00:00.000Z' })
    return { clock, here, there, token, info }
  }

  it('count for five seconds more at most', async () => {
    const { clock, here, there, token, info } = await twoNodes()
    expect(await there.authenticate(token)).toBeDefined()
    expect(await here.revoke(info.id)).toBe(true)
    expect(await here.authenticate(token)).toBeUndefined()
    clock.now += 4999
    expect(await there.authenticate(token)).toBeDefined()
    clock.now += 1
    expect(await there.authenticate(token)).toBeUndefined()
  })

  it('end at once where word of the leaving comes, and no clock that is set back keeps them', async () => {
    const { clock, here, there, token } = await twoNodes()
    expect(await there.authenticate(token)).toBeDefined()
    await here.revokeAllOf('hearth', 'person_ana')
    clock.now -= 3_600_000
    expect(await there.authenticate(token)).toBeUndefined()
    const other = await twoNodes()
    expect(await other.there.authenticate(other.token)).toBeDefined()
    await other.here.revokeAllOf('hearth', 'person_ana')
    expect(await other.there.revokeAllOf('hearth', 'person_ana')).toBe(0)
    expect(await other.there.authenticate(other.token)).toBeUndefined()
  })
})

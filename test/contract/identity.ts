import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Identity, TokenRequest } from '../../src/identity/port.ts'

const DAY_MS = 86_400_000
const START = Date.parse('2026-03-10T09:00:00Z')
const EXPIRES = '2026-06-10T09:00:00.000Z'
const PERSON = {
  kind: 'person',
  community: 'hearth',
  personId: 'person_ana',
  scopes: ['read', 'act'],
  expiresAt: EXPIRES,
} as const satisfies TokenRequest
const SERVICE = {
  kind: 'service',
  community: '*',
  label: 'nightly import',
  scopes: ['import'],
  expiresAt: EXPIRES,
} as const satisfies TokenRequest
const OPERATOR = { kind: 'operator', expiresAt: EXPIRES } as const satisfies TokenRequest

/** What every adapter of {@link Identity} does; `open` makes an empty one that asks `now` for the time. */
export function identityContract(name: string, open: (now: () => number) => Promise<Identity>): void {
  describe(`identity contract: ${name}`, () => {
    let identity: Identity
    let now: number
    beforeEach(async () => {
      now = START
      identity = await open(() => now)
    })
    afterEach(() => identity.close())

    it('knows who stands behind each kind of token', async () => {
      const person = await identity.issue(PERSON)
      const service = await identity.issue(SERVICE)
      const operator = await identity.issue(OPERATOR)
      expect(await identity.authenticate(person.token)).toEqual({
        kind: 'person',
        community: 'hearth',
        personId: 'person_ana',
        scopes: ['read', 'act'],
        tokenId: person.info.id,
        via: 'token',
      })
      expect(await identity.authenticate(service.token)).toEqual({
        kind: 'service',
        community: '*',
        label: 'nightly import',
        scopes: ['import'],
        tokenId: service.info.id,
      })
      expect(await identity.authenticate(operator.token)).toEqual({
        kind: 'operator',
        scopes: ['read', 'act', 'import', 'found', 'operate'],
        tokenId: operator.info.id,
      })
    })

    it('knows nobody behind a malformed, unknown or altered token', async () => {
      const { token } = await identity.issue(PERSON)
      const strange = await open(() => now)
      const unknown = (await strange.issue(PERSON)).token
      await strange.close()
      for (const text of ['', 'hbk_person_', token.slice(1), token.toLowerCase(), `${token} `, unknown]) {
        expect(await identity.authenticate(text)).toBeUndefined()
      }
      expect(await identity.authenticate(token)).toBeDefined()
    })

    it('checks the expiry at every use', async () => {
      const { token } = await identity.issue(PERSON)
      now = Date.parse(EXPIRES) - 1
      expect(await identity.authenticate(token)).toBeDefined()
      now = Date.parse(EXPIRES)
      expect(await identity.authenticate(token)).toBeUndefined()
    })

    it('refuses a revoked token at once, one that was just used too', async () => {
      const [used, unused, kept] = [
        await identity.issue(PERSON),
        await identity.issue(PERSON),
        await identity.issue(PERSON),
      ]
      await identity.authenticate(used.token)
      await identity.authenticate(kept.token)
      expect(await identity.revoke(used.info.id)).toBe(true)
      expect(await identity.revoke(unused.info.id)).toBe(true)
      expect(await identity.authenticate(used.token)).toBeUndefined()
      expect(await identity.authenticate(unused.token)).toBeUndefined()
      expect(await identity.authenticate(kept.token)).toBeDefined()
    })

    it('revokes once, and nothing that is not there', async () => {
      const { info } = await identity.issue(PERSON)
      now += 5000
      expect(await identity.revoke(info.id)).toBe(true)
      now += 5000
      expect(await identity.revoke(info.id)).toBe(false)
      expect(await identity.revoke('nothing')).toBe(false)
      expect((await identity.list())[0]?.revokedAt).toBe('2026-03-10T09:00:05.000Z')
    })

    it('tells what it knows of a credential, dead or alive, and nothing of another', async () => {
      const { token, info } = await identity.issue(PERSON)
      await identity.authenticate(token)
      expect(await identity.about(info.id)).toEqual({ ...info, lastUsedOn: '2026-03-10' })
      await identity.revoke(info.id)
      expect(await identity.about(info.id)).toMatchObject({ id: info.id, revokedAt: '2026-03-10T09:00:00.000Z' })
      expect(await identity.about('nothing')).toBeUndefined()
    })

    it('lists what it issued, in order and without secrets', async () => {
      const person = await identity.issue(PERSON)
      now += 1000
      const service = await identity.issue(SERVICE)
      const operator = await identity.issue(OPERATOR)
      const list = await identity.list()
      expect(list).toEqual([
        {
          id: person.info.id,
          kind: 'person',
          community: 'hearth',
          personId: 'person_ana',
          scopes: ['read', 'act'],
          createdAt: '2026-03-10T09:00:00.000Z',
          expiresAt: EXPIRES,
        },
        service.info,
        operator.info,
      ])
      for (const { token, info } of [person, service, operator]) {
        const secret = token.slice(token.indexOf(info.id) + info.id.length, token.lastIndexOf('_'))
        expect(secret).toHaveLength(32)
        expect(JSON.stringify(list)).not.toContain(secret)
      }
    })

    it('issues nothing where the request is not right', async () => {
      const wrongScope: TokenRequest = { ...SERVICE, scopes: ['operate'] }
      await expect(identity.issue(wrongScope)).rejects.toMatchObject({ name: 'InvalidTokenRequest' })
      const past: TokenRequest = { ...SERVICE, expiresAt: '2020-01-01T00:00:00Z' }
      await expect(identity.issue(past)).rejects.toMatchObject({ name: 'InvalidTokenRequest' })
      expect(await identity.list()).toEqual([])
    })

    it('shows the day of the last use', async () => {
      const used = await identity.issue(PERSON)
      await identity.issue(PERSON)
      const days = async () => (await identity.list()).map((info) => info.lastUsedOn)
      await identity.authenticate(`${used.token.slice(0, -1)}!`)
      expect(await days()).toEqual([undefined, undefined])
      await identity.authenticate(used.token)
      expect(await days()).toEqual(['2026-03-10', undefined])
      now += DAY_MS
      await identity.authenticate(used.token)
      expect(await days()).toEqual(['2026-03-11', undefined])
    })

    it('never takes a day of use back when the clock is set back', async () => {
      const { token } = await identity.issue(PERSON)
      await identity.authenticate(token)
      now -= 3 * DAY_MS
      await identity.authenticate(token)
      expect((await identity.list())[0]?.lastUsedOn).toBe('2026-03-10')
    })

    it('notes no use of a token that it refused', async () => {
      const { token, info } = await identity.issue(PERSON)
      await identity.revoke(info.id)
      await identity.authenticate(token)
      const late = await identity.issue(PERSON)
      now = Date.parse(EXPIRES)
      await identity.authenticate(late.token)
      expect((await identity.list()).map(({ lastUsedOn }) => lastUsedOn)).toEqual([undefined, undefined])
    })

    it('hands out a principal that no caller can change for the next', async () => {
      const { token } = await identity.issue(PERSON)
      const principal = Object(await identity.authenticate(token))
      expect(() => Object.assign(principal, { kind: 'operator' })).toThrow('read only')
      expect(() => principal.scopes.push('operate')).toThrow('not extensible')
      expect(await identity.authenticate(token)).toMatchObject({ kind: 'person', scopes: ['read', 'act'] })
    })

    it('knows nobody once closed, and closes twice', async () => {
      const { token, info } = await identity.issue(PERSON)
      await identity.authenticate(token)
      await identity.close()
      await identity.close()
      await expect(identity.authenticate(token)).rejects.toMatchObject({ name: 'IdentityClosed' })
      await expect(identity.issue(PERSON)).rejects.toMatchObject({ name: 'IdentityClosed' })
      await expect(identity.revoke(info.id)).rejects.toMatchObject({ name: 'IdentityClosed' })
      await expect(identity.about(info.id)).rejects.toMatchObject({ name: 'IdentityClosed' })
      await expect(identity.list()).rejects.toMatchObject({ name: 'IdentityClosed' })
    })
  })
}

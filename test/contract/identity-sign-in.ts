import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Identity, LinkRequest, TokenRequest } from '../../src/identity/port.ts'

const DAY_MS = 86_400_000
const START = Date.parse('2026-03-10T09:00:00Z')
const LINK = {
  community: 'hearth',
  personId: 'person_ana',
  expiresAt: '2026-03-12T09:00:00.000Z',
  madeBy: 'operator',
} as const satisfies LinkRequest
const TOKEN = {
  kind: 'person',
  community: 'hearth',
  personId: 'person_ana',
  scopes: ['read', 'act'],
  expiresAt: '2026-06-10T09:00:00.000Z',
} as const satisfies TokenRequest

/** How people come in by links and are put out, for every adapter of {@link Identity}; `open` makes an empty one. */
export function signInContract(name: string, open: (now: () => number) => Promise<Identity>): void {
  describe(`sign-in contract: ${name}`, () => {
    let identity: Identity
    let now: number
    beforeEach(async () => {
      now = START
      identity = await open(() => now)
    })
    afterEach(() => identity.close())

    async function signedIn(request: LinkRequest = LINK): Promise<{ readonly session: string; readonly id: string }> {
      const { link } = await identity.makeLink({ ...request, expiresAt: new Date(now + DAY_MS).toISOString() })
      const done = await identity.signIn(link)
      if (!done) throw new Error('the link did not count')
      return { session: done.session, id: done.info.id }
    }

    const counts = async (...credentials: readonly string[]) =>
      Promise.all(credentials.map(async (each) => (await identity.authenticate(each)) !== undefined))

    it('makes a link that says whom it is for, and uses nothing up by saying so', async () => {
      const { link, info } = await identity.makeLink({ ...LINK, madeBy: 'person_ben' })
      expect(link).toMatch(/^hbk_link_[0-9A-Za-z]{54}_[0-9A-Za-z]{6}$/)
      expect(info).toEqual({
        id: info.id,
        kind: 'link',
        community: 'hearth',
        personId: 'person_ana',
        madeBy: 'person_ben',
        scopes: [],
        createdAt: '2026-03-10T09:00:00.000Z',
        expiresAt: LINK.expiresAt,
      })
      const whose = { community: 'hearth', personId: 'person_ana', madeBy: 'person_ben' }
      expect(await identity.linkFor(link)).toEqual(whose)
      expect(await identity.linkFor(link)).toEqual(whose)
      expect(await identity.list()).toEqual([info])
    })

    it('begins a session of thirty days that reads and acts', async () => {
      const { link } = await identity.makeLink(LINK)
      now += 1000
      const done = await identity.signIn(link)
      expect(done?.session).toMatch(/^hbk_session_[0-9A-Za-z]{54}_[0-9A-Za-z]{6}$/)
      expect(done?.info).toEqual({
        id: done?.info.id,
        kind: 'session',
        community: 'hearth',
        personId: 'person_ana',
        scopes: ['read', 'act'],
        createdAt: '2026-03-10T09:00:01.000Z',
        expiresAt: '2026-04-09T09:00:01.000Z',
      })
      expect(await identity.authenticate(done?.session ?? '')).toEqual({
        kind: 'person',
        community: 'hearth',
        personId: 'person_ana',
        scopes: ['read', 'act'],
        tokenId: done?.info.id,
        via: 'session',
      })
    })

    it('ends a session when its time is over, one that was just used too', async () => {
      const { session } = await signedIn()
      now += 30 * DAY_MS - 1
      expect(await counts(session)).toEqual([true])
      now += 1
      expect(await counts(session)).toEqual([false])
    })

    it('uses a link up at the sign-in', async () => {
      const { link, info } = await identity.makeLink(LINK)
      now += 1000
      expect(await identity.signIn(link)).toBeDefined()
      expect(await identity.signIn(link)).toBeUndefined()
      expect(await identity.useLink(link)).toBe(false)
      expect(await identity.linkFor(link)).toBeUndefined()
      expect(await identity.about(info.id)).toMatchObject({
        lastUsedOn: '2026-03-10',
        revokedAt: '2026-03-10T09:00:01.000Z',
      })
    })

    it('gives one session where many try at once', async () => {
      const { link } = await identity.makeLink(LINK)
      const tries = await Promise.all(Array.from({ length: 8 }, () => identity.signIn(link)))
      expect(tries.filter((done) => done !== undefined)).toHaveLength(1)
      expect((await identity.list()).map(({ kind }) => kind)).toEqual(['link', 'session'])
    })

    it('uses a link up without a session', async () => {
      const { link } = await identity.makeLink(LINK)
      expect(await identity.useLink(link)).toBe(true)
      expect(await identity.useLink(link)).toBe(false)
      expect(await identity.signIn(link)).toBeUndefined()
      expect((await identity.list()).map(({ kind }) => kind)).toEqual(['link'])
    })

    it('checks the expiry of a link at every use', async () => {
      const { link } = await identity.makeLink(LINK)
      now = Date.parse(LINK.expiresAt) - 1
      expect(await identity.linkFor(link)).toBeDefined()
      now += 1
      expect(await identity.linkFor(link)).toBeUndefined()
      expect(await identity.useLink(link)).toBe(false)
      expect(await identity.signIn(link)).toBeUndefined()
      now -= 1
      expect(await identity.signIn(link)).toBeDefined()
    })

    it('ends the older links of the person there, and nobody else’s', async () => {
      const make = async (changes: Partial<LinkRequest>) => (await identity.makeLink({ ...LINK, ...changes })).link
      const older = await make({})
      const others = [await make({ personId: 'person_ben' }), await make({ community: 'harbour' })]
      const { token } = await identity.issue(TOKEN)
      const newer = await make({})
      expect(await identity.linkFor(older)).toBeUndefined()
      expect(await identity.signIn(older)).toBeUndefined()
      for (const link of [...others, newer]) expect(await identity.signIn(link)).toBeDefined()
      expect(await counts(token)).toEqual([true])
    })

    it('leaves older links alone where the new one is refused', async () => {
      const { link } = await identity.makeLink(LINK)
      const late = new Date(START + 7 * DAY_MS + 1).toISOString()
      await expect(identity.makeLink({ ...LINK, expiresAt: late })).rejects.toMatchObject({
        name: 'InvalidTokenRequest',
      })
      expect(await identity.signIn(link)).toBeDefined()
    })

    it('knows nobody behind a link, and no link in anything else', async () => {
      const { link } = await identity.makeLink(LINK)
      const { session } = await signedIn({ ...LINK, personId: 'person_ben' })
      const { token } = await identity.issue(TOKEN)
      expect(await counts(link)).toEqual([false])
      const strange = await open(() => now)
      const unknown = (await strange.makeLink(LINK)).link
      await strange.close()
      for (const text of [session, token, unknown, '', 'hbk_link_', `${link} `, link.toLowerCase()]) {
        expect(await identity.linkFor(text)).toBeUndefined()
        expect(await identity.signIn(text)).toBeUndefined()
        expect(await identity.useLink(text)).toBe(false)
      }
      expect(await identity.linkFor(link)).toBeDefined()
      expect(await counts(session, token)).toEqual([true, true])
    })

    it('remembers who ever signed in by a link, and where', async () => {
      const { link } = await identity.makeLink(LINK)
      await identity.issue(TOKEN)
      await identity.useLink((await identity.makeLink({ ...LINK, personId: 'person_ben' })).link)
      expect(await identity.hasSignedIn('hearth', 'person_ana')).toBe(false)
      await identity.signIn(link)
      await identity.revokeAllOf('hearth', 'person_ana')
      now += 60 * DAY_MS
      expect(await identity.hasSignedIn('hearth', 'person_ana')).toBe(true)
      expect(await identity.hasSignedIn('harbour', 'person_ana')).toBe(false)
      expect(await identity.hasSignedIn('hearth', 'person_ben')).toBe(false)
    })

    it('revokes a session and a link by their ids, at once', async () => {
      const { session, id } = await signedIn()
      const { link, info } = await identity.makeLink(LINK)
      expect(await counts(session)).toEqual([true])
      expect([await identity.revoke(id), await identity.revoke(info.id)]).toEqual([true, true])
      expect(await counts(session)).toEqual([false])
      expect(await identity.signIn(link)).toBeUndefined()
      expect([await identity.revoke(id), await identity.revoke(info.id)]).toEqual([false, false])
    })

    it('ends all that a person has in a community at once, what was just used too, and nothing else', async () => {
      const { session } = await signedIn()
      const { session: unused } = await signedIn()
      const { token } = await identity.issue(TOKEN)
      const { link } = await identity.makeLink(LINK)
      const service = await identity.issue({ ...TOKEN, kind: 'service', label: 'person_ana', scopes: ['read'] })
      const others = [
        (await signedIn({ ...LINK, personId: 'person_ben' })).session,
        (await signedIn({ ...LINK, community: 'harbour' })).session,
        (await identity.issue({ ...TOKEN, community: 'harbour' })).token,
        service.token,
      ]
      expect(await counts(session, token, ...others)).toEqual([true, true, true, true, true, true])
      expect(await identity.revokeAllOf('hearth', 'person_ana')).toBe(4)
      expect(await counts(session, unused, token)).toEqual([false, false, false])
      expect(await identity.signIn(link)).toBeUndefined()
      expect(await counts(...others)).toEqual([true, true, true, true])
      expect(await identity.revokeAllOf('hearth', 'person_ana')).toBe(0)
    })

    it('ends what was made by a moment, and leaves what was made since', async () => {
      const { session } = await signedIn()
      const then = new Date(now).toISOString()
      now += 1000
      const { session: since } = await signedIn()
      expect(await identity.revokeAllOf('hearth', 'person_ana', then)).toBeGreaterThan(0)
      expect(await counts(session, since)).toEqual([false, true])
    })

    it('lets somebody in again whose credentials were ended', async () => {
      const { session } = await signedIn()
      await identity.revokeAllOf('hearth', 'person_ana')
      const { session: again } = await signedIn()
      expect(await counts(session, again)).toEqual([false, true])
    })

    it('lists no secret of a link or a session', async () => {
      const { link } = await identity.makeLink(LINK)
      const session = (await identity.signIn(link))?.session ?? ''
      const list = JSON.stringify(await identity.list())
      for (const text of [link, session]) {
        const secret = text.slice(-'_123456'.length - 32, -'_123456'.length)
        expect(secret).toHaveLength(32)
        expect(list).not.toContain(secret)
      }
    })

    it('shows the day a session was last used', async () => {
      const { session, id } = await signedIn()
      now += DAY_MS
      await identity.authenticate(session)
      expect((await identity.about(id))?.lastUsedOn).toBe('2026-03-11')
    })

    it('does nothing once closed', async () => {
      const { link } = await identity.makeLink(LINK)
      await identity.close()
      const closed = { name: 'IdentityClosed' }
      await expect(identity.makeLink(LINK)).rejects.toMatchObject(closed)
      await expect(identity.linkFor(link)).rejects.toMatchObject(closed)
      await expect(identity.signIn(link)).rejects.toMatchObject(closed)
      await expect(identity.useLink(link)).rejects.toMatchObject(closed)
      await expect(identity.hasSignedIn('hearth', 'person_ana')).rejects.toMatchObject(closed)
      await expect(identity.revokeAllOf('hearth', 'person_ana')).rejects.toMatchObject(closed)
    })
  })
}

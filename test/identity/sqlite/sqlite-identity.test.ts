import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { TokenRequest } from '../../../src/identity/port.ts'
import { openSqliteIdentity } from '../../../src/identity/sqlite/sqlite-identity.ts'
import { SqliteTokenStore } from '../../../src/identity/sqlite/token-table.ts'
import type { TokenIdentity } from '../../../src/identity/token-identity.ts'
import { identityContract } from '../../contract/identity.ts'
import { signInContract } from '../../contract/identity-sign-in.ts'

const START = Date.parse('2026-03-10T09:00:00Z')
const DAY_MS = 86_400_000
const REQUEST: TokenRequest = {
  kind: 'service',
  community: 'hearth',
  label: 'nightly import',
  scopes: ['read', 'import'],
  expiresAt: '2026-06-10T09:00:00Z',
}

function scratchFile(): string {
  const path = mkdtempSync(join(tmpdir(), 'hearthbook-identity-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return join(path, 'identity.db')
}

function open(file: string, now: () => number = () => START): TokenIdentity {
  const identity = openSqliteIdentity({ file, now })
  onTestFinished(() => identity.close())
  return identity
}

function other(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  onTestFinished(() => database.close())
  return database
}

identityContract('sqlite', async (now) => open(scratchFile(), now))
signInContract('sqlite', async (now) => open(scratchFile(), now))

describe('credentials in a file', () => {
  it('are the same after a restart, the day of the last use too', async () => {
    const file = scratchFile()
    const identity = open(file)
    const kept = await identity.issue(REQUEST)
    const revoked = await identity.issue(REQUEST)
    await identity.authenticate(kept.token)
    await identity.revoke(revoked.info.id)
    await identity.close()
    const reopened = open(file)
    expect(await reopened.list()).toEqual([
      { ...kept.info, lastUsedOn: '2026-03-10' },
      { ...revoked.info, revokedAt: '2026-03-10T09:00:00.000Z' },
    ])
    expect(await reopened.authenticate(kept.token)).toMatchObject({ tokenId: kept.info.id })
    expect(await reopened.authenticate(revoked.token)).toBeUndefined()
  })

  it('hold no token and no secret, only hashes', async () => {
    const file = scratchFile()
    const identity = open(file)
    const { token, info } = await identity.issue(REQUEST)
    await identity.authenticate(token)
    await identity.list()
    const secret = token.slice(token.indexOf(info.id) + info.id.length, token.lastIndexOf('_'))
    const disk = Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)])
    expect(disk.includes(info.id)).toBe(true)
    expect(disk.includes(secret)).toBe(false)
    expect(disk.includes(token)).toBe(false)
  })

  it('do not let a token in whose id is right and whose secret is another’s', async () => {
    const file = scratchFile()
    const identity = open(file)
    const [one, two] = [await identity.issue(REQUEST), await identity.issue(REQUEST)]
    const database = other(file)
    database.exec(`UPDATE tokens SET id = 'aside' WHERE id = '${one.info.id}'`)
    database.exec(`UPDATE tokens SET id = '${one.info.id}' WHERE id = '${two.info.id}'`)
    expect(await identity.authenticate(one.token)).toBeUndefined()
  })

  it('are readable by their owner only', async () => {
    const file = scratchFile()
    await open(file).issue(REQUEST)
    expect([file, `${file}-wal`].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600])
  })

  it('that another process revokes or issues count from the next request on', async () => {
    const file = scratchFile()
    const server = open(file)
    const tool = open(file)
    const { token, info } = await server.issue(REQUEST)
    expect(await server.authenticate(token)).toBeDefined()
    expect(await tool.revoke(info.id)).toBe(true)
    expect(await server.authenticate(token)).toBeUndefined()
    const issued = await tool.issue(REQUEST)
    expect(await server.authenticate(issued.token)).toMatchObject({ tokenId: issued.info.id })
  })

  it('that another process ends or signs in with count from the next request on', async () => {
    const file = scratchFile()
    const server = open(file)
    const tool = open(file)
    const whose = { community: 'hearth', personId: 'person_ana', madeBy: 'operator' }
    const { link } = await tool.makeLink({ ...whose, expiresAt: '2026-03-12T09:00:00Z' })
    const session = (await server.signIn(link))?.session ?? ''
    expect(await tool.signIn(link)).toBeUndefined()
    expect(await tool.hasSignedIn('hearth', 'person_ana')).toBe(true)
    expect(await server.authenticate(session)).toMatchObject({ via: 'session' })
    expect(await tool.revokeAllOf('hearth', 'person_ana')).toBe(1)
    expect(await server.authenticate(session)).toBeUndefined()
  })

  it('say once that a link was used, also to whoever found it unused before', async () => {
    const file = scratchFile()
    const identity = open(file)
    const whose = { community: 'hearth', personId: 'person_ana', madeBy: 'operator' }
    const { info } = await identity.makeLink({ ...whose, expiresAt: '2026-03-12T09:00:00Z' })
    const token = await identity.issue(REQUEST)
    const [one, two] = [1, 2].map(() => new SqliteTokenStore(other(file)))
    expect([one?.useLink(info.id, info.createdAt), two?.useLink(info.id, info.createdAt)]).toEqual([true, false])
    expect(one?.useLink(token.info.id, info.createdAt)).toBe(false)
  })

  it('keep a link unused when its session cannot be written', async () => {
    const file = scratchFile()
    const identity = open(file)
    const whose = { community: 'hearth', personId: 'person_ana', madeBy: 'operator' }
    const { link } = await identity.makeLink({ ...whose, expiresAt: '2026-03-12T09:00:00Z' })
    const database = other(file)
    database.exec(`CREATE TRIGGER broken BEFORE INSERT ON tokens BEGIN SELECT RAISE(ABORT, 'no space'); END`)
    await expect(identity.signIn(link)).rejects.toThrow('no space')
    await expect(identity.makeLink({ ...whose, expiresAt: '2026-03-13T09:00:00Z' })).rejects.toThrow('no space')
    database.exec('DROP TRIGGER broken')
    expect(await identity.signIn(link)).toBeDefined()
  })

  it('never come alive by an expiry that cannot be read', async () => {
    const file = scratchFile()
    const identity = open(file)
    const { token } = await identity.issue(REQUEST)
    other(file).exec(`UPDATE tokens SET expires_at = 'never'`)
    expect(await identity.authenticate(token)).toBeUndefined()
  })

  it('are refused when a newer version wrote them', async () => {
    const file = scratchFile()
    await open(file).close()
    other(file).exec('PRAGMA user_version = 99')
    expect(() => openSqliteIdentity({ file, now: () => START })).toThrow(
      expect.objectContaining({ name: 'IdentitySchemaNewer' }),
    )
  })
})

describe('the day of the last use in a file', () => {
  /** Tells whether the file was written to since it was last asked. */
  function watch(file: string): () => boolean {
    const database = other(file)
    const version = (): unknown => database.prepare('PRAGMA data_version').get()?.data_version
    let seen = version()
    return () => {
      const changed = version() !== seen
      seen = version()
      return changed
    }
  }

  it('is written once a day however often the token is used', async () => {
    const file = scratchFile()
    let now = START
    const identity = open(file, () => now)
    const { token } = await identity.issue(REQUEST)
    const changed = watch(file)
    const useOften = async (): Promise<boolean> => {
      for (let use = 0; use < 20; use++) await identity.authenticate(token)
      await identity.list()
      return changed()
    }
    expect([await useOften(), await useOften()]).toEqual([true, false])
    now += DAY_MS
    expect([await useOften(), await useOften()]).toEqual([true, false])
  })

  it('is written after the request, by itself', async () => {
    vi.useFakeTimers()
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const file = scratchFile()
    const identity = open(file)
    const { token } = await identity.issue(REQUEST)
    const changed = watch(file)
    await identity.authenticate(token)
    expect(changed()).toBe(false)
    vi.runAllTimers()
    expect(changed()).toBe(true)
  })

  it('is shown though it cannot be written, and fails no request', async () => {
    const file = scratchFile()
    const identity = open(file)
    const { token } = await identity.issue(REQUEST)
    const database = other(file)
    database.exec(`CREATE TRIGGER broken BEFORE UPDATE ON tokens BEGIN SELECT RAISE(ABORT, 'no space'); END`)
    expect(await identity.authenticate(token)).toBeDefined()
    expect((await identity.list())[0]?.lastUsedOn).toBe('2026-03-10')
    expect(database.prepare('SELECT last_used_on AS day FROM tokens').get()?.day).toBeNull()
    database.exec('DROP TRIGGER broken')
    await identity.close()
    expect(database.prepare('SELECT last_used_on AS day FROM tokens').get()?.day).toBe('2026-03-10')
  })
})

import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSqliteVault, type SqliteVault } from '../../../src/vault/sqlite/sqlite-vault.ts'
import { vaultContract } from '../../contract/vault.ts'
import { bytesOnDisk, scratchDirectory } from '../support/scratch.ts'

const AT = '2026-03-10T09:00:00Z'

function freshMasterKey(): KeyObject {
  return createSecretKey(randomBytes(32))
}

function open(file: string, masterKey: KeyObject, cachedCommunities?: number): SqliteVault {
  const vault = openSqliteVault({ file, masterKey, ...(cachedCommunities ? { cachedCommunities } : {}) })
  onTestFinished(() => vault.close())
  return vault
}

/** Everything a vault holds for two communities, in plain text; keys are listed in no order, so sorted here. */
async function contents(vault: SqliteVault) {
  const hex = (key: KeyObject): string => key.export().toString('hex')
  const keys = [...(await vault.keysOf('hearth')).values(), ...(await vault.keysOf('harbour')).values()]
  return {
    keys: keys.map((key) => [key.kid, key.personId, hex(key.key), hex(key.nonceSecret)].join(' ')).sort(),
    secret: hex(await vault.communitySecret('hearth')),
    signing: (await vault.signingKey()).export({ format: 'pem', type: 'pkcs8' }),
    erasures: await vault.erasures(),
  }
}

async function fill(vault: SqliteVault) {
  await vault.keysFor('hearth', ['ana', 'ben', 'cleo'])
  await vault.keysFor('harbour', ['ana'])
  await vault.erase('hearth', 'cleo', AT)
  return contents(vault)
}

function query(file: string, sql: string): readonly Record<string, unknown>[] {
  const database = new DatabaseSync(file)
  try {
    return database.prepare(sql).all()
  } finally {
    database.close()
  }
}

vaultContract('sqlite', async () => open(join(scratchDirectory(), 'vault.db'), freshMasterKey()))
vaultContract('sqlite, one community in memory', async () =>
  open(join(scratchDirectory(), 'vault.db'), freshMasterKey(), 1),
)

describe('the embedded vault', () => {
  it('gives the same after a restart', async () => {
    const file = join(scratchDirectory(), 'vault.db')
    const masterKey = freshMasterKey()
    const vault = open(file, masterKey)
    const before = await fill(vault)
    await vault.close()
    expect(await contents(open(file, masterKey))).toEqual(before)
  })

  it('makes many keys in one transaction', async () => {
    const file = join(scratchDirectory(), 'vault.db')
    const vault = open(file, freshMasterKey())
    const names = Array.from({ length: 2000 }, (_, index) => `person-${index}`)
    const watcher = new DatabaseSync(file)
    onTestFinished(() => watcher.close())
    watcher.exec(`CREATE TRIGGER last_refused BEFORE INSERT ON person_keys WHEN NEW.person_id = 'person-1999'
      BEGIN SELECT RAISE(ABORT, 'no space'); END`)
    await expect(vault.keysFor('hearth', names)).rejects.toThrow('no space')
    expect(watcher.prepare('SELECT count(*) AS n FROM person_keys').get()?.n).toBe(0)
    watcher.exec('DROP TRIGGER last_refused')
    expect((await vault.keysFor('hearth', names)).size).toBe(2000)
  })

  it('is refused under another master key, and nothing in it changes', async () => {
    const file = join(scratchDirectory(), 'vault.db')
    const masterKey = freshMasterKey()
    const vault = open(file, masterKey)
    const before = await fill(vault)
    await vault.close()
    const alsoErased = [{ community: 'hearth', personId: 'ana', at: AT }]
    const attempt = (): SqliteVault => openSqliteVault({ file, masterKey: freshMasterKey(), alsoErased })
    expect(attempt).toThrow(expect.objectContaining({ name: 'WrongMasterKey' }))
    expect(await contents(open(file, masterKey))).toEqual(before)
  })

  it('is refused when a newer version wrote it', async () => {
    const file = join(scratchDirectory(), 'vault.db')
    const masterKey = freshMasterKey()
    await open(file, masterKey).close()
    query(file, 'PRAGMA user_version = 99')
    expect(() => openSqliteVault({ file, masterKey })).toThrow(expect.objectContaining({ name: 'VaultSchemaNewer' }))
  })

  it('never serves a key whose row was altered or swapped', async () => {
    const file = join(scratchDirectory(), 'vault.db')
    const masterKey = freshMasterKey()
    const vault = open(file, masterKey)
    await vault.keysFor('hearth', ['ana', 'ben'])
    await vault.close()
    query(
      file,
      `UPDATE person_keys SET (kid, wrapped) = (SELECT kid, wrapped FROM person_keys WHERE person_id = 'ana')
        WHERE person_id = 'ben'`,
    )
    const reopened = open(file, masterKey)
    await expect(reopened.keysFor('hearth', ['ben'])).rejects.toMatchObject({ name: 'DamagedSecret' })
    await expect(reopened.keysOf('hearth')).rejects.toMatchObject({ name: 'DamagedSecret' })
    expect((await reopened.keysFor('hearth', ['ana'])).size).toBe(1)
  })

  it('holds no key in the clear', async () => {
    const file = join(scratchDirectory(), 'vault.db')
    const vault = open(file, freshMasterKey())
    const key = (await vault.keysFor('hearth', ['ana'])).get('ana')
    const secrets = [
      key?.key.export(),
      key?.nonceSecret.export(),
      (await vault.communitySecret('hearth')).export(),
      // The private part of an Ed25519 key is the end of its PKCS8 form.
      (await vault.signingKey()).export({ format: 'der', type: 'pkcs8' }).subarray(-32),
    ]
    const disk = bytesOnDisk(file)
    expect(disk.includes(Buffer.from(key?.kid ?? 'no key'))).toBe(true)
    for (const secret of secrets) expect(disk.includes(secret ?? '')).toBe(false)
  })

  it('is readable by its owner only', async () => {
    const file = join(scratchDirectory(), 'vault.db')
    const vault = open(file, freshMasterKey())
    await vault.keysFor('hearth', ['ana'])
    expect([file, `${file}-wal`].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600])
  })
})

describe('rotating the master key', () => {
  it('keeps every key, and the old master key opens nothing', async () => {
    const file = join(scratchDirectory(), 'vault.db')
    const [old, fresh] = [freshMasterKey(), freshMasterKey()]
    const vault = open(file, old)
    const before = await fill(vault)
    await vault.rewrap(fresh)
    await vault.keysFor('harbour', ['after-rotation'])
    const after = await contents(vault)
    expect(after).toEqual({ ...before, keys: expect.arrayContaining(before.keys) })
    await vault.close()
    expect(() => openSqliteVault({ file, masterKey: old })).toThrow(expect.objectContaining({ name: 'WrongMasterKey' }))
    expect(await contents(open(file, fresh))).toEqual(after)
  })

  it('leaves nothing on disk that the old master key could open', async () => {
    const file = join(scratchDirectory(), 'vault.db')
    const vault = open(file, freshMasterKey())
    await fill(vault)
    const rows = query(file, 'SELECT wrapped FROM person_keys UNION ALL SELECT wrapped FROM secrets')
    const wrapped = rows.map((row) => Buffer.from(Object(row.wrapped)))
    expect(wrapped.length).toBe(5)
    expect(wrapped.filter((bytes) => !bytesOnDisk(file).includes(bytes))).toEqual([])
    await vault.rewrap(freshMasterKey())
    expect(wrapped.filter((bytes) => bytesOnDisk(file).includes(bytes))).toEqual([])
  })

  it('changes nothing when one row does not open', async () => {
    const file = join(scratchDirectory(), 'vault.db')
    const masterKey = freshMasterKey()
    const vault = open(file, masterKey)
    await vault.keysFor('hearth', ['ana', 'ben'])
    query(file, `UPDATE person_keys SET wrapped = zeroblob(92) WHERE person_id = 'ben'`)
    const before = query(file, 'SELECT * FROM person_keys')
    await expect(vault.rewrap(freshMasterKey())).rejects.toMatchObject({ name: 'DamagedSecret' })
    expect(query(file, 'SELECT * FROM person_keys')).toEqual(before)
    await vault.close()
    expect((await open(file, masterKey).keysFor('hearth', ['ana'])).size).toBe(1)
  })
})

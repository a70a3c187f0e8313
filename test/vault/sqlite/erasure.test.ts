import { createSecretKey, randomBytes } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSqliteVault, type SqliteVault } from '../../../src/vault/sqlite/sqlite-vault.ts'
import { bytesOnDisk, scratchDirectory } from '../support/scratch.ts'

const AT = '2026-03-10T09:00:00Z'
const MASTER_KEY = createSecretKey(randomBytes(32))

function open(file: string): SqliteVault {
  const vault = openSqliteVault({ file, masterKey: MASTER_KEY })
  onTestFinished(() => vault.close())
  return vault
}

/** A connection of another process, with SQLite's defaults. */
function other(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  onTestFinished(() => {
    if (database.isOpen) database.close()
  })
  return database
}

/** The wrapped key of a person in the community `hearth`. */
function wrappedKey(file: string, personId: string): Buffer {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const row = database
      .prepare(`SELECT wrapped FROM person_keys WHERE community = 'hearth' AND person_id = ?`)
      .get(personId)
    return Buffer.from(Object(row?.wrapped))
  } finally {
    database.close()
  }
}

/** Whether any 16 bytes in a row of the wrapped key, from a multiple of 4 on, are found. */
function holdsPartOf(disk: Buffer, wrapped: Buffer): boolean {
  for (let from = 0; from + 16 <= wrapped.length; from += 4) {
    if (disk.includes(wrapped.subarray(from, from + 16))) return true
  }
  return false
}

describe('an erased key on disk', () => {
  it('is in no file while the vault is open, nor after it closed', async () => {
    const file = join(scratchDirectory(), 'vault.db')
    const vault = open(file)
    await vault.keysFor('hearth', ['ana', 'ben'])
    const [ana, ben] = [wrappedKey(file, 'ana'), wrappedKey(file, 'ben')]
    expect([ana.length, holdsPartOf(bytesOnDisk(file), ana)]).toEqual([92, true])
    await vault.erase('hearth', 'ana', AT)
    expect([holdsPartOf(bytesOnDisk(file), ana), bytesOnDisk(file).includes(ben)]).toEqual([false, true])
    await vault.close()
    expect([holdsPartOf(bytesOnDisk(file), ana), bytesOnDisk(file).includes(ben)]).toEqual([false, true])
  })

  it('is in no file wherever it stood among others', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ made: fc.nat(120), erased: fc.nat() }), { maxLength: 8 }),
        async (rounds) => {
          const file = join(scratchDirectory(), 'vault.db')
          const vault = open(file)
          const living: string[] = []
          const gone: Buffer[] = []
          for (const { made, erased } of rounds) {
            const names = Array.from({ length: made }, () => randomBytes(9).toString('base64url'))
            await vault.keysFor('hearth', names)
            living.push(...names)
            for (const personId of living.splice(erased % (living.length + 1), 5)) {
              gone.push(wrappedKey(file, personId))
              await vault.erase('hearth', personId, AT)
            }
          }
          const disk = bytesOnDisk(file)
          expect(gone.filter((wrapped) => holdsPartOf(disk, wrapped))).toEqual([])
          expect(living.filter((personId) => !disk.includes(wrappedKey(file, personId)))).toEqual([])
          await vault.close()
        },
      ),
      { numRuns: 10 },
    )
  })

  it('is wiped at the next start when the process died between erasing and wiping', async () => {
    const directory = scratchDirectory()
    const file = join(directory, 'vault.db')
    const vault = open(file)
    await vault.keysFor('hearth', ['ana'])
    const ana = wrappedKey(file, 'ana')
    const dying = other(file)
    dying.exec(`PRAGMA secure_delete = ON; BEGIN;
      INSERT INTO erasures (community, person_id, at) VALUES ('hearth', 'ana', '${AT}');
      DELETE FROM person_keys WHERE person_id = 'ana'; COMMIT`)
    const restarted = join(directory, 'restarted.db')
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, restarted + suffix)
    expect(holdsPartOf(bytesOnDisk(restarted), ana)).toBe(true)
    open(restarted)
    expect(holdsPartOf(bytesOnDisk(restarted), ana)).toBe(false)
  })

  it('is reported when a reader keeps it there, and gone once the erasure is repeated', async () => {
    const file = join(scratchDirectory(), 'vault.db')
    const vault = open(file)
    await vault.keysFor('hearth', ['ana'])
    const ana = wrappedKey(file, 'ana')
    const reader = other(file)
    reader.exec('BEGIN; SELECT count(*) FROM person_keys')
    await expect(vault.erase('hearth', 'ana', AT)).rejects.toMatchObject({ name: 'ErasureIncomplete' })
    expect(await vault.keysFor('hearth', ['ana'])).toEqual(new Map())
    expect(holdsPartOf(bytesOnDisk(file), ana)).toBe(true)
    reader.exec('COMMIT')
    await vault.erase('hearth', 'ana', AT)
    expect(holdsPartOf(bytesOnDisk(file), ana)).toBe(false)
  })
})

describe('a restore', () => {
  it('never brings an erased person back: keys that the journal names are destroyed at open', async () => {
    const directory = scratchDirectory()
    const file = join(directory, 'vault.db')
    const vault = open(file)
    const kept = await vault.keysFor('hearth', ['ana', 'ben'])
    await vault.keysFor('harbour', ['ana'])
    const ana = wrappedKey(file, 'ana')
    const backup = join(directory, 'backup.db')
    other(file).exec(`VACUUM INTO '${backup}'`)
    await vault.erase('hearth', 'ana', AT)
    await vault.close()

    const restoring = other(file)
    restoring.exec(`ATTACH '${backup}' AS backup; INSERT OR IGNORE INTO person_keys SELECT * FROM backup.person_keys`)
    restoring.close()
    expect(holdsPartOf(bytesOnDisk(file), ana)).toBe(true)

    const restored = open(file)
    expect([...(await restored.keysFor('hearth', ['ana', 'ben'])).keys()]).toEqual(['ben'])
    expect((await restored.keysFor('hearth', ['ben'])).get('ben')?.kid).toBe(kept.get('ben')?.kid)
    expect((await restored.keysOf('harbour')).size).toBe(1)
    expect(holdsPartOf(bytesOnDisk(file), ana)).toBe(false)
  })

  it('leaves no copy of a key that was put back without secure_delete', async () => {
    const directory = scratchDirectory()
    const file = join(directory, 'vault.db')
    const vault = open(file)
    const names = Array.from({ length: 2000 }, (_, index) => `person-${index}`)
    await vault.keysFor('hearth', names)
    await vault.close()
    const backup = join(directory, 'backup.db')
    const gone = names.slice(0, 200).map((personId) => wrappedKey(file, personId))
    const restoring = other(file)
    restoring.exec(`VACUUM INTO '${backup}'; ATTACH '${backup}' AS backup; DELETE FROM main.person_keys;
      INSERT INTO main.erasures (community, person_id, at)
        SELECT community, person_id, '${AT}' FROM backup.person_keys
        WHERE CAST(substr(person_id, length('person-') + 1) AS INTEGER) < 200;
      INSERT INTO main.person_keys SELECT * FROM backup.person_keys ORDER BY random()`)
    restoring.close()
    const restored = open(file)
    expect((await restored.keysOf('hearth')).size).toBe(1800)
    const disk = bytesOnDisk(file)
    expect(gone.filter((wrapped) => holdsPartOf(disk, wrapped))).toEqual([])
  })

  it('of an older vault file carries out the erasures that are known from elsewhere', async () => {
    const directory = scratchDirectory()
    const file = join(directory, 'vault.db')
    const vault = open(file)
    await vault.keysFor('hearth', ['ana', 'ben'])
    const backup = join(directory, 'backup.db')
    other(file).exec(`VACUUM INTO '${backup}'`)
    await vault.erase('hearth', 'ana', AT)
    const alsoErased = await vault.erasures()

    const restored = openSqliteVault({ file: backup, masterKey: MASTER_KEY, alsoErased })
    onTestFinished(() => restored.close())
    expect([...(await restored.keysFor('hearth', ['ana', 'ben'])).keys()]).toEqual(['ben'])
    expect(await restored.erasures()).toEqual(alsoErased)
  })
})

describe('the erasure journal', () => {
  it('is append-only on any connection', async () => {
    const file = join(scratchDirectory(), 'vault.db')
    const vault = open(file)
    await vault.erase('hearth', 'ana', AT)
    await vault.erase('hearth', 'ben', AT)
    const before = await vault.erasures()
    const database = other(file)
    expect(() => database.exec(`UPDATE erasures SET person_id = 'nobody'`)).toThrow('append-only')
    expect(() => database.exec('DELETE FROM erasures')).toThrow('append-only')
    database.exec('INSERT OR REPLACE INTO erasures (seq, community, person_id, at) VALUES (1, 0, 0, 0)')
    database.exec(`INSERT OR REPLACE INTO erasures (community, person_id, at) VALUES ('hearth', 'ana', 'never')`)
    expect(await vault.erasures()).toEqual(before)
  })

  it('notes an erasure and destroys the key together or not at all', async () => {
    const file = join(scratchDirectory(), 'vault.db')
    const vault = open(file)
    const before = await vault.keysFor('hearth', ['ana'])
    const database = other(file)
    database.exec(`CREATE TRIGGER broken BEFORE DELETE ON person_keys BEGIN SELECT RAISE(ABORT, 'broken'); END`)
    await expect(vault.erase('hearth', 'ana', AT)).rejects.toThrow('broken')
    expect(await vault.erasures()).toEqual([])
    expect((await vault.keysFor('hearth', ['ana'])).get('ana')?.kid).toBe(before.get('ana')?.kid)
    database.exec('DROP TRIGGER broken')
    await vault.erase('hearth', 'ana', AT)
    expect(await vault.keysFor('hearth', ['ana'])).toEqual(new Map())
  })
})

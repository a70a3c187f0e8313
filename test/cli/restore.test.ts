import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { sha256Of } from '../../src/cli/backup/files.ts'
import type { BooksManifest } from '../../src/cli/backup/manifest.ts'
import { restoreBackup } from '../../src/cli/backup/restore.ts'
import { takeBackup } from '../../src/cli/backup/take.ts'
import { discover } from '../../src/composition/discover.ts'
import { builtInFolders } from '../../src/composition/wiring.ts'
import { erasuresInVaultFile } from '../../src/vault/sqlite/erasing-offline.ts'
import { gardenDirectory, hearthbook, json, serving, temporary } from './cli.ts'

interface Places {
  readonly to: string
  readonly keysTo: string
}

async function backedUp(directory: string): Promise<Places> {
  const places = { to: join(temporary(), 'books'), keysTo: join(temporary(), 'keys') }
  expect((await takeBackup({ directory, ...places })).books).toBeDefined()
  return places
}

function restoring({ to, keysTo }: Places, ...more: readonly string[]) {
  return ['restore', '--from', to, '--keys-from', keysTo, ...more] as const
}

const registry = await discover(builtInFolders())

/** Restores in this process, where what the command line says of it is not what is tested. */
function restore({ to, keysTo }: Places, data: string, journalOf?: string) {
  return restoreBackup(
    { from: to, keysFrom: keysTo, data, ...(journalOf === undefined ? {} : { journalOf }) },
    registry,
  )
}

/** The wrapped key of everybody in a vault file, by person. */
function wrappedKeys(file: string): ReadonlyMap<string, Buffer> {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const rows = db.prepare('SELECT person_id, wrapped FROM person_keys').all()
    return new Map(rows.map((row) => [String(row.person_id), Buffer.from(row.wrapped as Uint8Array)]))
  } finally {
    db.close()
  }
}

/** The files of a directory that hold the bytes. */
function filesWith(directory: string, bytes: Buffer | string): readonly string[] {
  return readdirSync(directory).filter((name) => readFileSync(join(directory, name)).includes(bytes))
}

async function eraseBela(data: string): Promise<string> {
  const { code, err, out } = await hearthbook('erase', '--on-request', '--person', 'bela', '--data', data)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return /person_\S+?(?=\.)/.exec(out)?.[0] ?? ''
}

function flip(file: string, offset: number): void {
  const bytes = readFileSync(file)
  bytes.writeUInt8(bytes.readUInt8(offset) ^ 1, offset)
  writeFileSync(file, bytes)
}

test('whoever was erased after the backup stays erased with the journal of what is replaced', async () => {
  const data = await gardenDirectory()
  const places = await backedUp(data)
  const bela = await eraseBela(data)
  const key = wrappedKeys(join(places.keysTo, 'vault.db')).get(bela)
  if (!key) throw new Error('the backup has no key of the person')

  const careless = join(temporary(), 'careless')
  const warned = await hearthbook(...restoring(places, '--data', careless))
  expect(warned).toMatchObject({ code: 0, err: expect.stringContaining('Without --journal-of') })
  expect(filesWith(careless, key)).toEqual(['vault.db'])

  const restored = join(temporary(), 'restored')
  const careful = await hearthbook(...restoring(places, '--data', restored, '--journal-of', data))
  expect(careful).toMatchObject({ code: 0, err: '' })
  expect(careful.out).toContain('1 erasure that the copied keys did not know of: 1 by the journal')
  expect(filesWith(restored, key)).toEqual([])
  for (const word of ['Bela', 'Horvat']) expect(filesWith(restored, word)).toEqual([])
  for (const place of [careless, restored]) copyFileSync(join(data, 'master.key'), join(place, 'master.key'))
  const namesIn = async (place: string) => JSON.stringify(await json('ask', 'people', '--data', place))
  expect(await namesIn(careless)).toContain('Bela')
  const names = await namesIn(restored)
  expect(names).not.toContain('Bela')
  expect(names).toContain('Farida')
  expect(erasuresInVaultFile(join(restored, 'vault.db'))).toEqual(erasuresInVaultFile(join(data, 'vault.db')))
})

test('an erasure that the books record and the keys do not know is carried out', async () => {
  const data = await gardenDirectory()
  const older = await backedUp(data)
  const bela = await eraseBela(data)
  const newer = await backedUp(data)
  const key = wrappedKeys(join(older.keysTo, 'vault.db')).get(bela) ?? ''
  expect(filesWith(older.keysTo, key)).toEqual(['vault.db'])
  expect(filesWith(newer.keysTo, key)).toEqual([])

  const restored = join(temporary(), 'restored')
  const mixed = { to: newer.to, keysTo: older.keysTo }
  const { code, out, err } = await hearthbook(...restoring(mixed, '--data', restored))
  expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^1 erasure .* 1 by the books\.$/m) })
  expect(err).toContain('The keys are older than the books')
  expect(filesWith(restored, key)).toEqual([])
  expect(erasuresInVaultFile(join(restored, 'vault.db'))).toMatchObject([{ community: 'garden', personId: bela }])
  const later = await restore({ to: older.to, keysTo: newer.keysTo }, join(temporary(), 'later'))
  expect(later).toMatchObject({ keysAreOlder: false, forgotten: { erased: { byJournal: 0, byBooks: 0 } } })
})

test('a flipped byte is named, and nothing is left behind', async () => {
  const { to, keysTo } = await backedUp(await gardenDirectory())
  const place = temporary()
  for (const [name, damaged] of [
    ['ledger.db', 'books'],
    ['vault.db', 'keys'],
    ['identity.db', 'keys'],
  ] as const) {
    const copies = { to: join(place, `${name}-books`), keysTo: join(place, `${name}-keys`) }
    cpSync(to, copies.to, { recursive: true })
    cpSync(keysTo, copies.keysTo, { recursive: true })
    const file = join(place, `${name}-${damaged}`, name)
    flip(file, readFileSync(file).length - 10)
    const data = join(temporary(), 'data')
    const { verified, forgotten } = await restore(copies, data)
    expect(forgotten).toBeUndefined()
    const named = verified.findings.filter((finding) => finding.includes('not the file that was backed up'))
    expect(named).toEqual([expect.stringMatching(new RegExp(`^${name}: `))])
    expect(readdirSync(dirname(data))).toEqual([])
  }
})

test('a book that was changed together with its manifest is named with the revision', async () => {
  const places = await backedUp(await gardenDirectory())
  const file = join(places.to, 'ledger.db')
  const bytes = readFileSync(file)
  bytes.write('operator-clo', bytes.lastIndexOf('operator-cli'))
  writeFileSync(file, bytes)
  const manifest = join(places.to, 'backup.json')
  const before = JSON.parse(readFileSync(manifest, 'utf8')) as BooksManifest
  writeFileSync(manifest, JSON.stringify({ ...before, files: { 'ledger.db': await sha256Of(file) } }))
  const data = join(temporary(), 'data')
  const { code, out, err } = await hearthbook(...restoring(places, '--data', data))
  expect({ code, err }).toEqual({ code: 1, err: 'Nothing was restored: the backup does not verify.\n' })
  expect(out).toMatch(/edited at revision \d+:/)
  expect(out).toMatch(/^garden, open book: root \S+ of \d+ records, the manifest says/m)
  expect(out).not.toContain('not the file that was backed up')
  expect(readdirSync(dirname(data))).toEqual([])
})

test('a directory with anything in it, and a backup that was never finished, are refused', async () => {
  const data = await gardenDirectory()
  const places = await backedUp(data)
  const before = readFileSync(join(data, 'ledger.db'))
  expect(await hearthbook(...restoring(places, '--data', data))).toMatchObject({
    code: 3,
    err: expect.stringContaining('is not empty'),
  })
  expect(readFileSync(join(data, 'ledger.db')).equals(before)).toBe(true)
  const target = join(temporary(), 'data')
  const swapped = { to: places.keysTo, keysTo: places.to }
  await expect(restore(swapped, target)).rejects.toThrow('is not that of a backup of the books')
  const begun = temporary()
  copyFileSync(join(places.to, 'ledger.db'), join(begun, 'ledger.db'))
  await expect(restore({ ...places, to: begun }, target)).rejects.toThrow('no finished backup')
  await expect(restore(places, target, begun)).rejects.toThrow('there is no vault.db')
  expect(existsSync(target)).toBe(false)
})

test('a restore leaves no token alive that was revoked since, nor that of the server of then', async () => {
  const data = await gardenDirectory()
  const server = await serving(['serve', '--data', data, '--port', '0', '--no-metrics', '--log-level', 'warn'])
  const made = (label: string) =>
    json<{ info: { id: string } }>(
      ...['token', 'create', '--service', label, '--community', 'garden', '--days', '1', '--data', data],
    )
  const [gone, kept] = [(await made('gone')).info.id, (await made('kept')).info.id]
  const places = await backedUp(data)
  expect((await hearthbook('token', 'revoke', gone, '--data', data)).code).toBe(0)
  await server.stop()
  const living = async (journalOf?: string) => {
    const restored = join(temporary(), 'restored')
    expect((await restore(places, restored, journalOf)).forgotten).toBeDefined()
    const { tokens } = await json<{ tokens: { id: string; revokedAt?: string }[] }>('token', 'list', '--data', restored)
    return tokens.flatMap(({ id, revokedAt }) => (revokedAt === undefined ? [id] : []))
  }
  expect((await living()).sort()).toEqual([gone, kept].sort())
  expect(await living(data)).toEqual([kept])
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSqliteIdentity } from '../../../src/identity/sqlite/sqlite-identity.ts'
import { hashToken, makeToken } from '../../../src/identity/token-format.ts'

const NOW = Date.parse('2026-03-10T09:00:00Z')

/** The schema as version 1 made it, word for word. */
const SCHEMA_1 = `
CREATE TABLE tokens (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'service', 'operator')),
  community TEXT,
  person_id TEXT,
  label TEXT,
  scopes TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  last_used_on TEXT,
  revoked_at TEXT
) STRICT;
PRAGMA user_version = 1;
`

interface Old {
  readonly file: string
  readonly live: string
  readonly revoked: string
}

/** A file as version 1 left it: a live token of a person, a revoked one of a service, one of the operator. */
function oldFile(): Old {
  const folder = mkdtempSync(join(tmpdir(), 'hearthbook-identity-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'identity.db')
  const database = new DatabaseSync(file)
  database.exec(SCHEMA_1)
  const insert = database.prepare(
    `INSERT INTO tokens (id, hash, kind, community, person_id, label, scopes, created_at, expires_at, last_used_on, revoked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, '2026-01-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z', ?, ?)`,
  )
  const [person, service, operator] = [makeToken('person'), makeToken('service'), makeToken('operator')]
  const put = ({ id, text }: typeof person, ...rest: readonly (string | null)[]) =>
    insert.run(id, hashToken(text), ...rest)
  put(person, 'person', 'hearth', 'person_ana', null, 'read act', '2026-03-01', null)
  put(service, 'service', '*', null, 'sync', 'import', null, '2026-02-01T00:00:00.000Z')
  put(operator, 'operator', null, null, null, 'read act import found operate', null, null)
  database.close()
  return { file, live: person.text, revoked: service.text }
}

function open(file: string) {
  const identity = openSqliteIdentity({ file, now: () => NOW })
  onTestFinished(() => identity.close())
  return identity
}

/** What the file is, read beside whoever has it open. */
function lookInto(file: string): { readonly version: unknown; readonly tables: readonly unknown[] } {
  const database = new DatabaseSync(file)
  const version = database.prepare('PRAGMA user_version').get()?.user_version
  const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'tokens%'`).all()
  database.close()
  return { version, tables: tables.map(({ name }) => name) }
}

describe('a file of version 1', () => {
  it('keeps every token: the live ones work, the revoked ones do not', async () => {
    const { file, live, revoked } = oldFile()
    const identity = open(file)
    expect(await identity.authenticate(live)).toMatchObject({ personId: 'person_ana', scopes: ['read', 'act'] })
    expect(await identity.authenticate(revoked)).toBeUndefined()
    const [person, service, operator, ...others] = await identity.list()
    expect(others).toEqual([])
    expect(person).toEqual({
      id: person?.id,
      kind: 'person',
      community: 'hearth',
      personId: 'person_ana',
      scopes: ['read', 'act'],
      createdAt: '2026-01-01T00:00:00.000Z',
      expiresAt: '2026-12-01T00:00:00.000Z',
      lastUsedOn: '2026-03-10',
    })
    expect(service).toMatchObject({ label: 'sync', revokedAt: '2026-02-01T00:00:00.000Z' })
    expect(operator).toMatchObject({ kind: 'operator' })
  })

  it('takes links and sessions from then on, and is brought up once', async () => {
    const { file, live } = oldFile()
    const identity = open(file)
    const whose = { community: 'hearth', personId: 'person_ana', madeBy: 'operator' }
    const { link } = await identity.makeLink({ ...whose, expiresAt: '2026-03-12T09:00:00Z' })
    const session = (await identity.signIn(link))?.session ?? ''
    await identity.close()
    const again = open(file)
    expect((await again.list()).map(({ kind }) => kind)).toEqual(['person', 'service', 'operator', 'link', 'session'])
    expect(await again.authenticate(session)).toMatchObject({ via: 'session' })
    expect(await again.authenticate(live)).toMatchObject({ via: 'token' })
    expect(lookInto(file)).toEqual({ version: 2, tables: ['tokens'] })
  })

  it('stays as it was when it cannot be brought up in whole', () => {
    const { file } = oldFile()
    const database = new DatabaseSync(file)
    // What version 2 does not take: the copy fails after the new table was made.
    database.exec(`PRAGMA ignore_check_constraints = ON; UPDATE tokens SET kind = 'strange' WHERE kind = 'operator'`)
    database.close()
    expect(() => openSqliteIdentity({ file, now: () => NOW })).toThrow('CHECK constraint failed')
    expect(lookInto(file)).toEqual({ version: 1, tables: ['tokens'] })
  })
})

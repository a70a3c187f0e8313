import type { KeyObject } from 'node:crypto'
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import { makeKeyMaterial, makeKid, personKeyFrom } from '../person-key.ts'
import type { PersonKey } from '../port.ts'
import { unwrap, type WrapLabel, wrap } from '../wrapping.ts'
import { blobOf } from './blob.ts'

type Row = Record<string, SQLOutputValue>

/** The persons' keys in the vault file, each wrapped under the master key. */
export class KeyTable {
  readonly #find: StatementSync
  readonly #list: StatementSync
  readonly #insert: StatementSync
  readonly #all: StatementSync
  readonly #replace: StatementSync

  constructor(database: DatabaseSync) {
    const columns = 'community, person_id, kid, wrapped'
    this.#find = database.prepare(`SELECT ${columns} FROM person_keys WHERE community = ? AND person_id = ?`)
    this.#list = database.prepare(`SELECT ${columns} FROM person_keys WHERE community = ?`)
    this.#insert = database.prepare(`INSERT INTO person_keys (${columns}) VALUES (?, ?, ?, ?)`)
    this.#all = database.prepare(`SELECT ${columns} FROM person_keys`)
    this.#replace = database.prepare('UPDATE person_keys SET wrapped = ? WHERE community = ? AND person_id = ?')
  }

  /** @throws DamagedSecret where the row does not open. */
  find(masterKey: KeyObject, community: string, personId: string): PersonKey | undefined {
    const row = this.#find.get(community, personId)
    return row && openRow(masterKey, row)
  }

  /** @throws DamagedSecret where a row does not open. */
  list(masterKey: KeyObject, community: string): readonly PersonKey[] {
    return this.#list.all(community).map((row) => openRow(masterKey, row))
  }

  /** Makes a fresh key for a person who has none; the caller holds the transaction. */
  make(masterKey: KeyObject, community: string, personId: string): PersonKey {
    const kid = makeKid()
    const material = makeKeyMaterial()
    this.#insert.run(community, personId, kid, wrap(masterKey, label(community, personId, kid), material))
    return personKeyFrom(kid, personId, material)
  }

  /** Wraps every key anew; the caller holds the transaction. */
  rewrap(from: KeyObject, to: KeyObject): void {
    for (const row of this.#all.all()) {
      const material = openMaterial(from, row)
      const community = String(row.community)
      const personId = String(row.person_id)
      this.#replace.run(wrap(to, label(community, personId, String(row.kid)), material), community, personId)
      material.fill(0)
    }
  }
}

function openRow(masterKey: KeyObject, row: Row): PersonKey {
  return personKeyFrom(String(row.kid), String(row.person_id), openMaterial(masterKey, row))
}

function openMaterial(masterKey: KeyObject, row: Row): Buffer {
  const place = label(String(row.community), String(row.person_id), String(row.kid))
  return unwrap(masterKey, place, blobOf(row.wrapped))
}

function label(community: string, personId: string, kid: string): WrapLabel {
  return ['person key', community, personId, kid]
}

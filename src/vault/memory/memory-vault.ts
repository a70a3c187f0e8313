import { createSecretKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { CommunityKeys } from '../key-cache.ts'
import { makeKeyMaterial, makeKid, personKeyFrom } from '../person-key.ts'
import type { Erasure, PersonKey, Vault } from '../port.ts'
import { VaultClosed } from '../vault-closed.ts'

const SECRET_BYTES = 32

/** {@link Vault} that forgets everything with the process: for tests and trials. */
export class MemoryVault implements Vault {
  readonly #keys = new Map<string, CommunityKeys>()
  readonly #secrets = new Map<string, KeyObject>()
  readonly #erasures: Erasure[] = []
  #signingKey: KeyObject | undefined
  #closed = false

  async keysFor(community: string, personIds: readonly string[]): Promise<ReadonlyMap<string, PersonKey>> {
    const keys = this.#community(community)
    const found = new Map<string, PersonKey>()
    for (const personId of personIds) {
      if (this.#isErased(community, personId)) continue
      let key = keys.ofPerson(personId)
      if (key === undefined) {
        key = personKeyFrom(makeKid(), personId, makeKeyMaterial())
        keys.add(key)
      }
      found.set(personId, key)
    }
    return found
  }

  async keysOf(community: string): Promise<ReadonlyMap<string, PersonKey>> {
    return this.#community(community).byKid()
  }

  async communitySecret(community: string): Promise<KeyObject> {
    this.#refuseClosed()
    const secret = this.#secrets.get(community) ?? createSecretKey(randomBytes(SECRET_BYTES))
    this.#secrets.set(community, secret)
    return secret
  }

  async signingKey(): Promise<KeyObject> {
    this.#refuseClosed()
    this.#signingKey ??= generateKeyPairSync('ed25519').privateKey
    return this.#signingKey
  }

  async erase(community: string, personId: string, at: string): Promise<void> {
    this.#community(community).drop(personId)
    if (!this.#isErased(community, personId)) this.#erasures.push({ community, personId, at })
  }

  async erasures(community?: string): Promise<readonly Erasure[]> {
    this.#refuseClosed()
    return this.#erasures.filter((erasure) => community === undefined || erasure.community === community)
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#keys.clear()
  }

  #community(community: string): CommunityKeys {
    this.#refuseClosed()
    const keys = this.#keys.get(community) ?? new CommunityKeys()
    this.#keys.set(community, keys)
    return keys
  }

  #isErased(community: string, personId: string): boolean {
    return this.#erasures.some((erasure) => erasure.community === community && erasure.personId === personId)
  }

  #refuseClosed(): void {
    if (this.#closed) throw new VaultClosed()
  }
}

import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto'
import { personKeyFrom } from '../person-key.ts'
import type { Erasure, PersonKey, Vault } from '../port.ts'
import { VaultClosed } from '../vault-closed.ts'
import { type VaultAccess, VaultChannel } from './channel.ts'

/** A person's key on its way: the material is that of `personKeyFrom`, in base64url. */
export interface KeyOnTheWay {
  readonly kid: string
  readonly personId: string
  readonly material: string
}

/** How long keys may be kept without a word from the vault process, ms. */
export const KEYS_KEPT_MS = 60_000

/**
 * {@link Vault} in the vault process. It keeps nothing: whoever keeps keys asks again within {@link KEYS_KEPT_MS}, and
 * drops them as soon as an erasure is heard of.
 */
export class RemoteVault implements Vault {
  readonly #channel: VaultChannel
  #closed = false

  constructor(access: VaultAccess) {
    this.#channel = new VaultChannel(access)
  }

  async keysFor(community: string, personIds: readonly string[]): Promise<ReadonlyMap<string, PersonKey>> {
    const { keys } = await this.#call<{ keys: readonly KeyOnTheWay[] }>('keysFor', { community, personIds })
    return new Map(keys.map((key) => [key.personId, received(key)]))
  }

  async keysOf(community: string): Promise<ReadonlyMap<string, PersonKey>> {
    const { keys } = await this.#call<{ keys: readonly KeyOnTheWay[] }>('keysOf', { community })
    return new Map(keys.map((key) => [key.kid, received(key)]))
  }

  async communitySecret(community: string): Promise<KeyObject> {
    const { secret } = await this.#call<{ secret: string }>('communitySecret', { community })
    return createSecretKey(secret, 'base64url')
  }

  async signingKey(): Promise<KeyObject> {
    const { pkcs8 } = await this.#call<{ pkcs8: string }>('signingKey', {})
    return createPrivateKey({ key: Buffer.from(pkcs8, 'base64url'), format: 'der', type: 'pkcs8' })
  }

  async erase(community: string, personId: string, at: string): Promise<void> {
    await this.#call('erase', { community, personId, at })
  }

  async erasures(community?: string): Promise<readonly Erasure[]> {
    const { erasures } = await this.#call<{ erasures: readonly Erasure[] }>('erasures', { community })
    return erasures
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#channel.close()
  }

  async #call<Answer>(name: string, body: object): Promise<Answer> {
    if (this.#closed) throw new VaultClosed()
    return this.#channel.call<Answer>(`/v1/vault/${name}`, body)
  }
}

function received({ kid, personId, material }: KeyOnTheWay): PersonKey {
  return personKeyFrom(kid, personId, Buffer.from(material, 'base64url'))
}

import { createHmac, hash, type KeyObject } from 'node:crypto'

const SIZE = 22 // base64url characters of 128 bits

/**
 * Ids and fingerprints of one community, all derived from its secret: equal for equal input, so that a repeated command
 * makes the same bytes, and unguessable to whoever has not the secret.
 */
export class Fingerprints {
  readonly #secret: KeyObject

  constructor(secret: KeyObject) {
    this.#secret = secret
  }

  /** HMAC-SHA-256 of the parts, 128 bits in base64url. */
  of(...parts: readonly string[]): string {
    return createHmac('sha256', this.#secret).update(JSON.stringify(parts)).digest('base64url').slice(0, SIZE)
  }

  /** The id of a command: the same principal and key in the same community give the same one. */
  commandId(principal: string, key: string): string {
    return this.of('command', principal, key)
  }
}

/**
 * The n-th opaque id of a command, 128 bits in base64url. A command id is a keyed fingerprint that nobody can foresee, so
 * neither are the ids made of it, and a plain hash does.
 */
export function mintedId(commandId: string, n: number): string {
  return hash('sha256', `${commandId}#${n}`, 'base64url').slice(0, SIZE)
}

/** Id of the event at a place in a command: a UUID (version 8, RFC 9562) derived from both. */
export function eventIdOf(commandId: string, index: number): string {
  const hex = hash('sha256', `${commandId}/${index}`, 'hex')
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { makeSecretFile, readSecretFile, type SecretFile } from './secret-file.ts'

const KEY_BYTES = 32

export interface MasterKeySource {
  /** Path of the key file, read where `env` is absent or blank. */
  readonly file: string
  /** Value of the environment variable HEARTHBOOK_MASTER_KEY. */
  readonly env: string | undefined
  /**
   * Make a fresh key file where there is none. Meant for a new data directory only: beside a vault that is already
   * there a fresh key could open nothing.
   */
  readonly createIfMissing?: boolean
}

/** There is no usable master key; the message says what is wrong and what to do, never the key. */
export class MasterKeyRefused extends Error {
  override readonly name = 'MasterKeyRefused'
}

/** The vault was made under another master key. */
export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey'
  constructor() {
    super('this vault was made under another master key; start with the key it was made under')
  }
}

/**
 * The master key, 32 bytes in base64url or hex, from the environment, else from the key file.
 *
 * @throws MasterKeyRefused where it is missing, malformed, or in a file that group or others may read.
 */
export function loadMasterKey(source: MasterKeySource): KeyObject {
  const env = source.env?.trim()
  if (env) return parseMasterKey(env, 'HEARTHBOOK_MASTER_KEY')
  const text = readSecretFile(keyFile(source.file))
  if (text !== undefined) return parseMasterKey(text.trim(), `the key file ${source.file}`)
  if (!source.createIfMissing) {
    throw new MasterKeyRefused(
      `no master key: HEARTHBOOK_MASTER_KEY is not set and there is no key file ${source.file}`,
    )
  }
  return createKeyFile(source.file)
}

/** A value that tells two master keys apart and reveals neither: what a vault keeps to know its own. */
export function masterKeyCheck(masterKey: KeyObject): Buffer {
  return createHmac('sha256', masterKey).update('hearthbook vault, master key check, 1').digest()
}

function parseMasterKey(text: string, where: string): KeyObject {
  const encoding = /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64url'
  const bytes = Buffer.from(text, encoding)
  const canonical = encoding === 'hex' ? text.toLowerCase() : text.replace(/=$/, '')
  if (bytes.length !== KEY_BYTES || bytes.toString(encoding) !== canonical) {
    throw new MasterKeyRefused(`${where} must hold 32 bytes: 43 characters of base64url or 64 of hex`)
  }
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return key
}

function keyFile(path: string): SecretFile {
  return { path, called: 'key file', refused: (message, options) => new MasterKeyRefused(message, options) }
}

function createKeyFile(file: string): KeyObject {
  const text = randomBytes(KEY_BYTES).toString('base64url')
  makeSecretFile(keyFile(file), `${text}\n`)
  return parseMasterKey(text, `the key file ${file}`)
}

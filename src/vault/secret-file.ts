import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** A file that holds a secret, how it is called in words, and the error for one that cannot be used. */
export interface SecretFile {
  readonly path: string
  /** Such as `key file`. */
  readonly called: string
  refused(message: string, options?: ErrorOptions): Error
}

/** What the file says; undefined where there is none. @throws what `refused` makes, for a file others may read. */
export function readSecretFile({ path, called, refused }: SecretFile): string | undefined {
  let handle: number
  try {
    handle = openSync(path, 'r')
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw refused(`the ${called} ${path} cannot be read`, { cause: error })
  }
  try {
    // Asked of the open file, not of the path: what is checked is what is read.
    const stat = fstatSync(handle)
    if (!stat.isFile()) throw refused(`the ${called} ${path} is not a file`)
    // Windows has no such bits; there the directory's access list protects the file.
    if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) {
      const mode = (stat.mode & 0o777).toString(8).padStart(4, '0')
      throw refused(
        `the ${called} ${path} is open to group or others (mode ${mode}); make it the owner's alone: chmod 600 ${path}`,
      )
    }
    return readFileSync(handle, 'utf8')
  } finally {
    closeSync(handle)
  }
}

/** Makes the file, readable by its owner alone, durably. @throws what `refused` makes where there is one. */
export function makeSecretFile({ path, called, refused }: SecretFile, text: string): void {
  try {
    // 'wx' never overwrites: what is there may be the only one of its kind.
    const handle = openSync(path, 'wx', 0o600)
    try {
      writeSync(handle, text)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    syncDirectory(dirname(path))
  } catch (error) {
    throw refused(`the ${called} ${path} cannot be made`, { cause: error })
  }
}

/** Makes the new name durable: nothing may rest on a file that a power cut can take away. */
function syncDirectory(path: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

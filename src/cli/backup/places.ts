import { mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { CliError, EXIT } from '../exits.ts'

/** The directory with symbolic links followed, as far as it is there yet. */
function realPlace(path: string): string {
  const absolute = resolve(path)
  try {
    return realpathSync(absolute)
  } catch {
    const parent = dirname(absolute)
    return parent === absolute ? absolute : join(realPlace(parent), absolute.slice(parent.length))
  }
}

/** @throws CliError where one of the directories is, or lies in, the other. */
export function refuseTogether(
  one: readonly [flag: string, path: string],
  other: readonly [flag: string, path: string],
) {
  const [a, b] = [realPlace(one[1]), realPlace(other[1])]
  if (a !== b && !a.startsWith(within(b)) && !b.startsWith(within(a))) return
  throw new CliError(
    `${one[0]} and ${other[0]} must be apart, and neither inside the other: whoever takes the books must not get the keys with them.`,
    EXIT.usage,
  )
}

const within = (directory: string) => (directory.endsWith(sep) ? directory : directory + sep)

/** @throws CliError where something is there already, be it a file or a directory with anything in it. */
export function refuseFilled(flag: string, path: string): void {
  let names: readonly string[]
  try {
    names = readdirSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return
    const words = code === 'ENOTDIR' ? 'is a file, not a directory' : 'cannot be read'
    throw new CliError(`${flag}: ${path} ${words}. Nothing was written.`, EXIT.usage, { cause: error })
  }
  if (names.length === 0) return
  throw new CliError(
    `${flag}: ${path} is not empty. Name a directory that is new or empty; nothing was written.`,
    EXIT.refused,
  )
}

/** Makes the directory, readable by its owner only; one that is there stays as it is. */
export function makePlace(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
}

/** @throws CliError where a finished directory could not be moved to this place in one step. */
export function refuseMountPoint(flag: string, path: string): void {
  const parent = dirname(resolve(path))
  makePlace(parent)
  const there = statSync(path, { throwIfNoEntry: false })
  if (there && there.dev !== statSync(parent).dev)
    throw new CliError(
      `${flag}: ${path} is where a volume is mounted, and a finished directory cannot be moved there in one step. ` +
        'Name a directory inside it.',
      EXIT.usage,
    )
}

import { mkdtempSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { syncPath } from './files.ts'

/**
 * Fills a directory beside the one that is meant and moves it there in one step at the end, so that nobody ever sees
 * half of it. Where `fill` says no or fails, nothing is left.
 */
export async function inStagedDirectory<T>(
  target: string,
  fill: (directory: string) => Promise<{ readonly keep: boolean; readonly result: T }>,
): Promise<T> {
  const place = resolve(target)
  const staged = mkdtempSync(join(dirname(place), `.${basename(place)}.restoring-`))
  try {
    const { keep, result } = await fill(staged)
    if (!keep) return result
    syncPath(staged)
    // An empty directory may be there; whatever came into it meanwhile is not overwritten.
    try {
      rmdirSync(place)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
    renameSync(staged, place)
    syncPath(dirname(place))
    return result
  } finally {
    rmSync(staged, { recursive: true, force: true })
  }
}

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Another process holds the data directory. */
export class DirectoryInUse extends Error {
  override readonly name = 'DirectoryInUse'
  readonly directory: string
  constructor(directory: string, options?: ErrorOptions) {
    super(
      `The data directory ${directory} is in use by another Hearthbook process, and only one may write to it. ` +
        'Stop that process first.',
      options,
    )
    this.directory = directory
  }
}

export interface DirectoryLock {
  /** Lets the next process in. Safe to call again. */
  release(): void
}

/**
 * Makes this the one writing process of a data directory. The operating system gives the lock back when the process
 * ends, however it ends. Throws {@link DirectoryInUse}, or an error of SQLite when the directory cannot be written.
 */
export function lockDirectory(directory: string): DirectoryLock {
  const db = new DatabaseSync(join(directory, 'lock.db'), { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    throw isBusy(error) ? new DirectoryInUse(directory, { cause: error }) : error
  }
  // The file stays: whoever deleted it could let two processes hold a lock on two files of the same name.
  return {
    release() {
      if (db.isOpen) db.close()
    },
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}

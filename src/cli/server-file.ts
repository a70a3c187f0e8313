import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Where a running server can be reached, as it leaves word in its data directory. */
export interface ServerFile {
  readonly url: string
  readonly pid: number
  /** File with the operator token of this server, readable by the owner of the directory only. */
  readonly tokenFile: string
  /** Id of that token, so that the next server can revoke one that a crash left. */
  readonly tokenId: string
}

const fileIn = (directory: string) => join(directory, 'server.json')
const tokenFileIn = (directory: string) => resolve(directory, 'server.token')

/** Leaves word that a server runs on the directory. */
export function leaveServerFile(
  directory: string,
  { url, token, tokenId }: { readonly url: string; readonly token: string; readonly tokenId: string },
): void {
  removeServerFile(directory)
  const tokenFile = tokenFileIn(directory)
  // 'wx': never write a secret into a file that somebody else put there.
  writeFileSync(tokenFile, `${token}\n`, { mode: 0o600, flag: 'wx' })
  const content: ServerFile = { url, pid: process.pid, tokenFile, tokenId }
  writeFileSync(fileIn(directory), `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' })
}

/** What the last server left, whether it still runs or not. */
export function readServerFile(directory: string): ServerFile | undefined {
  try {
    return JSON.parse(readFileSync(fileIn(directory), 'utf8')) as ServerFile
  } catch {
    return undefined
  }
}

/** The operator token a running server left. */
export function readServerToken({ tokenFile }: ServerFile): string {
  return readFileSync(tokenFile, 'utf8').trim()
}

/** Takes the word back. */
export function removeServerFile(directory: string): void {
  rmSync(fileIn(directory), { force: true })
  rmSync(tokenFileIn(directory), { force: true })
}

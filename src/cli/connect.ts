import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Hearthbook, openHearthbook } from '../composition/wiring.ts'
import { buildApp } from '../http/app.ts'
import type { Registry } from '../kernel/registry.ts'
import { DirectoryInUse } from '../ledger/sqlite/directory-lock.ts'
import { booksElsewhere } from './books/elsewhere.ts'
import { signerKeyOf } from './books/signer-key.ts'
import { Client } from './client.ts'
import { CliError, EXIT } from './exits.ts'
import { readServerFile, readServerToken } from './server-file.ts'
import { fetchTransport, injectTransport } from './transport.ts'
import { vaultElsewhere } from './vault-elsewhere.ts'

/** Where the communities are: a data directory, or a server. */
export interface Where {
  readonly data?: string
  readonly url?: string
  readonly token?: string
}

/** A way to the API, whatever is behind it. */
export interface Connection {
  readonly client: Client
  /** Set where this process itself opened the data directory. */
  readonly hearthbook: Hearthbook | undefined
  /** Communities there are, by name. */
  communities(): Promise<readonly string[]>
  close(): Promise<void>
}

const TOKEN_MINUTES = 12 * 60

/** The data directory that is meant. */
export function dataDirectory({ data }: Where): string {
  return data ?? process.env.HEARTHBOOK_DATA ?? '.hearthbook'
}

/** The server that is meant, where one is. */
export function serverUrl({ url, data }: Where): string | undefined {
  return url ?? (data === undefined ? process.env.HEARTHBOOK_URL || undefined : undefined)
}

/** A directory that holds a ledger, or the keys to books elsewhere. @throws CliError naming what to do where it does not. */
export function existingDirectory(where: Where): string {
  const directory = dataDirectory(where)
  // Where neither books nor keys are in it, nothing needs to be there yet.
  if (booksElsewhere() !== undefined && vaultElsewhere() !== undefined) return directory
  if (existsSync(join(directory, booksElsewhere() === undefined ? 'ledger.db' : 'vault.db'))) return directory
  throw new CliError(
    `There is no data directory ${directory} yet. Begin with "hearthbook import" or "hearthbook demo", or name another one with --data.`,
    EXIT.notFound,
  )
}

/**
 * Opens a way to the API: to the server named, else straight into the data directory, else to the server that has the
 * data directory open.
 */
export async function connect(registry: Registry, where: Where, { create = false } = {}): Promise<Connection> {
  const url = serverUrl(where)
  if (url !== undefined) {
    const token = where.token ?? process.env.HEARTHBOOK_TOKEN
    if (!token) throw new CliError('A server needs a token: --token or HEARTHBOOK_TOKEN.', EXIT.usage)
    return toServer(registry, url, token)
  }
  const directory = create ? dataDirectory(where) : existingDirectory(where)
  try {
    return await toHearthbook(
      await openHearthbook({
        store: { directory, books: booksElsewhere(), vaultAt: vaultElsewhere() },
        masterKey: process.env.HEARTHBOOK_MASTER_KEY,
      }),
      where.token === undefined ? { closes: true } : { closes: true, token: where.token },
    )
  } catch (error) {
    const server = error instanceof DirectoryInUse ? readServerFile(directory) : undefined
    if (!server) throw error
    return toServer(registry, server.url, where.token ?? readServerToken(server))
  }
}

/** A way into a store this process has open, with the token given, else an operator's that lives as long as the connection. */
export async function toHearthbook(
  hearthbook: Hearthbook,
  { closes, token: own }: { readonly closes: boolean; readonly token?: string },
): Promise<Connection> {
  const { engine, registry, identity, clock } = hearthbook
  const signerKey = await signerKeyOf(hearthbook)
  const app = await buildApp({ engine, registry, identity, clock, signerKey, requestsPerMinute: 0 })
  const expiresAt = new Date(clock() + TOKEN_MINUTES * 60_000).toISOString()
  const { token, info } = await identity.issue({ kind: 'operator', expiresAt })
  return {
    client: new Client(registry, injectTransport(app), own ?? token),
    hearthbook,
    communities: async () => (await engine.list()).map(({ community }) => community),
    async close() {
      await identity.revoke(info.id)
      await app.close()
      if (closes) await hearthbook.close()
    },
  }
}

function toServer(registry: Registry, url: string, token: string): Connection {
  const client = new Client(registry, fetchTransport(url), token)
  return {
    client,
    hearthbook: undefined,
    async communities() {
      const answer = (await client.get('/v1/communities')) as { communities: { community: string }[] }
      return answer.communities.map(({ community }) => community)
    },
    close: async () => undefined,
  }
}

/**
 * The community that is meant: the one named, else that of HEARTHBOOK_COMMUNITY, else the only one there is.
 * @throws CliError where that is none or several.
 */
export async function communityOf(connection: Connection, named: string | undefined): Promise<string> {
  const given = named ?? (process.env.HEARTHBOOK_COMMUNITY || undefined)
  if (given !== undefined) return given
  const all = await connection.communities()
  const [only] = all
  if (only !== undefined && all.length === 1) return only
  throw new CliError(
    all.length === 0
      ? 'There is no community here yet. Begin with "hearthbook import" or "hearthbook do found-community".'
      : `There are several communities: ${all.join(', ')}. Say which with --community.`,
    all.length === 0 ? EXIT.notFound : EXIT.usage,
  )
}

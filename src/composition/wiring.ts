import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { container, type DependencyContainer, type InjectionToken, instanceCachingFactory } from 'tsyringe'
import { Engine } from '../engine/engine.ts'
import type { Clock, EngineParts } from '../engine/ports.ts'
import { openMemoryIdentity } from '../identity/memory/memory-identity.ts'
import type { Identity } from '../identity/port.ts'
import { RemoteIdentity } from '../identity/remote/remote-identity.ts'
import { openSqliteIdentity } from '../identity/sqlite/sqlite-identity.ts'
import type { Registry } from '../kernel/registry.ts'
import type { StoreAddress } from '../ledger/eventstoredb/address.ts'
import { MemoryLedgers } from '../ledger/memory/memory-ledgers.ts'
import type { Ledgers } from '../ledger/port.ts'
import { noteSigner } from '../ledger/proofs/signed-note.ts'
import { lockDirectory } from '../ledger/sqlite/directory-lock.ts'
import { openSqliteLedgers } from '../ledger/sqlite/sqlite-ledgers.ts'
import { loadMasterKey } from '../vault/master-key.ts'
import { MemoryVault } from '../vault/memory/memory-vault.ts'
import type { Vault } from '../vault/port.ts'
import type { VaultAccess } from '../vault/remote/channel.ts'
import { KEYS_KEPT_MS, RemoteVault } from '../vault/remote/remote-vault.ts'
import { openSqliteVault } from '../vault/sqlite/sqlite-vault.ts'
import { discover } from './discover.ts'
import { standing } from './standing.ts'

const token = <T>(name: string): InjectionToken<T> => name
const LEDGERS = token<Ledgers>('Ledgers')
const VAULT = token<Vault>('Vault')
const IDENTITY = token<Identity>('Identity')
const REGISTRY = token<Registry>('Registry')
const CLOCK = token<Clock>('Clock')
const ENGINE = token<Promise<Engine>>('Engine')

/** The name this server signs checkpoints under. */
export const SIGNER_NAME = 'hearthbook'

/** A store that lives in a data directory, or one in memory that is gone with the process. */
export type Store = DataDirectory | 'memory'

export interface DataDirectory {
  readonly directory: string
  /** The store that has the books, which other nodes may write to as well; the directory unless given. */
  readonly books?: StoreAddress | undefined
  /** The process that has keys and credentials; the directory unless given. */
  readonly vaultAt?: VaultAccess | undefined
}

export interface WiringOptions {
  readonly store: Store
  /** Books kept elsewhere than in the store, which is closed with the rest. */
  readonly ledgers?: Ledgers | undefined
  /** Milliseconds since 1970; the machine's clock unless given. */
  readonly clock?: Clock
  /** Folders with definitions of their own, beside the built-in ones. */
  readonly extraFolders?: readonly string[]
  /** The value of HEARTHBOOK_MASTER_KEY, where keys are not kept in the data directory. */
  readonly masterKey?: string | undefined
  /** Called once when the store can no longer be trusted to keep what it is given: the process is to stop. */
  readonly onFatal?: (error: Error) => void
}

/** Everything one process runs on. */
export interface Hearthbook {
  readonly engine: Engine
  readonly registry: Registry
  readonly ledgers: Ledgers
  readonly vault: Vault
  readonly identity: Identity
  readonly clock: Clock
  /** Waits for acts under way, then closes everything in the reverse order of its opening. */
  close(): Promise<void>
}

interface Opened {
  readonly ledgers: Ledgers
  readonly vault: Vault
  readonly identity: Identity
  readonly closing: readonly (() => unknown)[]
}

/** The folders that hold the built-in commands and projections. */
export function builtInFolders(): readonly string[] {
  return ['commands', 'projections'].map((folder) => fileURLToPath(new URL(`../../${folder}`, import.meta.url)))
}

/**
 * Opens a store and puts the engine together on it.
 * @throws DirectoryInUse where another process writes to the directory, and what the adapters throw for files they refuse.
 */
export async function openHearthbook(options: WiringOptions): Promise<Hearthbook> {
  const clock = options.clock ?? Date.now
  const registry = await discover([...builtInFolders(), ...(options.extraFolders ?? [])])
  const opened =
    options.store === 'memory' ? openMemory(clock, options.ledgers) : await openDirectory(options.store, clock, options)
  const close = async () => {
    // tsyringe does not close what factories made, and order matters: the lock goes last.
    for (const each of opened.closing.toReversed()) await each()
  }
  const scope = compose(registry, opened, clock, sharingOf(options.store))
  const engine = await scope.resolve(ENGINE).catch(async (error: unknown) => {
    await close()
    throw error
  })
  return {
    engine,
    registry: scope.resolve(REGISTRY),
    ledgers: scope.resolve(LEDGERS),
    vault: scope.resolve(VAULT),
    identity: scope.resolve(IDENTITY),
    clock,
    async close() {
      await engine.settled()
      await close()
    },
  }
}

/** What the engine must know of others that have a hand in what it works on. */
function sharingOf(store: Store): Pick<EngineParts, 'shared' | 'keeping'> {
  if (store === 'memory') return {}
  return {
    ...(store.books === undefined ? {} : { shared: true }),
    ...(store.vaultAt === undefined ? {} : { keeping: { keptMs: KEYS_KEPT_MS, now: () => performance.now() } }),
  }
}

function compose(
  registry: Registry,
  opened: Opened,
  clock: Clock,
  sharing: Pick<EngineParts, 'shared' | 'keeping'>,
): DependencyContainer {
  const scope = container.createChildContainer()
  scope.register(LEDGERS, { useValue: opened.ledgers })
  scope.register(VAULT, { useValue: opened.vault })
  scope.register(IDENTITY, { useValue: opened.identity })
  scope.register(REGISTRY, { useValue: registry })
  scope.register(CLOCK, { useValue: clock })
  scope.register(ENGINE, {
    useFactory: instanceCachingFactory(async (parts) => {
      const vault = parts.resolve(VAULT)
      const signer = noteSigner(SIGNER_NAME, await vault.signingKey())
      return new Engine({
        registry: parts.resolve(REGISTRY),
        ledgers: parts.resolve(LEDGERS),
        vault,
        clock: parts.resolve(CLOCK),
        signer,
        endCredentials: (community, personId, until) => parts.resolve(IDENTITY).revokeAllOf(community, personId, until),
        ...standing,
        ...sharing,
      })
    }),
  })
  return scope
}

function openMemory(clock: Clock, ledgers: Ledgers = new MemoryLedgers()): Opened {
  const vault = new MemoryVault()
  const identity = openMemoryIdentity(clock)
  return { ledgers, vault, identity, closing: [() => vault.close(), () => identity.close(), () => ledgers.close()] }
}

async function openDirectory(
  { directory, books, vaultAt }: DataDirectory,
  clock: Clock,
  options: WiringOptions,
): Promise<Opened> {
  const opened = vaultAt
    ? reachVault(directory, vaultAt, clock)
    : openVaultDirectory(directory, clock, options.masterKey)
  const closing: (() => unknown)[] = [() => opened.close()]
  try {
    const { vault, identity } = opened
    const onFatal = options.onFatal
    const ledgers =
      books === undefined
        ? await openSqliteLedgers({ file: join(directory, 'ledger.db'), ...(onFatal ? { onFatal } : {}) })
        : await openStore(books)
    closing.push(() => ledgers.close())
    return { ledgers, vault, identity, closing }
  } catch (error) {
    for (const close of closing.toReversed()) await close()
    throw error
  }
}

/** Keys and credentials, open. */
export interface OpenVault {
  readonly vault: Vault
  readonly identity: Identity
  close(): Promise<void>
}

/**
 * Opens the keys and credentials of a data directory, which no other process may do meanwhile.
 * @throws DirectoryInUse where one does, and what the adapters throw for files they refuse.
 */
export function openVaultDirectory(directory: string, clock: Clock, masterKey: string | undefined): OpenVault {
  return inDirectory(directory, (closing) => {
    const vault = openSqliteVault({ file: join(directory, 'vault.db'), masterKey: masterKeyOf(directory, masterKey) })
    closing.push(() => vault.close())
    const identity = openSqliteIdentity({ file: join(directory, 'identity.db'), now: clock })
    closing.push(() => identity.close())
    return { vault, identity }
  })
}

/** Keys and credentials of the vault process. The directory is this node's own, and no other's. */
function reachVault(directory: string, access: VaultAccess, clock: Clock): OpenVault {
  return inDirectory(directory, (closing) => {
    const vault = new RemoteVault(access)
    closing.push(() => vault.close())
    const identity = new RemoteIdentity(access, clock)
    closing.push(() => identity.close())
    return { vault, identity }
  })
}

/** Opens what is in a directory under its lock. */
function inDirectory(directory: string, open: (closing: (() => unknown)[]) => Omit<OpenVault, 'close'>): OpenVault {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const lock = lockDirectory(directory)
  const closing: (() => unknown)[] = [() => lock.release()]
  const close = async () => {
    for (const each of closing.toReversed()) await each()
  }
  try {
    return { ...open(closing), close }
  } catch (error) {
    void close()
    throw error
  }
}

/** The master key of a data directory: from the environment, else its key file, made anew only where there is no vault yet. */
function masterKeyOf(directory: string, env: string | undefined) {
  const createIfMissing = !existsSync(join(directory, 'vault.db'))
  return loadMasterKey({ file: join(directory, 'master.key'), env, createIfMissing })
}

/** Opens books in an EventStoreDB. Its client takes a third of a second to load, which nobody else is to wait for. */
export async function openStore(address: StoreAddress): Promise<Ledgers> {
  const { openEventStoreLedgers } = await import('../ledger/eventstoredb/eventstore-ledgers.ts')
  return openEventStoreLedgers(address)
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { standing } from '../../composition/standing.ts'
import { SIGNER_NAME } from '../../composition/wiring.ts'
import { HotCommunity } from '../../engine/hot-community.ts'
import type { ViewDigests } from '../../engine/view-digests.ts'
import type { Registry } from '../../kernel/registry.ts'
import type { Ledgers } from '../../ledger/port.ts'
import { noteSigner } from '../../ledger/proofs/signed-note.ts'
import { MemoryVault } from '../../vault/memory/memory-vault.ts'

/** What folding a book anew came to. */
export interface Replayed {
  readonly community: string
  readonly events: number
  readonly ms: number
  readonly digests: ViewDigests
}

/** Folds a community's open book from its first record, up to a revision where one is given. Nothing is written. */
export async function replay(ledgers: Ledgers, registry: Registry, community: string, to?: number): Promise<Replayed> {
  // Folds never open what is sealed, so keys that open nothing do.
  const vault = new MemoryVault()
  const signer = noteSigner(SIGNER_NAME, await vault.signingKey())
  const began = performance.now()
  const endCredentials = async () => undefined // a fold has none to end
  const parts = { registry, ledgers, vault, clock: Date.now, signer, endCredentials, ...standing }
  const hot = await HotCommunity.load(community, parts, to)
  const digests = await hot.digests()
  return { community, events: digests.revision + 1, ms: performance.now() - began, digests }
}

/** Names of the views that differ, or that only one side has. */
export function differingViews(one: ViewDigests, other: ViewDigests): readonly string[] {
  const names = new Set([...Object.keys(one.views), ...Object.keys(other.views)])
  return [...names].filter((name) => one.views[name] !== other.views[name]).sort()
}

/** Where a server leaves a community's digests when it stops. */
export function digestsFile(directory: string, community: string): string {
  return join(directory, 'digests', `${community}.json`)
}

/** The digests a server left when it stopped. */
export function keptDigests(directory: string, community: string): ViewDigests | undefined {
  try {
    return JSON.parse(readFileSync(digestsFile(directory, community), 'utf8')) as ViewDigests
  } catch {
    return undefined
  }
}

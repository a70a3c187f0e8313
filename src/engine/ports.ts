import type { RecordedEvent } from '../kernel/envelope.ts'
import type { Folds } from '../kernel/folds.ts'
import type { Registry } from '../kernel/registry.ts'
import type { Ledgers } from '../ledger/port.ts'
import type { NoteSigner } from '../ledger/proofs/signed-note.ts'
import type { Vault } from '../vault/port.ts'

/** Milliseconds since 1970; injected, so that tests and replays choose the moment. */
export type Clock = () => number

/** What the engine must know of a community's state to let anybody in; the areas' folds hold it. */
export interface Standing {
  readonly founded: boolean
  readonly publicRoster: boolean
  isMember(personId: string): boolean
}

export interface EngineParts {
  readonly registry: Registry
  readonly ledgers: Ledgers
  readonly vault: Vault
  readonly clock: Clock
  readonly signer: NoteSigner
  standingOf(state: Folds): Standing
  /** The person whose key an event says is destroyed; undefined for every other event. */
  erasedBy(event: RecordedEvent): string | undefined
}

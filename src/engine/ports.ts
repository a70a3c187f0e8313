import type { RecordedEvent } from '../kernel/envelope.ts'
import type { Folds } from '../kernel/folds.ts'
import type { Registry } from '../kernel/registry.ts'
import type { Ledgers } from '../ledger/port.ts'
import type { NoteSigner } from '../ledger/proofs/signed-note.ts'
import type { Vault } from '../vault/port.ts'
import type { KeyKeeping } from './sealer.ts'

/** Milliseconds since 1970; injected, so that tests and replays choose the moment. */
export type Clock = () => number

/** What the engine must know of a community's state to let anybody in; the areas' folds hold it. */
export interface Standing {
  readonly founded: boolean
  readonly publicRoster: boolean
  isMember(personId: string): boolean
  /** When a person who is no member now left last, ms since 1970. */
  leftAt(personId: string): number | undefined
  /** Whether a person holds a role, or acts in it, at a moment (ms). */
  holds(personId: string, roleId: string, t: number): boolean
  /** How many days back a backdatable command may say something was so. */
  readonly maxBackdateDays: number
  /** Whether a person may read a private event they are not named in: a later holder, what was handed over before. */
  readsLater(event: RecordedEvent, personId: string): boolean
}

export interface EngineParts {
  readonly registry: Registry
  readonly ledgers: Ledgers
  readonly vault: Vault
  readonly clock: Clock
  readonly signer: NoteSigner
  /**
   * Whether other nodes write to the same store: then nothing is taken into account before it is durable, and what the
   * others write is read on.
   */
  readonly shared?: boolean
  /** Where keys live in another process: for how long they are kept here without a word from it. */
  readonly keeping?: KeyKeeping
  standingOf(state: Folds): Standing
  /** The person who left by an event; undefined for every other event. */
  leftBy(event: RecordedEvent): string | undefined
  /** Ends every credential of a person in a community, at once; with an instant, those made by then alone. */
  endCredentials(community: string, personId: string, until?: string): Promise<unknown>
  /** Whether somebody beside its parties may ever come to read a private event. */
  mayBeReadLater(event: RecordedEvent): boolean
  /** The person whose key an event says is destroyed; undefined for every other event. */
  erasedBy(event: RecordedEvent): string | undefined
}

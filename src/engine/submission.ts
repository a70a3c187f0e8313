import type { Revision } from '../kernel/book.ts'
import type { AnyCommand, Warning } from '../kernel/define-command.ts'
import type { NewEvent } from '../kernel/define-event.ts'
import type { RecordedEvent } from '../kernel/envelope.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { Receipt } from '../ledger/proofs/receipt.ts'
import type { Act } from './drafting.ts'
import type { MatterReceipt } from './receipts.ts'

/** A command on its way to a community. `input` has the form of the command's schema. */
export interface Submission extends Act {
  readonly command: AnyCommand
  readonly input: unknown
  readonly dryRun?: boolean
  /** The revision the caller saw the command's target at: of the open book, or of its matter. */
  readonly ifMatch?: Revision
}

export type Outcome =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'dry-run'; readonly events: readonly NewEvent[]; readonly warnings: readonly Warning[] }
  /** `repeated`: the same command had been done before, and this is its first answer again. */
  | {
      readonly kind: 'done'
      readonly events: readonly RecordedEvent[]
      readonly repeated: boolean
      readonly receipt: Receipt | MatterReceipt | undefined
    }

export interface Asked {
  readonly answer: Record<string, unknown> | Refusal | undefined
  readonly point: { readonly asOf: number; readonly revision: Revision }
  readonly head: { readonly revision: Revision; readonly hash: string | null }
  /** The revision that touched the resource last that the answer is; undefined where it is none. */
  readonly touchedAt?: Revision
  /** Recorded time of the revision the answer was pinned to; undefined before the first record. */
  readonly recordedAt: string | undefined
}

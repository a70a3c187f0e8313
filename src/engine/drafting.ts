import { instantText } from '../kernel/dates.ts'
import type { DecideContext } from '../kernel/define-command.ts'
import type { AnyEvent, NewEvent } from '../kernel/define-event.ts'
import { type Actor, actorText, type RecordedEvent, type Via } from '../kernel/envelope.ts'
import type { LedgerRecord } from '../ledger/port.ts'
import { leafHash } from '../ledger/proofs/leaf.ts'
import type { Book } from './book.ts'
import { canonicalText } from './canonical.ts'
import { eventIdOf, type Fingerprints, mintedId } from './fingerprints.ts'
import type { Sealer } from './sealer.ts'

/** What every event of one command carries beside its data. */
export interface Act {
  readonly actor: Actor
  readonly via: Via
  readonly commandId: string
  readonly requestHash: string
  readonly correlationId: string
  /** Given by a backdatable command: when it was true in the world. */
  readonly effectiveAt?: string
}

export interface Drafted {
  readonly event: RecordedEvent
  readonly record: LedgerRecord
}

/** What a decision may lean on beside state and command; ids repeat exactly when the command is decided again. */
export function decideContext(
  community: string,
  now: number,
  act: Pick<Act, 'actor' | 'commandId'>,
  fingerprints: Fingerprints,
  events: ReadonlyMap<string, AnyEvent>,
): DecideContext {
  let minted = 0
  return {
    community,
    now,
    actor: act.actor,
    mint: (kind) => `${kind}_${mintedId(act.commandId, minted++)}`,
    fingerprint: (...parts) => fingerprints.of('field', ...parts),
    eventType: (type) => events.get(type),
  }
}

let lastNow = Number.NaN
let lastText = ''

// Commands decided in one millisecond are recorded in it, and writing a date costs more than comparing two.
function recordedText(now: number): string {
  if (now !== lastNow) {
    lastText = instantText(now)
    lastNow = now
  }
  return lastText
}

/** Places decided events at the end of a book: sealed, in their envelopes, as canonical text, each bound to the one before. */
export function draft(
  decided: readonly NewEvent[],
  book: Book,
  act: Act,
  now: number,
  sealer: Sealer,
): readonly Drafted[] {
  const recordedAt = recordedText(now)
  const actor = actorText(act.actor)
  let revision = book.head
  let previous = book.hash(revision) ?? null
  return decided.map((decision, index) => {
    const { definition } = decision
    revision += 1
    const id = eventIdOf(act.commandId, index)
    const data = sealer.seal(decision, id, actor)
    // In the order of the canonical text, which then has nothing to move.
    const event: RecordedEvent = {
      actor,
      book: book.id.book,
      commandId: act.commandId,
      community: book.id.community,
      correlationId: act.correlationId,
      data,
      effectiveAt: definition.effectiveAt?.(data) ?? act.effectiveAt ?? recordedAt,
      id,
      previous,
      recordedAt,
      requestHash: act.requestHash,
      revision,
      schemaVersion: definition.version,
      type: definition.type,
      via: act.via,
    }
    const text = canonicalText(event)
    const hash = leafHash(text)
    previous = hash
    return { event, record: { revision, id, hash, text } }
  })
}

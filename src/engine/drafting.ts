import type { Revision } from '../kernel/book.ts'
import { dateBounds, instantText } from '../kernel/dates.ts'
import type { DecideContext } from '../kernel/define-command.ts'
import type { AnyEvent, NewEvent } from '../kernel/define-event.ts'
import { type Actor, actorText, type RecordedEvent, type Via } from '../kernel/envelope.ts'
import type { OwnMatters } from '../kernel/matters.ts'
import type { Parts } from '../kernel/parts.ts'
import type { LedgerRecord } from '../ledger/port.ts'
import { leafHash } from '../ledger/proofs/leaf.ts'
import type { Book } from './book.ts'
import { canonicalText } from './canonical.ts'
import { eventIdOf, type Fingerprints, mintedId } from './fingerprints.ts'
import { matterHash } from './matter-hash.ts'
import type { Matters } from './matters.ts'
import type { Sealer } from './sealer.ts'

/** What every event of one command carries beside its data. */
export interface Act {
  readonly actor: Actor
  readonly via: Via
  readonly commandId: string
  readonly requestHash: string
  readonly correlationId: string
  /** The role in which the person acts, one they hold now. */
  readonly capacity?: string
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
  act: Pick<Act, 'actor' | 'commandId' | 'effectiveAt'>,
  mine: OwnMatters,
  fingerprints: Fingerprints,
  events: ReadonlyMap<string, AnyEvent>,
  partsOf: (context: () => DecideContext) => Parts,
): DecideContext {
  let minted = 0
  const context: DecideContext = {
    community,
    now,
    actor: act.actor,
    mine,
    actedAt: act.effectiveAt === undefined ? now : dateBounds(act.effectiveAt).earliest,
    mint: (kind) => `${kind}_${mintedId(act.commandId, minted++)}`,
    fingerprint: (...parts) => fingerprints.of('field', ...parts),
    eventType: (type) => events.get(type),
    // Hardly any command has parts.
    get parts() {
      return partsOf(() => context)
    },
  }
  return context
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
  privacy?: { readonly matters: Matters; readonly openRevision: Revision },
): readonly Drafted[] {
  const places = privacy && new MatterPlaces(privacy.matters)
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
    const open: RecordedEvent = {
      actor,
      book: book.id.book,
      ...(act.capacity === undefined ? {} : { capacity: act.capacity }),
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
    const event: RecordedEvent =
      privacy && places ? { ...open, ...places.next(definition, data, privacy.openRevision) } : open
    places?.took(event)
    const text = canonicalText(event)
    const hash = leafHash(text)
    previous = hash
    return { event, record: { revision, id, hash, text } }
  })
}

/** Gives private events their place in their matter, several of one command included. */
class MatterPlaces {
  readonly #matters: Matters
  readonly #tails = new Map<string, { revision: number; hash: string }>()

  constructor(matters: Matters) {
    this.#matters = matters
  }

  next(definition: AnyEvent, data: never | Record<string, unknown>, openRevision: Revision) {
    const matter = definition.matter?.(data as never) ?? ''
    const tail = this.#tails.get(matter) ?? this.#matters.tail(matter)
    return {
      matter,
      matterRevision: (tail?.revision ?? -1) + 1,
      previousInMatter: tail?.hash ?? null,
      parties: [...new Set(definition.parties?.(data as never) ?? [])].sort(),
      openRevision,
    }
  }

  took(event: RecordedEvent): void {
    if (event.matter !== undefined)
      this.#tails.set(event.matter, { revision: event.matterRevision ?? 0, hash: matterHash(event) })
  }
}

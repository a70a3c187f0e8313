import type { Revision } from '../../src/kernel/book.ts'
import { dateBounds } from '../../src/kernel/dates.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { isKnownAt } from '../../src/kernel/fact-log.ts'

/** What an event said, from the revision on that said so until a correction said otherwise. */
export interface SaidEntry {
  readonly type: string
  readonly data: unknown
  /** When it was true in the world, as it was said, and in ms. */
  readonly effectiveAt: string
  readonly at: number
  readonly knownFrom: Revision
  knownTo: Revision
}

/** Events by the thing they are about, on two time axes. */
export class EntryLog {
  readonly #groups = new Map<string, SaidEntry[]>()
  readonly #groupOf = new Map<string, { readonly group: string; entry: SaidEntry }>()

  add(group: string, event: RecordedEvent): void {
    const entry = said(event.type, event.data, event.effectiveAt, event.revision)
    this.#place(group, entry)
    this.#groupOf.set(event.id, { group, entry })
  }

  /** Replaces what an event said; data null: it never happened. @returns the group, where the event is of one here. */
  replace(eventId: string, data: unknown, effectiveAt: string | undefined, revision: Revision): string | undefined {
    const found = this.#groupOf.get(eventId)
    if (!found) return undefined
    const { group, entry } = found
    entry.knownTo = revision
    const replaced = { ...entry, data, knownFrom: revision, knownTo: Number.POSITIVE_INFINITY }
    found.entry =
      effectiveAt === undefined ? replaced : { ...replaced, effectiveAt, at: dateBounds(effectiveAt).earliest }
    this.#place(group, found.entry)
    return group
  }

  /** What the events of a group say by a revision, in order of when it was so. */
  known(group: string, revision: Revision): readonly SaidEntry[] {
    return (this.#groups.get(group) ?? [])
      .filter((entry) => entry.data !== null && isKnownAt(entry, revision))
      .sort((a, b) => a.at - b.at || a.knownFrom - b.knownFrom)
  }

  groups(): IterableIterator<string> {
    return this.#groups.keys()
  }

  digestForm(): ReadonlyMap<string, readonly SaidEntry[]> {
    return this.#groups
  }

  #place(group: string, entry: SaidEntry): void {
    const entries = this.#groups.get(group)
    if (entries) entries.push(entry)
    else this.#groups.set(group, [entry])
  }
}

function said(type: string, data: unknown, effectiveAt: string, revision: Revision): SaidEntry {
  const at = dateBounds(effectiveAt).earliest
  return { type, data, effectiveAt, at, knownFrom: revision, knownTo: Number.POSITIVE_INFINITY }
}

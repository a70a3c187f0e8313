import type { RecordedEvent } from '../kernel/envelope.ts'
import type { Matter, OwnMatters } from '../kernel/matters.ts'
import { matterHash } from './matter-hash.ts'

/** Nothing private: what everybody is given who has no business with the private book. */
export const NO_MATTERS: OwnMatters = { all: () => [], of: () => undefined }

/** Where a matter stands: its last record. */
export interface MatterTail {
  readonly revision: number
  readonly hash: string
}

/**
 * The private book by matter, and the one place that decides who may read of it: a person named in the event itself, or
 * whom the book's own rules let read it later, and who is a member now. Commands, questions, exports and pages all get
 * what is theirs from here.
 */
export class Matters {
  readonly #events = new Map<string, RecordedEvent[]>()
  readonly #tails = new Map<string, MatterTail>()
  readonly #byPerson = new Map<string, Set<string>>()
  /** Matters that somebody beside their parties may come to read. */
  readonly #forLater = new Set<string>()
  readonly #isMember: (personId: string) => boolean
  readonly #readsLater: (event: RecordedEvent, personId: string) => boolean
  readonly #mayBeReadLater: (event: RecordedEvent) => boolean

  constructor(rules: {
    isMember(personId: string): boolean
    /** Whether a person may read an event they are not named in: a later holder, what the holder before them wrote. */
    readsLater(event: RecordedEvent, personId: string): boolean
    mayBeReadLater(event: RecordedEvent): boolean
  }) {
    this.#isMember = (id) => rules.isMember(id)
    this.#readsLater = (event, id) => rules.readsLater(event, id)
    this.#mayBeReadLater = (event) => rules.mayBeReadLater(event)
  }

  note(event: RecordedEvent): void {
    const { matter, parties = [] } = event
    if (matter === undefined) return
    const events = this.#events.get(matter)
    if (events) events.push(event)
    else this.#events.set(matter, [event])
    this.#tails.set(matter, { revision: event.matterRevision ?? 0, hash: matterHash(event) })
    for (const personId of parties) {
      const own = this.#byPerson.get(personId)
      if (own) own.add(matter)
      else this.#byPerson.set(personId, new Set([matter]))
    }
    if (this.#mayBeReadLater(event)) this.#forLater.add(matter)
  }

  /** The last record of a matter; undefined before its first. */
  tail(matter: string): MatterTail | undefined {
    return this.#tails.get(matter)
  }

  /**
   * The private book as one person may read it; nothing for whoever is no member now. With `until` (ms), for whoever has
   * left and takes their own data with them: what named them by then.
   */
  ownOf(personId: string, until?: number): OwnMatters {
    const reads = (event: RecordedEvent) =>
      (event.parties?.includes(personId) === true || (until === undefined && this.#readsLater(event, personId))) &&
      (until === undefined || Date.parse(event.recordedAt) <= until)
    const of = (id: string): Matter | undefined => {
      if (until === undefined && !this.#isMember(personId)) return undefined
      const events = (this.#events.get(id) ?? []).filter(reads)
      return events.length === 0 ? undefined : { id, events, hashes: events.map(matterHash) }
    }
    return {
      of,
      all: () =>
        [...new Set([...(this.#byPerson.get(personId) ?? []), ...this.#forLater])].flatMap((id) => of(id) ?? []),
    }
  }
}

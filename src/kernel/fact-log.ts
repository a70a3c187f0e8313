import type { Revision } from './book.ts'
import { type DateBounds, dateBounds } from './dates.ts'
import type { RecordedEvent } from './envelope.ts'
import { FORK } from './fork.ts'
import type { Interval } from './intervals.ts'

/** An event about one subject as it reads now: with the data of its last correction. */
export interface Entry<Data = unknown> {
  readonly eventId: string
  readonly type: string
  readonly revision: Revision
  /** The revision at which it came to say what it says: its own, or that of its last correction. */
  readonly saidAt: Revision
  readonly effective: DateBounds
  /** The event and the corrections it reads with: what an answer that rests on it rests on. */
  readonly sources: readonly string[]
  readonly data: Data
}

/** What a subject's events say was so, for an interval of the world's time. */
export interface Fact<F> extends Interval {
  readonly fact: F
  /** The events it rests on: a dispute of one of them marks every answer that shows it. */
  readonly evidence: readonly string[]
}

/** A fact with the part of the book that says so: from the revision that brought it until the one that replaced it. */
export interface FactVersion<F> extends Fact<F> {
  readonly knownFrom: Revision
  /** First revision at which it no longer stood; Infinity while it does. */
  knownTo: Revision
}

/** What the events of one subject, sorted by (effective, revision), say was so: fresh objects each time. */
export type FactFold<F> = (entries: readonly Entry[]) => Fact<F>[]

interface Subject<F> {
  /** Its events; nearly all subjects have one, and need no list for it. */
  entries: Entry | Entry[]
  readonly versions: FactVersion<F>[]
}

/** An entry whose effective time is read when somebody asks: only subjects of several events are ever sorted. */
class LoggedEntry implements Entry {
  readonly eventId: string
  readonly type: string
  readonly revision: Revision
  readonly saidAt: Revision
  readonly sources: readonly string[]
  readonly effectiveAt: string
  readonly data: unknown

  constructor(
    event: Pick<RecordedEvent, 'id' | 'type' | 'revision' | 'effectiveAt' | 'data'>,
    saidAt: Revision,
    sources: readonly string[],
  ) {
    this.eventId = event.id
    this.type = event.type
    this.revision = event.revision
    this.saidAt = saidAt
    this.sources = sources
    this.effectiveAt = event.effectiveAt
    this.data = event.data
  }

  get effective(): DateBounds {
    return dateBounds(this.effectiveAt)
  }
}

/**
 * Facts on two time axes, subject by subject. Events may come in any order of effective time: each one folds its
 * subject's few events anew, and the fact versions that no longer follow are closed, never removed. So an answer at an
 * earlier revision is the one given then.
 */
export class FactLog<F> {
  readonly #subjects = new Map<string, Subject<F>>()
  /** In a fork: the log it was made of, for subjects it has said nothing new of. */
  #base: FactLog<F> | undefined
  // Only corrections look an event's subjects up, so the index is made when the first one comes. Nearly every event has one.
  #subjectsOf: Map<string, string | readonly string[]> | undefined
  readonly #fold: FactFold<F>

  constructor(fold: FactFold<F>) {
    this.#fold = fold
  }

  /**
   * A log that goes on by itself, as long as this one stays as it is: a subject is copied once the fork says something
   * new of it, so that what an act does not touch costs it nothing.
   */
  [FORK](): FactLog<F> {
    const fork = new FactLog<F>(this.#fold)
    fork.#base = this
    return fork
  }

  #known(subject: string): Subject<F> | undefined {
    const base = this.#base
    return this.#subjects.get(subject) ?? (base ? base.#known(subject) : undefined)
  }

  /** Every subject there is; in a fork, those of the log it was made of first. */
  #all(): ReadonlyMap<string, Subject<F>> {
    return this.#base ? new Map([...this.#base.#all(), ...this.#subjects]) : this.#subjects
  }

  /** A subject to write to: in a fork, its own copy. Entries never change; fact versions are closed in place. */
  #writable(subject: string): Subject<F> | undefined {
    const own = this.#subjects.get(subject)
    const known = this.#known(subject)
    if (own || !known) return own
    const copy = { entries: known.entries, versions: known.versions.map((version) => ({ ...version })) }
    this.#subjects.set(subject, copy)
    return copy
  }

  /** Adds an event about a subject. @returns the fact versions it opened. */
  add(subject: string, event: RecordedEvent): readonly FactVersion<F>[] {
    if (this.#subjectsOf) index(this.#subjectsOf, event.id, subject)
    const entry = new LoggedEntry(event, event.revision, [event.id])
    const known = this.#writable(subject)
    if (!known) {
      const versions = this.#fold([entry]) as FactVersion<F>[]
      for (const fact of versions) versionOf(fact, event.revision)
      this.#subjects.set(subject, { entries: entry, versions })
      return versions
    }
    known.entries = [...entriesOf(known), entry]
    return this.#refold(known, event.revision)
  }

  /**
   * Replaces the data of an event with that of a correction, or takes the event out (`data` null: it never happened).
   * Nothing happens for an event of no subject here. @returns the fact versions it opened.
   */
  replace(
    eventId: string,
    data: unknown,
    effectiveAt: string | undefined,
    by: { readonly id: string; readonly revision: Revision },
  ): readonly FactVersion<F>[] {
    return this.subjectsOf(eventId).flatMap((subject) => {
      const known = this.#writable(subject)
      return known ? this.#replaceIn(known, eventId, data, effectiveAt, by) : []
    })
  }

  #replaceIn(
    known: Subject<F>,
    eventId: string,
    data: unknown,
    effectiveAt: string | undefined,
    by: { readonly id: string; readonly revision: Revision },
  ): readonly FactVersion<F>[] {
    known.entries = entriesOf(known).map((entry) => {
      if (entry.eventId !== eventId) return entry
      const replaced = { ...entry, id: eventId, data, effectiveAt: effectiveAt ?? entry.effective.text }
      return new LoggedEntry(replaced, by.revision, [...entry.sources, by.id])
    })
    return this.#refold(known, by.revision)
  }

  /** The subjects an event was added under. */
  subjectsOf(eventId: string): readonly string[] {
    if (!this.#subjectsOf) {
      this.#subjectsOf = new Map()
      for (const [subject, known] of this.#all())
        for (const entry of entriesOf(known)) index(this.#subjectsOf, entry.eventId, subject)
    }
    const found = this.#subjectsOf.get(eventId) ?? []
    return typeof found === 'string' ? [found] : found
  }

  /** Every version of a subject's facts, in the order they came to be known. */
  versions(subject: string): readonly FactVersion<F>[] {
    return this.#known(subject)?.versions ?? []
  }

  /** Whether any event about the subject counts, also where it said nothing for any length of time. */
  has(subject: string): boolean {
    const known = this.#known(subject)
    return known !== undefined && entriesOf(known).some((entry) => !isVoid(entry))
  }

  subjects(): IterableIterator<string> {
    return this.#all().keys()
  }

  /** What a digest of a view is made over: the fact versions of every subject. */
  digestForm(): ReadonlyMap<string, readonly FactVersion<F>[]> {
    return new Map([...this.#all()].map(([subject, { versions }]) => [subject, versions]))
  }

  #refold(subject: Subject<F>, revision: Revision): readonly FactVersion<F>[] {
    // What never happened stays an entry, so that a later correction can say it did.
    const facts = this.#fold([...entriesOf(subject)].filter((entry) => !isVoid(entry)).sort(byEffectiveTime))
    const open = subject.versions.filter((version) => version.knownTo === Number.POSITIVE_INFINITY)
    const fresh: FactVersion<F>[] = []
    for (const fact of facts) {
      const same = open.findIndex((version) => sameFact(version, fact))
      if (same >= 0) open.splice(same, 1)
      else fresh.push(versionOf(fact, revision))
    }
    for (const gone of open) gone.knownTo = revision
    for (const version of fresh) subject.versions.push(version)
    return fresh
  }
}

// A fold makes its facts anew each time, so a fact becomes its own version: a book has one for nearly every event.
function versionOf<F>(fact: Fact<F>, knownFrom: Revision): FactVersion<F> {
  const version = fact as { -readonly [K in keyof FactVersion<F>]: FactVersion<F>[K] }
  version.knownFrom = knownFrom
  version.knownTo = Number.POSITIVE_INFINITY
  return version
}

/** Whether the book said so at a revision. */
export function isKnownAt(version: { knownFrom: Revision; knownTo: Revision }, revision: Revision): boolean {
  return version.knownFrom <= revision && revision < version.knownTo
}

function index(subjects: Map<string, string | readonly string[]>, eventId: string, subject: string): void {
  const known = subjects.get(eventId)
  if (known === undefined) subjects.set(eventId, subject)
  else if (![known].flat().includes(subject)) subjects.set(eventId, [known, subject].flat())
}

function entriesOf({ entries }: { readonly entries: Entry | Entry[] }): readonly Entry[] {
  return Array.isArray(entries) ? entries : [entries]
}

function isVoid(entry: Entry): boolean {
  return entry.data === null
}

function byEffectiveTime(a: Entry, b: Entry): number {
  return a.effective.earliest - b.effective.earliest || a.revision - b.revision
}

function sameFact<F>(a: Fact<F>, b: Fact<F>): boolean {
  return (
    a.from.text === b.from.text &&
    a.to.text === b.to.text &&
    a.evidence.length === b.evidence.length &&
    a.evidence.every((id, i) => id === b.evidence[i]) &&
    JSON.stringify(a.fact) === JSON.stringify(b.fact)
  )
}

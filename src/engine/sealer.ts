import type { AnyEvent, EventFields, NewEvent } from '../kernel/define-event.ts'
import type { SealedAt, SealedPlace, SealedValue } from '../kernel/sealed.ts'
import type { PersonKey, Vault } from '../vault/port.ts'
import { seal, unseal } from '../vault/sealing.ts'
import { VaultUnavailable } from '../vault/vault-unavailable.ts'

/** For how long keys may be kept without a word from the vault: where others destroy keys too. */
export interface KeyKeeping {
  /** Milliseconds. */
  readonly keptMs: number
  /** Milliseconds of a clock that is never set back. */
  now(): number
}

// The id of a key, as it stands in the text of a record.
const KID = /"kid":"([\w-]{22})"/g

/** A personal text of an event about to be written: where it stands and whose it is. */
interface PersonalText {
  readonly pointer: string
  readonly owner: string
  readonly text: string
}

/**
 * Seals what is personal in a community's events and opens it on the way out. Keys come from the vault once, or as often
 * as it must be asked whether they still exist; opened names are cached until somebody is erased.
 */
export class Sealer {
  readonly #community: string
  readonly #vault: Vault
  readonly #fieldsOf: (type: string) => EventFields | undefined
  readonly #byPerson = new Map<string, PersonKey>()
  readonly #byKid = new Map<string, PersonKey>()
  readonly #opened = new Map<string, string>()
  readonly #forgotten = new Set<string>()
  readonly #keeping: KeyKeeping | undefined
  #loadedAt = 0
  #loading: Promise<void> | undefined

  constructor(community: string, vault: Vault, events: ReadonlyMap<string, AnyEvent>, keeping?: KeyKeeping) {
    this.#community = community
    this.#vault = vault
    this.#fieldsOf = (type) => events.get(type)?.fields
    this.#keeping = keeping
  }

  /** Fetches the keys there are, and drops those that are no more. */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined
    })
    return this.#loading
  }

  /**
   * Makes sure that the keys at hand may be used: asks the vault for them anew in good time, and waits for it only where
   * its last word is too old. @throws the vault's errors then.
   */
  async fresh(): Promise<void> {
    if (!this.#keeping) return
    const age = this.#age()
    if (age >= this.#keeping.keptMs) await this.load()
    // Nobody waits for it, and where it fails the keys are good for a while yet.
    else if (age >= this.#keeping.keptMs / 2) this.load().catch(() => undefined)
  }

  /** Fetches the keys anew where these records name one that is not at hand: another node made it. */
  async learn(texts: Iterable<string>): Promise<void> {
    const kids = [...texts].flatMap((text) => [...text.matchAll(KID)].map(([, kid = '']) => kid))
    const allAreHere = () => kids.every((kid) => this.#byKid.has(kid))
    // An answer that was on its way already may be older than the key. What is missing in the next was destroyed.
    for (let asked = 0; asked < 2 && !allAreHere(); asked += 1) await this.load()
  }

  /** The persons whose keys a batch of events needs and that are not at hand. */
  missing(events: readonly NewEvent[], actor: string): readonly string[] {
    const owners = new Set<string>()
    for (const event of events)
      for (const { owner } of this.#personalTexts(event, actor)) if (!this.#byPerson.has(owner)) owners.add(owner)
    return [...owners]
  }

  /** Makes the keys that are missing, durably, before anything is sealed with them. */
  async fetch(personIds: readonly string[]): Promise<void> {
    this.#remember((await this.#vault.keysFor(this.#community, personIds)).values())
  }

  /** The event's data with personal texts sealed. @throws Error where a person's key is gone: an erased person writes nothing. */
  seal(event: NewEvent, eventId: string, actor: string): Record<string, unknown> {
    const texts = this.#personalTexts(event, actor)
    if (texts.length === 0) return event.data
    const data = structuredClone(event.data)
    for (const { pointer, owner, text } of texts) {
      const key = this.#byPerson.get(owner)
      if (!key) throw new Error('the key of the person whose words these are is gone')
      const place: SealedPlace = { community: this.#community, book: event.definition.book, eventId, pointer }
      put(data, pointer, seal(key, place, text))
    }
    return data
  }

  /**
   * Opens a sealed value; undefined once its key is destroyed.
   * @throws VaultUnavailable where it is too long ago that the vault said which keys there are.
   */
  open(at: SealedAt): string | undefined {
    if (this.#keeping && this.#age() >= this.#keeping.keptMs)
      throw new VaultUnavailable('the vault has not said for too long which keys there are')
    const cached = this.#opened.get(at.value.ct)
    if (cached !== undefined) return cached
    const key = this.#byKid.get(at.value.kid)
    if (!key) return undefined
    const text = unseal(key, at)
    this.#opened.set(at.value.ct, text)
    return text
  }

  /** Drops what is known of a person, in the same step that destroys their key. */
  forget(personId: string): void {
    this.#forgotten.add(personId)
    this.#drop(personId)
  }

  async #load(): Promise<void> {
    // Keys that are made meanwhile may be missing in the answer, and are there nevertheless.
    const before = [...this.#byPerson.keys()]
    const askedAt = this.#keeping?.now() ?? 0
    const keys = [...(await this.#vault.keysOf(this.#community)).values()]
    const there = new Set(keys.map(({ personId }) => personId))
    for (const personId of before) if (!there.has(personId)) this.#drop(personId)
    this.#remember(keys)
    this.#loadedAt = askedAt
  }

  #age(): number {
    return (this.#keeping?.now() ?? 0) - this.#loadedAt
  }

  #drop(personId: string): void {
    const key = this.#byPerson.get(personId)
    this.#byPerson.delete(personId)
    if (key) this.#byKid.delete(key.kid)
    this.#opened.clear()
  }

  #remember(keys: Iterable<PersonKey>): void {
    for (const key of keys) {
      // An answer that was on its way when they were erased.
      if (this.#forgotten.has(key.personId)) continue
      this.#byPerson.set(key.personId, key)
      this.#byKid.set(key.kid, key)
    }
  }

  #personalTexts({ definition, data }: NewEvent, actor: string): readonly PersonalText[] {
    const texts = personalIn(definition.fields, data, '', actor)
    const nested = definition.nestedPersonal?.(data, this.#fieldsOf) ?? []
    return nested.length === 0
      ? texts
      : [...texts, ...nested.flatMap((n) => personalIn(n.fields, n.data, n.pointer, actor))]
  }
}

const NONE: readonly PersonalText[] = []
// Whether an event type has personal fields never changes, and most have none.
const personalNames = new WeakMap<EventFields, readonly string[]>()

function personalIn(
  fields: EventFields,
  data: Record<string, unknown>,
  base: string,
  actor: string,
): readonly PersonalText[] {
  let names = personalNames.get(fields)
  if (!names) {
    names = Object.keys(fields).filter((name) => fields[name]?.owner !== undefined)
    personalNames.set(fields, names)
  }
  if (names.length === 0) return NONE
  return names.flatMap((name) => {
    const text = data[name]
    const owner = fields[name]?.owner
    if (typeof text !== 'string' || owner === undefined) return []
    return [{ pointer: `${base}/${name}`, owner: owner === '@actor' ? actor : String(data[owner]), text }]
  })
}

function put(data: Record<string, unknown>, pointer: string, value: SealedValue): void {
  const path = pointer.slice(1).split('/')
  const last = path.pop() ?? ''
  let at = data
  for (const name of path) at = at[name] as Record<string, unknown>
  at[last] = value
}

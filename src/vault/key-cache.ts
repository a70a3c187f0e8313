import type { PersonKey } from './port.ts'

/** Keys of one community that are open in memory. */
export class CommunityKeys {
  readonly #byPerson = new Map<string, PersonKey>()
  #byKid: ReadonlyMap<string, PersonKey> | undefined
  /** True once every key of the community is here; keys made later are added, so it stays true. */
  complete = false

  ofPerson(personId: string): PersonKey | undefined {
    return this.#byPerson.get(personId)
  }

  add(key: PersonKey): void {
    this.#byPerson.set(key.personId, key)
    this.#byKid = undefined
  }

  drop(personId: string): void {
    if (this.#byPerson.delete(personId)) this.#byKid = undefined
  }

  /** The keys by `kid`: one map as long as nothing changes, a new one afterwards, so that no caller's map shifts. */
  byKid(): ReadonlyMap<string, PersonKey> {
    this.#byKid ??= new Map(Array.from(this.#byPerson.values(), (key) => [key.kid, key]))
    return this.#byKid
  }
}

/** Unwrapped keys of the communities in use; the one used longest ago goes when there are too many. */
export class KeyCache {
  readonly #communities = new Map<string, CommunityKeys>()
  readonly #limit: number

  /** `limit` is the number of communities held at most, at least 1. */
  constructor(limit: number) {
    this.#limit = limit
  }

  of(community: string): CommunityKeys {
    const keys = this.#communities.get(community) ?? new CommunityKeys()
    // A map keeps the order of insertion: putting it in again makes it the last to go.
    this.#communities.delete(community)
    this.#communities.set(community, keys)
    if (this.#communities.size > this.#limit) {
      for (const oldest of this.#communities.keys()) {
        this.#communities.delete(oldest)
        break
      }
    }
    return keys
  }

  drop(community: string, personId: string): void {
    this.#communities.get(community)?.drop(personId)
  }

  clear(): void {
    this.#communities.clear()
  }
}

import type { PersonTold } from '../replay/answers.ts'

/** Names for people whose names are sealed: P1, P2 …, in the order in which they come up. */
export class PeopleLabels {
  readonly #labels = new Map<string, string>()

  /** What a person is called in the packet. */
  of({ id }: Pick<PersonTold, 'id'>): string {
    const known = this.#labels.get(id)
    if (known !== undefined) return known
    const label = `P${this.#labels.size + 1}`
    this.#labels.set(id, label)
    return label
  }

  entries(): IterableIterator<[string, string]> {
    return this.#labels.entries()
  }
}

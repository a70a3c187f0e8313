import type { Answers } from './answers.ts'
import type { Entry } from './entries.ts'
import { mayBeSame } from './names.ts'
import type { Notes } from './notes.ts'
import { plain } from './plain.ts'

/** Somebody the community knows already. */
export interface KnownPerson {
  readonly name: string | null
  /** Their id in the record they came from; a person without one joined here. */
  readonly handle: string | null
}

/** Who a name in the table is: `id` is the same in every run. */
export interface Person {
  readonly id: string
  readonly name: string
}

const ELSE = 'somebody else'
const THE_ONE = 'the one known here'

/**
 * Who is who in a table. A name that could be another's, in the table or in the community, becomes a question; a name like
 * no other is a person of its own.
 */
export class People {
  readonly #answers: Answers
  readonly #known: readonly KnownPerson[]
  /** Names as they are first spelled, with the lines they stand at. */
  readonly #lines = new Map<string, number[]>()
  readonly #spelled = new Map<string, string>()
  readonly #found = new Map<string, Person | undefined>()

  constructor(entries: readonly Entry[], known: readonly KnownPerson[], answers: Answers, notes: Notes) {
    this.#answers = answers
    this.#known = known
    for (const { name, handle, line } of entries) {
      if (handle !== '') continue
      const key = name.toLowerCase()
      const first = this.#spelled.get(key) ?? name
      this.#spelled.set(key, first)
      if (first !== name) notes.add(`"${name}" is taken for "${first}"`, line)
      this.#lines.set(first, [...(this.#lines.get(first) ?? []), line])
    }
  }

  /** Undefined while a question about the name is open. */
  of({ name, handle }: Entry): Person | undefined {
    if (handle !== '') return { id: handle, name }
    if (!this.#found.has(name)) this.#found.set(name, this.#named(name, new Set()))
    return this.#found.get(name)
  }

  #named(name: string, seen: Set<string>): Person | undefined {
    const spelled = this.#spelled.get(name.toLowerCase()) ?? name
    if (seen.has(spelled)) return { id: spelled, name: spelled }
    seen.add(spelled)
    const own = this.#known.find(({ handle }) => handle === spelled)
    if (own) return { id: spelled, name: own.name ?? spelled }
    const namesake = this.#known.find((known) => known.name === spelled)
    if (namesake?.handle) return this.#askNamesake(spelled, namesake)
    const candidates = this.#candidates(spelled)
    return candidates.length === 0 ? { id: spelled, name: spelled } : this.#ask(spelled, candidates, seen)
  }

  #askNamesake(name: string, { handle }: KnownPerson): Person | undefined {
    const answer = this.#answers.ask({
      about: `person: ${name}`,
      question: `A ${name} is known here already, as ${handle}. Is it the same person?`,
      choose: [THE_ONE, ELSE],
      lines: this.#lines.get(name) ?? [],
    })
    if (answer === undefined) return undefined
    return { id: answer === THE_ONE ? (handle ?? name) : name, name }
  }

  #ask(name: string, candidates: readonly string[], seen: Set<string>): Person | undefined {
    const answer = this.#answers.ask({
      about: `person: ${name}`,
      question: `Is ${name} the same person as ${candidates.join(', or as ')}?`,
      choose: [...candidates, ELSE],
      lines: this.#lines.get(name) ?? [],
      accepts: (text) =>
        [...candidates, ELSE, ...this.#everybody()].find((one) => one.toLowerCase() === text.toLowerCase()),
    })
    if (answer === undefined) return undefined
    if (answer === ELSE) return { id: name, name }
    const known = this.#known.find(({ handle }) => handle === answer)
    return known ? { id: answer, name: known.name ?? answer } : this.#named(answer, seen)
  }

  /** Whom a name may stand for: fuller names in the table, and names like it that the community knows. */
  #candidates(name: string): readonly string[] {
    const place = [...this.#lines.keys()].indexOf(name)
    const fuller = [...this.#lines.keys()].filter((other, at) => {
      if (other === name || !mayBeSame(name, other)) return false
      const [short, long] = [plain(name).length, plain(other).length]
      return short === long ? at < place : short < long
    })
    const known = this.#known.flatMap(({ name: other, handle }) =>
      other !== null && handle !== null && other !== name && mayBeSame(name, other) ? [handle] : [],
    )
    return [...new Set([...fuller, ...known])]
  }

  #everybody(): readonly string[] {
    return [...this.#lines.keys(), ...this.#known.flatMap(({ handle }) => (handle === null ? [] : [handle]))]
  }
}

import type { Answers } from './answers.ts'
import { mayBeSame } from './names.ts'
import type { Notes } from './notes.ts'

interface Spelled {
  readonly text: string
  readonly line: number
}

/**
 * How a role or circle is to be spelled: as the community has it, else as the table does first. Upper and lower case do
 * not count; what may be a slip becomes a question.
 */
export class Spellings {
  readonly #what: 'role' | 'circle'
  readonly #answers: Answers
  readonly #known: readonly string[]
  readonly #first = new Map<string, string>()
  readonly #lines = new Map<string, number[]>()
  readonly #found = new Map<string, string | undefined>()

  constructor(
    what: 'role' | 'circle',
    cells: readonly Spelled[],
    { known, aliases }: { readonly known: readonly string[]; readonly aliases?: ReadonlyMap<string, string> },
    answers: Answers,
    notes: Notes,
  ) {
    this.#what = what
    this.#answers = answers
    this.#known = known
    for (const [alias, meant] of aliases ?? []) this.#first.set(alias.toLowerCase(), meant)
    for (const each of known) this.#first.set(each.toLowerCase(), each)
    for (const { text, line } of cells) {
      const first = this.#first.get(text.toLowerCase()) ?? text
      this.#first.set(text.toLowerCase(), first)
      if (first !== text) notes.add(`"${text}" is taken for "${first}"`, line)
      this.#lines.set(first, [...(this.#lines.get(first) ?? []), line])
    }
  }

  /** Undefined while a question about the spelling is open. */
  of(cell: string): string | undefined {
    const text = this.#first.get(cell.toLowerCase()) ?? cell
    if (!this.#found.has(text)) this.#found.set(text, this.#spelled(text))
    return this.#found.get(text)
  }

  #spelled(text: string): string | undefined {
    if (this.#known.includes(text)) return text
    const often = (each: string) => this.#lines.get(each)?.length ?? 0
    const all = [...new Set(this.#first.values())]
    const place = all.indexOf(text)
    const like = all.filter((other, at) => {
      if (other === text || !mayBeSame(text, other)) return false
      return this.#known.includes(other) || often(other) > often(text) || (often(other) === often(text) && at < place)
    })
    if (like.length === 0) return text
    const another = `another ${this.#what}`
    const answer = this.#answers.ask({
      about: `${this.#what}: ${text}`,
      question: `Is the ${this.#what} "${text}" the same as ${like.map((each) => `"${each}"`).join(', or as ')}?`,
      choose: [...like, another],
      lines: this.#lines.get(text) ?? [],
    })
    return answer === another ? text : answer
  }
}

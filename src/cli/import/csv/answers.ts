/** Something a file leaves open, and what a person says about it. */
export interface Question {
  /** What it is about, the same in every run: `date order`, `person: Sam K`. */
  readonly about: string
  readonly question: string
  /** What may be answered; where any text may, what it says. */
  readonly choose: readonly string[]
  readonly lines: readonly number[]
  readonly answer: string | null
}

export interface Asking extends Omit<Question, 'answer' | 'lines'> {
  readonly lines?: readonly number[]
  /** What an answer means; undefined where it means nothing. One of `choose` unless given. */
  readonly accepts?: (answer: string) => string | undefined
}

/** The questions of one reading of a file, answered where a person has answered them before. */
export class Answers {
  readonly #given: ReadonlyMap<string, string>
  readonly #asked = new Map<string, Question>()

  constructor(given: ReadonlyMap<string, string>) {
    this.#given = given
  }

  /** What a person said; undefined while the question is open, or where what they said is no answer to it. */
  ask({ about, question, choose, lines = [], accepts }: Asking): string | undefined {
    const known = this.#asked.get(about)
    const all = [...new Set([...(known?.lines ?? []), ...lines])].sort((a, b) => a - b)
    const given = this.#given.get(about)?.trim()
    const meant = given === undefined || given === '' ? undefined : accepts ? accepts(given) : oneOf(choose, given)
    this.#asked.set(about, {
      about,
      question,
      choose,
      lines: all,
      answer: meant === undefined ? null : (given ?? null),
    })
    return meant
  }

  /** Every question of this reading, open ones first. */
  get questions(): readonly Question[] {
    const all = [...this.#asked.values()]
    return [...all.filter(({ answer }) => answer === null), ...all.filter(({ answer }) => answer !== null)]
  }
}

function oneOf(choose: readonly string[], answer: string): string | undefined {
  return choose.find((choice) => choice.toLowerCase() === answer.toLowerCase())
}

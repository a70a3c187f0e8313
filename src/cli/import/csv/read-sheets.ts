import type { ReadFile } from '../lines.ts'
import type { Question } from './answers.ts'
import type { Around, Claim } from './claims.ts'
import { canAsk, interview } from './interview.ts'
import { keepQuestions, type MapFile, mapFileOf, readMapFile } from './map-file.ts'
import { claimsOf, linesOf, type Sheet } from './sheet.ts'

/** A table as it was understood. */
export interface ReadSheet {
  readonly path: string
  readonly claims: readonly Claim[]
  readonly notes: readonly { readonly text: string; readonly lines: readonly number[] }[]
  readonly questions: readonly Question[]
  /** Where its questions and answers are kept. */
  readonly mapFile: string
}

export interface SheetOptions {
  readonly map?: string | undefined
  /** `question=answer`, as given on the command line. */
  readonly answer?: readonly string[] | undefined
  readonly json?: boolean | undefined
}

/**
 * Reads tables, each with its map file, and keeps what there is to ask in it. On a terminal the questions are asked at
 * once, until none is open or the person leaves one open.
 */
export async function readSheets(
  sheets: readonly Sheet[],
  options: SheetOptions,
  around: Around,
): Promise<{ readonly read: readonly ReadSheet[]; readonly files: readonly ReadFile[] }> {
  const read: ReadSheet[] = []
  const files: ReadFile[] = []
  let there = around
  for (const sheet of sheets) {
    const one = await readOne(sheet, options, there)
    read.push(one)
    files.push(...linesOf(sheet, one.claims, there))
    there = { ...there, circles: [...there.circles, ...newCircles(one.claims, there)] }
  }
  return { read, files }
}

async function readOne(
  sheet: Sheet,
  { map: given, answer = [], json }: SheetOptions,
  around: Around,
): Promise<ReadSheet> {
  const mapFile = given ?? mapFileOf(sheet.path)
  let map = withAnswers(readMapFile(mapFile, { mustExist: false }), new Map(answer.map(parted)))
  for (;;) {
    const { claims, answers, notes } = claimsOf(sheet, map, around)
    const { questions } = answers
    keepQuestions(mapFile, map, questions)
    const open = questions.filter((question) => question.answer === null)
    const said = open.length > 0 && canAsk() && !json ? await interview(open) : new Map<string, string>()
    if (said.size === 0) return { path: sheet.path, claims, notes: notes.all, questions, mapFile }
    map = withAnswers({ ...map, questions: [...questions] }, said)
  }
}

function withAnswers(map: MapFile, said: ReadonlyMap<string, string>): MapFile {
  const others = map.questions.filter(({ about }) => !said.has(about))
  return { ...map, questions: [...others, ...[...said].map(([about, answer]) => ({ about, answer }))] }
}

// No answer has an equals sign, but a cell that is asked about may.
function parted(text: string): readonly [string, string] {
  const at = text.lastIndexOf('=')
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}

function newCircles(claims: readonly Claim[], { circles, whole }: Around): Around['circles'] {
  const known = new Set(circles.map(({ name }) => name))
  const names = new Set(claims.map(({ circle }) => circle).filter((circle) => !known.has(circle)))
  return [...names].map((name) => ({ ref: name === whole.name ? whole.key : name, name }))
}

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { CliError, EXIT } from '../../exits.ts'
import type { Question } from './answers.ts'

const schema = z.strictObject({
  about: z.string().optional(),
  questions: z
    .array(
      z.strictObject({
        about: z.string(),
        question: z.string().optional(),
        choose: z.array(z.string()).optional(),
        lines: z.array(z.number()).optional(),
        answer: z.string().nullable().default(null),
      }),
    )
    .default([]),
  columns: z.record(z.string(), z.string()).default({}),
  roles: z
    .record(z.string(), z.strictObject({ kind: z.string().optional(), weight: z.number().optional() }))
    .default({}),
})

/** A map file: what a source means here, and what a person answered about it. */
export interface MapFile {
  readonly questions: readonly (Pick<Question, 'about' | 'answer'> & Partial<Question>)[]
  /** Headings by the column they stand for. */
  readonly columns: Readonly<Record<string, string>>
  readonly roles: Readonly<Record<string, { readonly kind?: string | undefined; readonly weight?: number | undefined }>>
}

/** Where the answers about a table are kept unless a place is given: beside it. */
export function mapFileOf(path: string): string {
  return `${path}.map.json`
}

/** Reads a map file; an empty one where there is none and none need be. @throws CliError where it cannot be used. */
export function readMapFile(path: string, { mustExist }: { readonly mustExist: boolean }): MapFile {
  if (!mustExist && !existsSync(path)) return { questions: [], columns: {}, roles: {} }
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8'))) as MapFile
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error)
    throw new CliError(`The map ${path} cannot be used: ${reason}`, EXIT.usage, { cause: error })
  }
}

/**
 * Keeps the questions of a reading with their answers. Answers to what was not asked this time are kept: the question
 * may come again.
 */
export function keepQuestions(path: string, map: MapFile, asked: readonly Question[]): void {
  const answered = map.questions.filter(
    ({ about, answer }) => answer !== null && !asked.some((question) => question.about === about),
  )
  const questions = [...asked, ...answered]
  if (questions.length === 0) return
  const about = 'Give every "answer" that is null, and run the import again. Nothing is imported while one is open.'
  const { columns, roles } = map
  const kept = {
    about,
    questions,
    ...(Object.keys(columns).length > 0 ? { columns } : {}),
    ...(Object.keys(roles).length > 0 ? { roles } : {}),
  }
  // Whole or not at all: it holds what somebody took the time to answer.
  const beside = `${path}.${process.pid}.new`
  writeFileSync(beside, `${JSON.stringify(kept, undefined, 2)}\n`)
  renameSync(beside, path)
}

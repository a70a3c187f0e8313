import { type Around, type Reading, readClaims } from '../../../src/cli/import/csv/claims.ts'
import { gridOf } from '../../../src/cli/import/csv/grid.ts'

export const NOBODY: Around = {
  whole: { key: 'choir', name: 'The choir' },
  people: [],
  circles: [],
  roles: [],
}

/** Reads a table as the import does, with these answers. */
export function read(
  text: string,
  answers: Readonly<Record<string, string>> = {},
  around: Partial<Around> = {},
  columns: Readonly<Record<string, string>> = {},
): Reading {
  const given = { answers: new Map(Object.entries(answers)), columns }
  return readClaims('roles.csv', gridOf('roles.csv', text), given, { ...NOBODY, ...around })
}

/** What is still to be answered. */
export function open({ answers }: Reading): readonly string[] {
  return answers.questions.filter(({ answer }) => answer === null).map(({ about }) => about)
}

/** `Ana, chair, 2019 to 2021`, row by row. */
export function said({ claims }: Reading): readonly string[] {
  return claims.map(({ memberName, role, from, to }) => `${memberName}, ${role}, ${from} to ${to ?? 'now'}`)
}

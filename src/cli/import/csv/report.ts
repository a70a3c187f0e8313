import { counted, note, print, shown } from '../../output.ts'
import { tableOf } from '../../tables.ts'
import type { ReadSheet } from './read-sheets.ts'

const LINES_SHOWN = 8

/** Prints what a table would claim happened, and how it was understood. */
export function printClaims({ path, claims, notes, questions }: ReadSheet): void {
  print(`${path} says, of ${counted(new Set(claims.map(({ memberId }) => memberId)).size, 'person', 'people')}:`)
  print()
  print(
    tableOf(
      claims.map(({ line, memberName, role, circle, kind, from, to }) => ({
        line,
        person: memberName,
        role,
        circle,
        kind: kind === 'holder' ? null : kind,
        from,
        'held until before': to ?? 'still held',
      })),
    ),
  )
  print()
  if (questions.some(({ answer }) => answer === null))
    print('Rows that a question is open about are not among them yet.')
  if (notes.length > 0) print('How it was read:')
  for (const { text, lines } of notes) print(shown(`  ${placed(lines)}${text}`))
}

/** Prints what a person has to answer before anything is imported. */
export function printQuestions({ path, mapFile, questions }: ReadSheet): void {
  const open = questions.filter(({ answer }) => answer === null)
  note('')
  note(`${counted(open.length, 'question')} about ${path}:`)
  for (const { about, question, choose, lines } of open) {
    note(shown(`  ${about}`))
    note(shown(`    ${placed(lines)}${question}`))
    note(shown(`    Answers: ${choose.map((choice) => `"${choice}"`).join(' or ')}`))
  }
  note(`Answer in ${mapFile}, or with --answer "${open[0]?.about}=…", and run it again.`)
}

function placed(lines: readonly number[]): string {
  if (lines.length === 0) return ''
  const some = lines.slice(0, LINES_SHOWN).join(', ')
  return `${lines.length === 1 ? 'line' : 'lines'} ${some}${lines.length > LINES_SHOWN ? ', …' : ''}: `
}

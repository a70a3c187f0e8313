import type { Command } from 'commander'
import { Ended, EXIT } from '../exits.ts'
import { print, printJson } from '../output.ts'
import { type Told, threeHistories } from '../proving/histories.ts'
import { addExamples, addJson } from '../shared-options.ts'
import { tableOf } from '../tables.ts'

/** Adds `prove-decline`: that a decline leaves nothing in the open book. */
export function addProveDeclineVerb(program: Command): void {
  const verb = program
    .command('prove-decline')
    .summary('show that a decline leaves no trace in the open book')
    .description(
      'Lives through the same history three times, in memory: what one member asked another was declined, or left ' +
        'unanswered, or never asked. Shows that the open book has the same root hash each time, and that every question ' +
        'gives the same answer. Reads and writes nothing outside.',
    )
  addJson(verb)
  addExamples(verb, 'prove-decline', 'prove-decline --json')
  verb.action(async () => {
    const { json = false } = verb.opts<{ json?: boolean }>()
    const histories = await threeHistories()
    const differing = histories.flatMap((other) => (histories[0] ? differences(histories[0], other) : []))
    if (json)
      printJson({
        histories: histories.map(({ answers, ...told }) => ({ ...told, answers: Object.fromEntries(answers) })),
        same: differing.length === 0,
        differing,
      })
    else printProof(histories, differing)
    if (differing.length > 0) throw new Ended(EXIT.difference)
  })
}

/** Where two histories can be told apart from outside. */
export function differences(one: Told, other: Told): readonly string[] {
  const names = new Set([...one.answers.keys(), ...other.answers.keys()])
  return [
    ...(one.root === other.root && one.open === other.open ? [] : [`the open book, where it was ${other.fate}`]),
    ...[...names].flatMap((name) =>
      one.answers.get(name) === other.answers.get(name) ? [] : [`${name}, where it was ${other.fate}`],
    ),
  ]
}

function printProof(histories: readonly Told[], differing: readonly string[]): void {
  print('Ada asked Ben to take a role, and everybody to supper. What became of it, and what the books hold then:')
  print()
  const rows = histories.map((told) => ({
    history: told.fate,
    openRecords: told.open,
    rootOfTheOpenBook: told.root,
    privateRecords: told.private,
  }))
  print(tableOf(rows))
  print()
  const questions = histories[0]?.answers.size ?? 0
  if (differing.length === 0) {
    print(
      `The open book is the same each time, and so are the answers to ${questions} questions, influence among them.`,
    )
    print('Only the private book differs: its two parties alone read of it.')
  } else for (const each of differing) print(`DIFFERS: ${each}`)
}

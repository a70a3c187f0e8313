import type { Row } from '../../kernel/define-question.ts'
import type { Client } from '../client.ts'
import { print } from '../output.ts'
import { tableOf } from '../tables.ts'

interface Stop {
  readonly asks: string
  readonly line: string
  readonly community: string
  readonly question: string
  readonly params: Readonly<Record<string, string>>
  readonly columns: readonly string[]
}

const STOPS: readonly Stop[] = [
  {
    asks: 'Who chaired SIG Auth the day before a hand-over?',
    line: 'who chair --circle sig-auth --on 2018-10-15 --community kubernetes',
    community: 'kubernetes',
    question: 'holders',
    params: { role: 'chair', circle: 'sig-auth', asOf: '2018-10-15' },
    columns: ['person', 'handle', 'role', 'from', 'to', 'certainty', 'basis'],
  },
  {
    asks: 'Who began and who ceased to sit on the steering committee with the election of 2021?',
    line: 'changes member committee-steering --from 2021-11-01 --through 2021-11-30 --community kubernetes',
    community: 'kubernetes',
    question: 'changes',
    params: { role: 'member', circle: 'committee-steering', from: '2021-11-01', through: '2021-11-30' },
    columns: ['change', 'name', 'handle'],
  },
  {
    asks: 'Who tended the compost in March 2025, when nobody noted the day of the hand-over?',
    line: 'who composter --on 2025-03-20 --community garden',
    community: 'garden',
    question: 'holders',
    params: { role: 'composter', asOf: '2025-03-20' },
    columns: ['person', 'from', 'to', 'certainty', 'source'],
  },
  {
    asks: 'What did Farida ever hold, after one row was disputed and another corrected?',
    line: 'history farida --community garden',
    community: 'garden',
    question: 'person-history',
    params: { person: 'farida' },
    columns: ['person', 'role', 'kind', 'from', 'to', 'disputed', 'basis'],
  },
]

/** Prints four questions to try, with the answers the record gives at this moment. */
export async function printTour(client: Client, url: string, data: string): Promise<void> {
  const where = data === '.hearthbook' ? '' : ` --data ${data}`
  for (const [index, { asks, line, community, question, params, columns }] of STOPS.entries()) {
    const answer = await client.ask(community, question, params)
    const rows = client.registry.questions.get(question)?.rows?.(answer as never) ?? []
    print(`${index + 1}. ${asks}`)
    print(`     ./hearthbook ${line}${where}`)
    print(`     curl '${url}${client.pathOf(community, question, params)}'`)
    print()
    print(indented(rows.length === 0 ? 'Nothing.' : tableOf(rows.map((row: Row) => picked(row, columns)))))
    print()
  }
}

function picked(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `     ${line}`)
    .join('\n')
}

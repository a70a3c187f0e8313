import { expect, test } from 'vitest'
import { kebab } from '../../src/cli/flags.ts'
import { discover } from '../../src/composition/discover.ts'
import { builtInFolders } from '../../src/composition/wiring.ts'
import { hearthbook } from './cli.ts'

const OWN = [
  ...[
    'demo',
    'serve',
    'import',
    'export',
    'import-book',
    'ask',
    'communities',
    'do',
    'erase',
    'token',
    'verify',
    'replay',
    'replay-window',
    'packet',
  ],
]

test('the help names every verb, every question and every command, and the exit codes', async () => {
  const { questions, commands } = await discover(builtInFolders())
  const [help, ask, act] = await Promise.all([
    hearthbook('--help'),
    hearthbook('ask', '--help'),
    hearthbook('do', '--help'),
  ])
  expect([help.code, ask.code, act.code]).toEqual([0, 0, 0])
  const verbs = [...questions.values(), ...commands.values()].flatMap(({ cli }) => (cli ? [cli.verb] : []))
  expect(verbs).toEqual(expect.arrayContaining(['who', 'when', 'merge', 'witness', 'dispute']))
  const listed = (text: string) => new Set([...text.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name))
  expect([...OWN, ...verbs].filter((name) => !listed(help.out).has(name))).toEqual([])
  expect([...questions.keys()].filter((name) => !listed(ask.out).has(name))).toEqual([])
  expect([...commands.keys()].map(kebab).filter((name) => !listed(act.out).has(name))).toEqual([])
  expect(help.out).toContain('Exit codes:')
})

test("a command's help names its fields and what may refuse it", async () => {
  const { out } = await hearthbook('do', 'dispute-record', '--help')
  expect(out).toContain('--event-id <text>')
  expect(out).toContain('NOT_YOURS_TO_DISPUTE')
})

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { Client } from '../../../src/cli/client.ts'
import { type ImportOptions, importFiles } from '../../../src/cli/import/run.ts'
import { injectTransport, type Transport } from '../../../src/cli/transport.ts'
import { TestServer } from '../../support/http.ts'

const TABLE = `name;role;circle;from;to
Samuel Kim;Treasurer;Board;2019;2021-03
Sam K;Chair;Board;2021-03-01;03/04/2023
Noor Haddad;Treasurer;Board;2021-03;
`
const ANSWERS = ['person: Sam K=Samuel Kim', 'date order=day first', 'last day=last day held']

let server: TestServer
let token: string
beforeAll(async () => {
  server = await TestServer.start('2026-01-01T00:00:00Z')
  const { identity } = server.hearthbook
  token = (await identity.issue({ kind: 'operator', expiresAt: '2026-12-01T00:00:00Z' })).token
})
afterAll(() => server.close())
// What the verb prints for a person is no part of what is tested here.
beforeEach(() => {
  const quiet = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  onTestFinished(() => quiet.mockRestore())
})

let communities = 0
/** A community of a test's own, and a table for it. */
function place(table = TABLE) {
  const folder = mkdtempSync(join(tmpdir(), 'hearthbook-table-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  communities += 1
  const community = `choir-${communities}`
  const file = join(folder, 'roles.csv')
  writeFileSync(file, table)
  const through = (transport: Transport) => new Client(server.hearthbook.registry, transport, token)
  const client = through(injectTransport(server.app))
  const run = (options: ImportOptions = {}, by = client) =>
    importFiles(by, [file], { community, name: 'The choir', ...options }, async () => community)
  const history = async (role: string) => {
    const { spells } = await client.ask(community, 'role-history', { role })
    return (spells as { person: { name: string }; from: string; to: string | null }[]).map(
      ({ person, from, to }) => `${person.name} ${from} ${to ?? 'now'}`,
    )
  }
  const exists = () => server.hearthbook.engine.exists(community)
  return { folder, file, map: `${file}.map.json`, community, client, through, run, history, exists }
}

it('writes nothing while a question is open, and keeps the questions beside the table', async () => {
  const { run, map, exists } = place()
  const dry = await run({ dryRun: true })
  expect(dry.sheets[0]?.claims.map(({ line }) => line)).toEqual([2, 4])
  await expect(run()).rejects.toMatchObject({ exit: 3, message: 'Nothing was written: the questions above are open.' })
  expect(await exists()).toBe(false)
  const { questions } = JSON.parse(readFileSync(map, 'utf8'))
  expect(questions).toHaveLength(2)
  expect(questions[0]).toEqual({
    about: 'person: Sam K',
    question: 'Is Sam K the same person as Samuel Kim?',
    choose: ['Samuel Kim', 'somebody else'],
    lines: [3],
    answer: null,
  })
})

it('imports what was answered, in the file or on the command line, and adds nothing the second time', async () => {
  const { run, map, history } = place()
  await run({ dryRun: true })
  const kept = JSON.parse(readFileSync(map, 'utf8'))
  for (const question of kept.questions) if (question.about === 'person: Sam K') question.answer = 'Samuel Kim'
  writeFileSync(map, JSON.stringify(kept))
  const first = await run({ answer: ANSWERS.slice(1) })
  expect(first.reports.map(({ kind, rows }) => [kind, rows])).toEqual([
    ['circles', 1],
    ['holdings', 3],
  ])
  expect(await history('Chair')).toEqual(['Samuel Kim 2021-03-01 2023-04-04'])
  expect(await history('Treasurer')).toEqual(['Samuel Kim 2019 2021-03', 'Noor Haddad 2021-03 now'])
  const again = await run()
  expect(again.reports.map(({ written }) => written)).toEqual([0])
})

it('closes in a longer copy what has ended', async () => {
  const { run, file, history } = place()
  await run({ answer: ANSWERS })
  writeFileSync(file, TABLE.replace('2021-03;\n', '2021-03;May 2025\n'))
  await run()
  expect(await history('Treasurer')).toEqual(['Samuel Kim 2019 2021-03', 'Noor Haddad 2021-03 2025-05'])
})

it('goes on where it stopped', async () => {
  const { run, through, client, community } = place()
  const transport = injectTransport(server.app)
  const breaking = through(async (request) => {
    if (request.path.endsWith('/holdings')) throw new Error('the line went dead')
    return transport(request)
  })
  await expect(run({ answer: ANSWERS }, breaking)).rejects.toThrow('the line went dead')
  const { circles } = await client.ask(community, 'circles')
  expect(circles).toHaveLength(1)
  const { reports } = await run()
  expect(reports.map(({ kind, rows }) => [kind, rows])).toEqual([['holdings', 3]])
  expect((await run()).reports.map(({ written }) => written)).toEqual([0])
})

it('names the line of a row that contradicts itself, and keeps nothing', async () => {
  const { run, exists } = place('name;role;from;to\nAna;chair;2021;2019\n')
  await expect(run()).rejects.toMatchObject({ exit: 3 })
  const printed = vi.mocked(process.stderr.write).mock.calls.map(([text]) => String(text))
  expect(printed.join('')).toContain('roles.csv:2: field "to" must be after "from" (2021)')
  expect(await exists()).toBe(false)
})

it('fills circles that were formed here, and roles they have', async () => {
  const { run, client, community, history } = place('name;role;circle;from\nAna;cook;KITCHEN;2021\n')
  await client.command(community, 'FoundCommunity', { name: 'The choir' })
  const ben = `person_${'b'.repeat(22)}`
  await client.command(community, 'JoinCommunity', { displayName: 'Ben' }, { as: ben })
  const formed = await client.command(community, 'FormCircle', { name: 'Kitchen', purpose: 'Food' }, { as: ben })
  const circleId = String(formed.result?.circleId)
  await client.command(community, 'DefineRole', { circleId, name: 'Cook', purpose: 'Cooks' }, { as: ben })
  await run()
  expect(await history('Cook')).toEqual(['Ana 2021 now'])
  const { circles } = await client.ask(community, 'circles')
  expect(circles).toHaveLength(1)
})

it('says in clear words that a map cannot be used, and leaves it as it is', async () => {
  const { run, map } = place()
  writeFileSync(map, '{"questions": [')
  await expect(run()).rejects.toMatchObject({
    exit: 2,
    message: expect.stringContaining(`The map ${map} cannot be used`),
  })
  expect(readFileSync(map, 'utf8')).toBe('{"questions": [')
})

it('takes what roles mean here from the map, and keeps it there', async () => {
  const { run, map, client, community } = place('name;role;from\nAna;chair;2021\n')
  writeFileSync(map, JSON.stringify({ roles: { chair: { weight: 3 } } }))
  await run()
  const { roles } = await client.ask(community, 'roles')
  expect(roles).toMatchObject([{ name: 'chair', weight: 3 }])
  expect(existsSync(map)).toBe(true)
  expect(JSON.parse(readFileSync(map, 'utf8')).roles).toEqual({ chair: { weight: 3 } })
})

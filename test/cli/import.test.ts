import { join } from 'node:path'
import { expect, test } from 'vitest'
import { circleRow, hearthbook, holdingRow, json, jsonl, temporary } from './cli.ts'

interface Report {
  readonly files: readonly {
    readonly importId: string
    readonly rows: number
    readonly written: number
    readonly brought: Readonly<Record<string, number>>
    readonly overlaps: readonly unknown[]
  }[]
}
interface Answer {
  readonly head: { readonly revision: number }
  readonly holders: readonly { readonly person: { readonly handle: string }; readonly to: string | null }[]
}

function place() {
  const folder = temporary()
  const data = join(folder, 'data')
  const into = ['--data', data, '--community', 'shed']
  const circles = jsonl(folder, 'circles.jsonl', [circleRow('shed'), circleRow('tools', 'shed')])
  return { folder, data, into, circles }
}

test('every bad line is named with file, line, field and rule, and nothing is kept', async () => {
  const { folder, data, into, circles } = place()
  const holdings = jsonl(folder, 'holdings.jsonl', [
    holdingRow('ada', 'keeper', 'tools'),
    '{"member_id": "ben",',
    holdingRow('ben', 'keeper', 'tools', { from: '2021-02-30' }),
    holdingRow('cy', 'keeper', 'tools', { from: '2021-05-01', to: '2021-05-01' }),
    holdingRow('dee', 'keeper', 'attic'),
    holdingRow('eve', 'keeper', 'tools', { salary: 3 }),
    { ...holdingRow('fay', 'keeper', 'tools'), source: undefined },
  ])
  const { code, err } = await hearthbook('import', circles, holdings, ...into, '--found')
  expect(code).toBe(3)
  expect(err).toContain(`${holdings}:2: is not JSON`)
  expect(err).toContain(`${holdings}:3: field "from" must be a date that exists`)
  expect(err).toContain(`${holdings}:4: field "to" must be after "from" (2021-05-01)`)
  expect(err).toContain(`${holdings}:5: field "circle" names the unknown circle "attic"`)
  expect(err).toContain(`${holdings}:6: field "salary" is not known`)
  expect(err).toContain(`${holdings}:7: field "source" is missing`)
  expect(err).toContain('6 findings in 6 bad lines of 9.')
  expect(await json('communities', '--data', data)).toEqual({ communities: [] })
})

test('the first fifty findings are shown, and how many there are', async () => {
  const { folder, into, circles } = place()
  const rows = Array.from({ length: 60 }, (_, n) => holdingRow(`p${n}`, 'keeper', 'attic'))
  const { err } = await hearthbook('import', circles, jsonl(folder, 'holdings.jsonl', rows), ...into, '--found')
  expect(err.match(/unknown circle/g)).toHaveLength(50)
  expect(err).toContain('60 findings in 60 bad lines of 62, the first 50 above.')
})

test('with --keep-going bad lines are left out and counted', async () => {
  const { folder, data, into, circles } = place()
  const holdings = jsonl(folder, 'holdings.jsonl', [
    holdingRow('ada', 'keeper', 'tools'),
    holdingRow('ben', 'keeper', 'attic'),
  ])
  const { code, err, out } = await hearthbook('import', circles, holdings, ...into, '--found', '--keep-going')
  expect(err).toContain('1 finding in 1 bad line of 4.')
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('written to shed') })
  const { holders } = await json<Answer>('who', '--data', data)
  expect(holders.map(({ person }) => person.handle)).toEqual(['ada'])
})

test('a dry run checks and writes nothing', async () => {
  const { data, into, circles } = place()
  const { code, out } = await hearthbook('import', circles, ...into, '--found', '--dry-run')
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('2 rows of circles would be sent') })
  expect(await json('communities', '--data', data)).toEqual({ communities: [] })
})

test('parents are sent first, wherever they stand; circles inside themselves are named', async () => {
  const { folder, into } = place()
  const upsideDown = [circleRow('bench', 'tools'), circleRow('tools', 'shed'), circleRow('shed')]
  const { files } = await json<Report>('import', jsonl(folder, 'up.jsonl', upsideDown), ...into, '--found')
  expect(files[0]).toMatchObject({ rows: 3, brought: { circles: 3 } })
  const round = jsonl(folder, 'round.jsonl', [circleRow('hen', 'egg'), circleRow('egg', 'hen')])
  const { code, err } = await hearthbook('import', round, ...into)
  expect(code).toBe(3)
  expect(err).toContain(`${round}:1: field "parent" is inside itself, by way of "egg"`)
})

test('the same files again add nothing; a longer version closes what ended', async () => {
  const { folder, data, into, circles } = place()
  const first = jsonl(folder, 'first.jsonl', [
    holdingRow('ada', 'keeper', 'tools'),
    holdingRow('ada', 'keeper', 'tools', { to: '2021-03-01' }),
  ])
  const once = await json<Report>('import', circles, first, ...into, '--found')
  expect(once.files.map(({ written }) => written)).toEqual([2, 4])
  expect(once.files[1]?.overlaps).toHaveLength(1)
  const head = async () => (await json<Answer>('who', '--data', data)).head.revision
  const before = await head()
  const twice = await json<Report>('import', circles, first, ...into)
  expect(twice.files.map(({ written }) => written)).toEqual([0, 0])
  expect(await head()).toBe(before)
  const longer = jsonl(folder, 'longer.jsonl', [
    holdingRow('ada', 'keeper', 'tools', { to: '2022-01-01' }),
    holdingRow('ada', 'keeper', 'tools', { to: '2021-03-01' }),
    holdingRow('ben', 'keeper', 'tools', { from: '2022-01-01' }),
  ])
  const { files } = await json<Report>('import', longer, ...into)
  expect(files[0]).toMatchObject({ rows: 3, written: 3, brought: { reimported: 1, holdings: 1, people: 1 } })
  const { holders } = await json<Answer>('who', 'keeper', '--on', '2022-01-01', '--data', data)
  expect(holders.map(({ person }) => person.handle)).toEqual(['ben'])
})

test('an import that was withdrawn is made again under another id', async () => {
  const { folder, data, into, circles } = place()
  const holdings = jsonl(folder, 'holdings.jsonl', [holdingRow('ada', 'keeper', 'tools')])
  const { files } = await json<Report>('import', circles, holdings, ...into, '--found')
  const importId = files[1]?.importId ?? ''
  expect(importId).toMatch(/^[0-9a-f]{16}-1$/)
  await json('do', 'withdraw-import', '--import-id', importId, '--data', data)
  const gone = await json<Answer>('ask', 'holders', '--data', data)
  expect(gone.holders).toEqual([])
  const again = await json<Report>('import', circles, holdings, ...into)
  expect(again.files[1]).toMatchObject({ importId: importId.replace(/1$/, '2'), brought: { holdings: 1 } })
  expect((await json<Answer>('who', '--data', data)).holders).toHaveLength(1)
})

test('a map says what roles mean here', async () => {
  const { folder, data, into, circles } = place()
  const map = jsonl(folder, 'map.json', [{ roles: { elder: { kind: 'emeritus', weight: 0 } } }])
  const holdings = jsonl(folder, 'holdings.jsonl', [holdingRow('ada', 'elder', 'tools')])
  await json('import', circles, holdings, ...into, '--found', '--map', map, '--basis', 'reconstructed')
  const { holders } = await json<Answer>('who', '--data', data)
  expect(holders).toMatchObject([{ kind: 'emeritus', basis: 'reconstructed' }])
})

test('a community is not founded by a slip of the pen', async () => {
  const { into, circles } = place()
  const { code, err } = await hearthbook('import', circles, ...into)
  expect(code).toBe(4)
  expect(err).toContain('There is no community "shed" yet.')
})

import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { GARDEN, gardenDirectory, hearthbook, json, temporary } from './cli.ts'

describe('asking', () => {
  test('who, roster and audit answer in tables, JSON and CSV', async () => {
    const data = await gardenDirectory()
    const who = await hearthbook('who', 'coordinator', '--on', '2024-03-15', '--data', data)
    expect(who).toMatchObject({ code: 0, err: '' })
    expect(who.out).toMatch(/^PERSON +HANDLE +ROLE +CIRCLE/)
    expect(who.out).toMatch(
      /^Ines Marrero +ines +coordinator +garden +holder +2022-03-01 +2024-04-01 +certain +imported/m,
    )
    expect(who.out).toMatch(/^Oluchi Eze +oluchi +coordinator/m)
    expect(who.out).toMatch(/As of 2024-03-15, as recorded up to revision \d+ /)

    const vague = await json<{ holders: { certainty: string }[] }>(
      'who',
      'composter',
      '--on',
      '2025-03-20',
      '--data',
      data,
    )
    expect(vague.holders.map(({ certainty }) => certainty)).toEqual(['possible', 'possible'])

    const csv = await hearthbook('roster', 'garden', '--on', '2024-07-01', '--csv', '--data', data)
    expect(csv.out.split('\n')[0]).toMatch(/^person,handle,role,circle,kind,from,to,certainty/)
    expect(csv.out).toContain('Wren Calder,wren,treasurer,garden,acting,2024-06-10,2024-09-01,certain')

    const audit = await hearthbook('audit', '--person', 'wren', '--data', data)
    expect(audit.out).toMatch(/HoldingImported +operator +operator-cli +2024-06-10/)

    const before = await hearthbook('who', '--known-by', '2020-01-01', '--data', data)
    expect(before.out).toContain('Nothing was recorded yet at that point.')
  })

  test('a parameter goes by its flag, its place or its other name, and not by two of them', async () => {
    const data = await gardenDirectory()
    const byFlag = await json<{ days: number }>(
      'ask',
      'tenure',
      '--person',
      'ines',
      '--until',
      '2023-01-01',
      '--data',
      data,
    )
    const byPlace = await json<{ days: number }>('tenure', 'ines', '--until', '2023-01-01', '--data', data)
    expect(byPlace.days).toBe(306)
    expect(byFlag.days).toBe(byPlace.days)
    const twice = await hearthbook('tenure', 'ines', '--person', 'tomas', '--data', data)
    expect(twice).toMatchObject({ code: 2, err: expect.stringContaining('"person" is given twice') })
  })
})

describe('exit codes', () => {
  test('2 for a command line that is not understood', async () => {
    expect((await hearthbook('whoo')).code).toBe(2)
    expect((await hearthbook('who', '--at-revision', 'soon')).code).toBe(2)
    expect((await hearthbook('erase', '--person', 'ada')).code).toBe(2)
  })
  test('3 where a rule refuses, with its code and facts; 4 where something does not exist', async () => {
    const data = await gardenDirectory()
    const again = await hearthbook('do', 'found-community', '--community', 'garden', '--name', 'Again', '--data', data)
    expect(again).toMatchObject({ code: 3, err: expect.stringContaining('COMMUNITY_EXISTS') })
    const unknown = await hearthbook('who', '--circle', 'attic', '--data', data)
    expect(unknown).toMatchObject({ code: 4, err: expect.stringContaining('attic') })
    expect((await hearthbook('who', '--community', 'elsewhere', '--data', data)).code).toBe(4)
    expect((await hearthbook('history', 'nobody', '--data', data)).code).toBe(4)
    expect((await hearthbook('who', '--on', '2024', '--data', data)).code).toBe(2)
  })
  test('4 without a data directory, which is not made by asking; 5 without a server', async () => {
    const nowhere = join(temporary(), 'data')
    expect(await hearthbook('who', '--data', nowhere)).toMatchObject({
      code: 4,
      err: expect.stringContaining('no data directory'),
    })
    const dead = await hearthbook('who', '--url', 'http://127.0.0.1:1', '--token', 'hbk_x', '--community', 'garden')
    expect(dead).toMatchObject({ code: 5, err: expect.stringContaining('does not answer') })
  })
  test('several communities are not guessed among', async () => {
    const data = await gardenDirectory()
    await hearthbook('import', ...GARDEN, '--data', data, '--community', 'other', '--found')
    expect(await hearthbook('who', '--data', data)).toMatchObject({
      code: 2,
      err: expect.stringContaining('garden, other'),
    })
    expect((await hearthbook('who', '--community', 'other', '--data', data)).code).toBe(0)
  })
})

test('a person acts by way of the operator, and is erased only on request', async () => {
  const data = await gardenDirectory()
  const joined = await json<{ result: { personId: string } }>(
    'do',
    'join-community',
    '--as',
    'bela',
    '--display-name',
    'Bela Horvat',
    '--data',
    data,
  )
  expect(joined.result.personId).toMatch(/^person_/)
  const bees = '{"name": "Bees", "purpose": "Keep the bees."}'
  const dry = await hearthbook('do', 'form-circle', '--input', bees, '--as', 'bela', '--dry-run', '--data', data)
  expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('would write CircleFormed') })
  expect(await hearthbook('erase', '--on-request', '--person', 'bela', '--data', data)).toMatchObject({ code: 3 })
  expect(await hearthbook('erase', '--on-request', '--person', 'ines', '--data', data)).toMatchObject({ code: 0 })
  const after = await hearthbook('who', 'coordinator', '--on', '2023-01-01', '--data', data)
  expect(after.out).toContain('(erased)')
  expect(after.out).not.toContain('Ines')
})

import { beforeAll, describe, expect, it } from 'vitest'
import { COMMON_REFUSALS } from '../../src/kernel/refusal.ts'
import { Scenario } from '../support/scenario.ts'
import { CIRCLE_REFUSALS } from './circle-refusals.ts'
import { IMPORT_REFUSALS } from './import-refusals.ts'
import { RECORD_REFUSALS } from './record-refusals.ts'
import { ROLE_REFUSALS } from './role-refusals.ts'

const CASES = [...CIRCLE_REFUSALS, ...ROLE_REFUSALS, ...IMPORT_REFUSALS, ...RECORD_REFUSALS]

describe('a refused command', () => {
  it.each(CASES)('$command: $code, because $because', async ({ command, code, when }) => {
    const book = await Scenario.founded(['ada', 'ben', 'cyd'])
    const outcome = await when(book)
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code } })
    expect(await book.records()).toHaveLength(book.headBefore + 1) // nothing was written
    const declared = Object.keys(book.command(command).refusals)
    expect([...declared, ...Object.keys(COMMON_REFUSALS)]).toContain(code)
  })
})

describe('the table of refusals', () => {
  let book: Scenario
  beforeAll(async () => {
    book = await Scenario.open()
  })

  it('reaches every refusal a command declares', () => {
    const reached = new Set(CASES.map(({ command, code }) => `${command} ${code}`))
    const declared = [...book.registry.commands.values()].flatMap(({ name, refusals }) =>
      Object.keys(refusals).map((code) => `${name} ${code}`),
    )
    expect(declared.filter((each) => !reached.has(each))).toEqual([])
    expect(declared.length).toBeGreaterThan(20)
  })

  it('is of commands there are', () => {
    expect(CASES.filter(({ command }) => !book.registry.commands.has(command))).toEqual([])
  })
})

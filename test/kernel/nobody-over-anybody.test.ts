import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isHumanOnly } from '../../src/http/authorization.ts'
import { bodySchema } from '../../src/http/commands.ts'
import type { EventField } from '../../src/kernel/define-event.ts'
import { Scenario } from '../support/scenario.ts'

const { registry } = await Scenario.open()
const commands = [...registry.commands.values()]
const events = [...registry.events.values()]
const yeses = commands.filter(({ yes }) => yes === true)

/** What one person does to another where one stands above the other, in any form of the word. */
const ABOVE = /^(assign|order|appoint|punish|boss|employ|dismiss|fire[ds]?$|demot|promot|subordinat|superior|rank)/i

/** The words of a name, be it PascalCase, camelCase, kebab-case or a path. */
function wordsOf(name: string): readonly string[] {
  return name.split(/(?=[A-Z])|[^A-Za-z]+/).filter((word) => word !== '')
}

/** The fields, at any depth, that take the id of a person. */
function personFields(schema: unknown, path = ''): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const { pattern } = schema as { pattern?: unknown }
  const own = typeof pattern === 'string' && pattern.startsWith('^person_') ? [path] : []
  return [...own, ...Object.entries(schema).flatMap(([name, below]) => personFields(below, `${path}/${name}`))]
}

const formOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })

describe('no word of this engine puts one person above another (INV-04, INV-23)', () => {
  it.each([
    ['AssignRole', true],
    ['RoleAppointed', true],
    ['PunishmentImposed', true],
    ['EmployeeHired', true],
    ['/orders/{orderId}', true],
    ['RecordBorder', false],
    ['OfferRole', false],
  ])('as this test can tell: %s', (name, above) => {
    expect(wordsOf(name).some((word) => ABOVE.test(word))).toBe(above)
  })

  it('not the name, address or field of a command', () => {
    const names = commands.flatMap(({ name, http, schema }) => [name, http.path, ...Object.keys(schema.shape)])
    expect(names.filter((name) => wordsOf(name).some((word) => ABOVE.test(word)))).toEqual([])
    expect(names.length).toBeGreaterThan(60)
  })

  it('nor the type or field of an event', () => {
    const names = events.flatMap(({ type, fields }) => [
      type,
      ...Object.keys(fields as Readonly<Record<string, EventField>>),
    ])
    expect(names.filter((name) => wordsOf(name).some((word) => ABOVE.test(word)))).toEqual([])
  })

  it('nor the name or address of a question', () => {
    const names = [...registry.questions.values()].flatMap(({ name, http }) => [name, http.path])
    expect(names.filter((name) => wordsOf(name).some((word) => ABOVE.test(word)))).toEqual([])
  })
})

describe('a yes (INV-01)', () => {
  it.each(yeses)('$name takes no field that could name who says it', (command) => {
    expect(personFields(formOf(command.schema))).toEqual([])
    expect(personFields(formOf(bodySchema(command)))).toEqual([])
    const names = Object.keys(command.schema.shape).filter((name) => /person|member|holder|^(to|by|who|of)/i.test(name))
    expect(names).toEqual([])
  })

  it.each(yeses)('$name is the own act of a member in session, in the open book', (command) => {
    expect(command).toMatchObject({ who: 'member', book: 'open' })
    expect(isHumanOnly(command)).toBe(true)
    expect(Object.keys(command.refusals)).toContain('NOT_YOURS_TO_ACCEPT')
  })

  it('there is one for whatever people are asked, and this test would see a field that names a person', () => {
    expect(yeses.length).toBeGreaterThan(3)
    const offer = registry.commands.get('OfferRole')
    expect(offer && personFields(formOf(offer.schema))).not.toEqual([])
  })
})

describe('a holding that began with a yes', () => {
  it('says what was asked, by whom and when', () => {
    const begins = events.filter(({ type, fields }) => /Accepted$|HandedOver$/.test(type) && 'holdingId' in fields)
    expect(begins.map(({ type }) => type).sort()).toEqual([
      'RoleAccepted',
      'RoleHandedOver',
      'StandInAccepted',
      'UnderstudyAccepted',
    ])
    for (const { type, fields } of begins) expect([type, 'asked' in fields]).toEqual([type, true])
  })
})

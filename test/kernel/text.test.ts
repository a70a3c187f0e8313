import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { communityName, dateForm, dayForm, eventId, idOf, line, momentForm, prose } from '../../src/kernel/text.ts'

const takes = (schema: z.ZodType, text: unknown) => schema.safeParse(text).success

describe('a line', () => {
  it.each(['Ada', 'Ngũgĩ wa Thiong’o', '李小龍', '🧑‍🤝‍🧑 table', 'محمد'])('takes %j', (text) => {
    expect(takes(line(), text)).toBe(true)
  })

  it.each([
    ['', 'nothing'],
    ['Ada\uD800', 'a lone high surrogate'],
    ['\uDC00Ada', 'a lone low surrogate'],
    ['Ada\u202Eadmin', 'a right-to-left override'],
    ['Ada\u2066', 'an isolate'],
    ['Ada\u200F', 'a right-to-left mark'],
    ['Ada\u061C', 'an Arabic letter mark'],
    ['Ada\nGrace', 'a line break'],
    ['Ada\u2028Grace', 'a line separator'],
    ['Ada\u0000', 'a null'],
    ['Ada\u0085', 'a C1 control'],
    [' Ada', 'a space before it'],
    ['Ada ', 'a space behind it'],
    ['x'.repeat(201), 'more than 200 characters'],
  ])('refuses %j: %s', (text) => {
    expect(takes(line(), text)).toBe(false)
  })

  it('takes as many characters as asked for and not one more', () => {
    expect(takes(line(5), '12345')).toBe(true)
    expect(takes(line(5), '123456')).toBe(false)
  })
})

describe('a text of several lines', () => {
  it('takes line breaks and tabs', () => {
    expect(takes(prose(), 'Bread:\n\t500 g flour\n\nBake it.')).toBe(true)
  })

  it.each([
    ['', 'nothing'],
    ['a\rb', 'a carriage return'],
    ['a\u202Eb', 'a right-to-left override'],
    ['a\uD83Db', 'half an emoji'],
    ['x'.repeat(4001), 'more than 4000 characters'],
  ])('refuses %j: %s', (text) => {
    expect(takes(prose(), text)).toBe(false)
  })
})

describe('what looks like a secret', () => {
  const secrets = [
    ['-----BEGIN RSA PRIVATE KEY-----', 'a private key'],
    ['AKIAIOSFODNN7EXAMPLE', 'a cloud access key'],
    [`ghp_${'a1B2'.repeat(9)}`, 'a personal access token'],
    [`hbk_${'a1B2'.repeat(6)}`, 'a token of this server'],
    ['pay to DE89 3704 0044 0532 0130 00', 'an IBAN with spaces'],
    ['GB82WEST12345698765432', 'an IBAN without'],
    ['password: hunter22', 'a password'],
    ['PIN=123456', 'a PIN'],
  ] as const

  it.each(secrets)('%j is refused with the code LOOKS_LIKE_A_SECRET: %s', (text) => {
    for (const schema of [line(), prose()]) {
      const issues = schema.safeParse(text).error?.issues ?? []
      expect(issues.map((issue) => 'params' in issue && issue.params?.code)).toContain('LOOKS_LIKE_A_SECRET')
    }
  })

  it.each(['The pin board hangs by the door', 'A secret garden', 'SIG Auth 2024', 'Room B12 at 10:30'])(
    '%j is not',
    (text) => {
      expect(takes(line(), text)).toBe(true)
    },
  )
})

describe('forms of dates', () => {
  it.each([
    ['2025', true, false, false],
    ['2025-03', true, false, false],
    ['2025-03-10', true, true, true],
    ['2025-03-10T09:30:00Z', true, true, false],
    ['2025-02-30', false, false, false],
    ['soon', false, false, false],
  ])('%s: a date %s, a moment %s, a day %s', (text, date, moment, day) => {
    expect([takes(dateForm(), text), takes(momentForm(), text), takes(dayForm(), text)]).toEqual([date, moment, day])
  })
})

describe('names and ids', () => {
  it.each([
    ['kubernetes', true],
    ['us-congress', true],
    ['k8', true],
    ['k', false],
    ['8k', false],
    ['Kubernetes', false],
    ['a b', false],
    ['../etc', false],
    [`k${'8'.repeat(63)}`, false],
  ])('a community may be called %j: %s', (text, expected) => {
    expect(takes(communityName(), text)).toBe(expected)
  })

  it('an id is of its own kind only', () => {
    expect(takes(idOf('circle'), `circle_${'a'.repeat(22)}`)).toBe(true)
    expect(takes(idOf('circle'), `role_${'a'.repeat(22)}`)).toBe(false)
    expect(takes(idOf('circle'), `circle_${'a'.repeat(21)}`)).toBe(false)
    expect(takes(idOf('circle'), `circle_${'a'.repeat(22)}\n`)).toBe(false)
  })

  it('an event id is a UUID in lower case', () => {
    expect(takes(eventId(), '0b9f1c5e-7d0a-8c3b-9a4e-5f6071829304')).toBe(true)
    expect(takes(eventId(), '0B9F1C5E-7D0A-8C3B-9A4E-5F6071829304')).toBe(false)
  })
})

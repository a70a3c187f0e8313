import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { dataClassOf } from '../../src/kernel/data-class.ts'
import { defineEvent, personal, personalIfAny, plain, sealedSchema } from '../../src/kernel/define-event.ts'
import { definitionKind } from '../../src/kernel/definitions.ts'

const TableLaid = defineEvent({
  type: 'TableLaid',
  version: 1,
  book: 'open',
  summary: 'A table was laid.',
  fields: {
    personId: plain(1, z.string()),
    seats: plain(1, z.int().optional()),
    dish: personal(1, z.string(), 'personId'),
    note: personalIfAny(2, z.string(), '@actor'),
  },
  touches: (data) => [`member:${data.personId}`],
})
const sealed = { v: 1, alg: 'A256GCM', kid: 'k', iv: 'i', ct: 'c' }

describe('an event definition', () => {
  it('drops fields that are undefined, so that the canonical text is that of an absent field', () => {
    const { data, definition } = TableLaid.of({ personId: 'p', seats: undefined, dish: 'soup' })
    expect(Object.keys(data)).toEqual(['personId', 'dish'])
    expect(definition).toBe(TableLaid)
  })

  it('keeps null, false, zero and the empty text: they say something', () => {
    const Said = defineEvent({
      type: 'Said',
      version: 1,
      book: 'open',
      summary: 'Something was said.',
      fields: { a: plain(1, z.null()), b: plain(1, z.boolean()), c: plain(1, z.int()), d: plain(1, z.string()) },
      touches: () => [],
    })
    expect(Said.of({ a: null, b: false, c: 0, d: '' }).data).toEqual({ a: null, b: false, c: 0, d: '' })
  })

  it('refuses fields it does not declare, written or stored', () => {
    expect(TableLaid.schema.safeParse({ personId: 'p', dish: 'soup', guests: 3 }).success).toBe(false)
    expect(TableLaid.storedSchema.safeParse({ personId: 'p', dish: sealed, guests: 3 }).success).toBe(false)
  })

  it('writes personal fields as text and stores them sealed', () => {
    expect(TableLaid.schema.safeParse({ personId: 'p', dish: 'soup' }).success).toBe(true)
    expect(TableLaid.storedSchema.safeParse({ personId: 'p', dish: sealed }).success).toBe(true)
    expect(TableLaid.storedSchema.safeParse({ personId: 'p', dish: 'soup' }).success).toBe(false)
    expect(TableLaid.storedSchema.safeParse({ personId: 'p', dish: sealed, note: 'soup' }).success).toBe(false)
  })

  it('marks each field with its data class', () => {
    const classes = Object.values(TableLaid.fields).map(({ schema }) => dataClassOf(schema as z.ZodType))
    expect(classes).toEqual([1, 1, 1, 2])
  })

  it('is found as an event, and nothing else is', () => {
    expect(definitionKind(TableLaid)).toBe('event')
    expect([{ ...TableLaid }, sealedSchema, undefined, 'TableLaid'].map(definitionKind)).toEqual(
      Array.from({ length: 4 }, () => undefined),
    )
  })
})

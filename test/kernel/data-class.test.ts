import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { classed, dataClassOf } from '../../src/kernel/data-class.ts'
import type { EventField } from '../../src/kernel/define-event.ts'
import { Scenario } from '../support/scenario.ts'

const { registry } = await Scenario.open()

/** Where a schema has a leaf without a data class, its own or that of a schema around it. */
function unclassed(schema: z.ZodType, path: string): readonly string[] {
  if (dataClassOf(schema) !== undefined) return []
  if (schema instanceof z.ZodObject) {
    const shape = Object.entries(schema.shape as Record<string, z.ZodType>)
    return shape.flatMap(([name, field]) => unclassed(field, `${path}.${name}`))
  }
  if (schema instanceof z.ZodArray) return unclassed(schema.element as z.ZodType, `${path}[]`)
  if (schema instanceof z.ZodRecord) return unclassed(schema.valueType as z.ZodType, `${path}{}`)
  if (schema instanceof z.ZodUnion) {
    return schema.options.flatMap((option, index) => unclassed(option as z.ZodType, `${path}|${index}`))
  }
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly
  ) {
    return unclassed(schema.unwrap() as z.ZodType, path)
  }
  return [path]
}

describe('the walk over a schema', () => {
  it('finds the leaves without a class and passes those below a classed one', () => {
    const schema = z.object({
      a: z.array(classed(1, z.object({ b: z.string() }))),
      c: z.object({ d: z.string().nullable(), e: classed(0, z.int()).optional() }),
    })
    expect(unclassed(schema, 'answer')).toEqual(['answer.c.d'])
  })
})

describe.each([...registry.events.values()])('the event $type', ({ type, fields }) => {
  const all = Object.entries(fields as Readonly<Record<string, EventField>>)

  it('has a data class on every field', () => {
    expect(all.flatMap(([name, field]) => unclassed(field.schema, `${type}.${name}`))).toEqual([])
  })

  it('declares for each field the class its schema is marked with: no schema is shared between classes', () => {
    const marked = all.map(([name, field]) => [name, dataClassOf(field.schema)])
    expect(marked).toEqual(all.map(([name, field]) => [name, field.dataClass]))
  })

  it('has the owner of every personal field among its own fields, and no secret', () => {
    const names = [...all.map(([name]) => name), '@actor']
    expect(all.filter(([, { owner }]) => owner !== undefined && !names.includes(owner))).toEqual([])
    expect(all.filter(([, { dataClass }]) => dataClass > 3)).toEqual([])
  })
})

describe.each([...registry.questions.values()])('the question $name', ({ name, answer }) => {
  it('has a data class on every field of its answer', () => {
    expect(unclassed(answer, name)).toEqual([])
  })
})

import fc from 'fast-check'

/** JSON Schema, as far as the served document uses it. */
interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: Schema
  readonly minItems?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: unknown
}

/** Texts that have broken servers. */
export const NASTY_TEXTS: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\u202Eb',
  '\uD800',
  '\u{1F525}'.repeat(50),
  'x'.repeat(401),
  "'; DROP TABLE records; --",
  '../../etc/passwd',
  '%00',
  '%zz',
  '<script>alert(1)</script>',
  '=1+1',
  '__proto__',
  'constructor',
  'toString',
  'null',
  '-1',
  '1e400',
  'NaN',
  '9007199254740993',
  'operator',
  '2026-02-30',
  '1000-01-01',
  '9999-12-31',
  '9999-12-31T23:59:59.999999999-23:59',
  'password: hunter2',
]

const NASTY_VALUES: readonly unknown[] = [
  ...NASTY_TEXTS,
  null,
  true,
  0,
  -1,
  -0,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  [],
  [[[[]]]],
  {},
  { length: 1 },
  JSON.parse('{"constructor":{"prototype":{}}}'),
]

const DATES = ['2020', '2020-01', '2020-01-01', '2026-01-01', '2026-03-10', '2026-03-01T09:30:00Z', '2030-01-01']

/** Arbitraries for what the served schemas describe, with ids that name something now and then. */
export class Arbitraries {
  readonly #ids: readonly string[]

  constructor(ids: readonly string[]) {
    this.#ids = ids
  }

  get nasty(): fc.Arbitrary<unknown> {
    return fc.constantFrom(...NASTY_VALUES)
  }

  get nastyText(): fc.Arbitrary<string> {
    return fc.oneof(fc.constantFrom(...NASTY_TEXTS), fc.constantFrom(...this.#ids), fc.string({ unit: 'binary' }))
  }

  /** A value that the schema takes, more or less: rules that no schema can state may still refuse it. */
  valid(schema: unknown): fc.Arbitrary<unknown> {
    const { const: constant, enum: choices, anyOf, type, ...rest } = schema as Schema
    if (constant !== undefined) return fc.constant(constant)
    if (choices) return fc.constantFrom(...choices)
    if (anyOf) return fc.oneof(...anyOf.map((each) => this.valid(each)))
    if (type === 'string') return this.#text(rest)
    if (type === 'boolean') return fc.boolean()
    if (type === 'null') return fc.constant(null)
    if (type === 'integer') {
      const min = Math.max(rest.minimum ?? -2, -(2 ** 31))
      return fc.integer({ min, max: Math.min(rest.maximum ?? min + 1000, 2 ** 31 - 1) })
    }
    if (type === 'number') return fc.double({ min: rest.minimum ?? -1, max: rest.maximum ?? 6, noNaN: true })
    if (type === 'array') return fc.array(this.valid(rest.items ?? {}), { minLength: rest.minItems ?? 0, maxLength: 4 })
    if (type === 'object') return this.#object(rest)
    return fc.oneof(this.nasty, fc.jsonValue({ maxDepth: 3 }))
  }

  /** A body: as the schema has it, with one field another value, one field too many or too few, or no object at all. */
  body(schema: unknown): fc.Arbitrary<unknown> {
    if (schema === undefined) return fc.constant(undefined)
    const good = this.valid(schema)
    const names = Object.keys((schema as Schema).properties ?? {})
    const field = names.length > 0 ? fc.constantFrom(...names) : fc.constant('field')
    const changed = fc
      .tuple(good, field, fc.oneof(this.nasty, this.nastyText))
      .map(([body, name, value]) => ({ ...(body as object), [name]: value }))
    const extra = fc
      .tuple(good, this.nastyText, this.nasty)
      .map(([body, name, value]) => Object.fromEntries([...Object.entries(body as object), [name, value]]))
    const fewer = fc.tuple(good, field).map(([body, name]) => {
      const { [name]: _, ...rest } = body as Record<string, unknown>
      return rest
    })
    return fc.oneof(
      { weight: 5, arbitrary: good },
      { weight: 4, arbitrary: changed },
      { weight: 1, arbitrary: extra },
      { weight: 1, arbitrary: fewer },
      { weight: 1, arbitrary: this.nasty },
    )
  }

  #text({ pattern, minLength = 0, maxLength = 200 }: Omit<Schema, 'type'>): fc.Arbitrary<string> {
    const length = { minLength: Math.max(minLength, 1), maxLength: Math.min(maxLength, 30) }
    const word = fc.string({ ...length, unit: fc.constantFrom(...'abcxyz-ÄßЖ火0') })
    const form = pattern === undefined ? undefined : new RegExp(pattern)
    const fitting = this.#ids.filter((id) => form === undefined || form.test(id))
    return fc.oneof(
      { weight: 3, arbitrary: form === undefined ? word : fc.stringMatching(form) },
      { weight: fitting.length > 0 ? 8 : 0, arbitrary: fc.constantFrom(...(fitting.length > 0 ? fitting : this.#ids)) },
      { weight: 2, arbitrary: fc.constantFrom(...DATES) },
      { weight: 1, arbitrary: this.nastyText },
    )
  }

  #object({ properties = {}, required = [], additionalProperties }: Omit<Schema, 'type'>): fc.Arbitrary<unknown> {
    if (Object.keys(properties).length === 0 && additionalProperties !== false)
      return fc.dictionary(this.nastyText, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 })
    const fields = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, this.valid(each)]))
    return fc.record(fields, { requiredKeys: [...required] })
  }
}

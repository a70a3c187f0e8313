import { z } from 'zod'
import { POLICY_KEYS, PRESET_POLICIES, policySchema, provenanceOf } from '../../commands/community/policy-table.ts'

const NOTE = '<!-- Made by `npm run generate` from the definitions; a test compares. -->\n'

/** The reference page of the rules a community may set: each with its values, those it begins with, and where they come from. */
export function policiesPage(): string {
  const { hospitality, crew } = PRESET_POLICIES
  const rows = POLICY_KEYS.map((key) => {
    const schema = policySchema.shape[key]
    const cells = [
      `\`${key}\``,
      schema.description ?? '',
      valuesOf(schema),
      valueText(hospitality[key]),
      crew[key] === hospitality[key] ? '' : valueText(crew[key]),
      provenanceOf(key),
    ]
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  })
  const intro =
    'The rules a community may set for itself, by [AmendPolicy](commands.md#amendpolicy); durations in days unless they say otherwise. ' +
    'A guard is `off`, `warn` (it says what it noticed, in the answer and in the record) or `require` (it refuses). ' +
    'A value under *crew* is there where that preset begins with another one.'
  const head =
    '| rule | meaning | values | hospitality | crew | where it comes from |\n| --- | --- | --- | --- | --- | --- |'
  return `${NOTE}# Rules of a community\n\n${intro}\n\n${head}\n${rows.join('\n')}\n`
}

function valueText(value: unknown): string {
  return `\`${JSON.stringify(value)}\``
}

interface Json {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Json[]
  readonly minimum?: number
  readonly maximum?: number
}

function valuesOf(schema: z.ZodType): string {
  return formText(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json)
}

function formText({ type, enum: values, anyOf, minimum, maximum }: Json): string {
  if (values) return values.map((value) => `\`${String(value)}\``).join(' or ')
  if (anyOf) return anyOf.map(formText).join(' or ')
  const range = minimum === undefined && maximum === undefined ? '' : ` ${minimum ?? ''} to ${maximum ?? ''}`
  return type === 'null' ? 'none' : `${type ?? 'any'}${range}`
}

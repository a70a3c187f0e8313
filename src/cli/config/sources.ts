import { readFileSync } from 'node:fs'
import { type Flag, flagsOf, optionKey } from '../flags.ts'
import type { SettingProblem } from './problems.ts'
import { SETTING_NAMES, type SettingName, settingsSchema, variableOf } from './settings.ts'

/** Where settings come from, and what it says. */
export interface Source {
  /** What to name it by when it speaks of this setting. */
  readonly nameOf: (setting: string) => string
  readonly values: Readonly<Record<string, unknown>>
}

export type Environment = Readonly<Record<string, string | undefined>>

/** The flags of all settings but the data directory, which every verb has. */
export const SETTING_FLAGS: readonly Flag[] = flagsOf(settingsSchema, ['data'])

const KINDS = new Map(flagsOf(settingsSchema).map(({ field, kind }) => [field, kind]))

/** What was typed. */
export function flagSource(options: Readonly<Record<string, unknown>>): Source {
  const names = new Map([['data', 'data'], ...SETTING_FLAGS.map(({ field, name }) => [field, name] as const)])
  const given = [...names].map(([field, name]) => [field, options[optionKey(name)]] as const)
  return { nameOf: (setting) => `--${names.get(setting) ?? setting}`, values: typedFields(given) }
}

/** What HEARTHBOOK_ variables say; an empty one says nothing. */
export function variableSource(env: Environment): Source {
  const given = SETTING_NAMES.map((name) => [name, env[variableOf(name)] || undefined] as const)
  return { nameOf: (setting) => variableOf(setting as SettingName), values: typedFields(given) }
}

/** What a JSON file says, or why it says nothing. */
export function fileSource(file: string, namedBy: string): Source | SettingProblem {
  const problem = (rule: string): SettingProblem => ({ setting: 'config', from: namedBy, rule })
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return problem(`a JSON file that can be read; ${file} ${code === 'ENOENT' ? 'is not there' : `gives ${code}`}`)
  }
  let values: unknown
  try {
    values = JSON.parse(text)
  } catch {
    // Not in the words of the parser, which quote the file.
    return problem(`a JSON file; ${file} is no JSON`)
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    return problem(`a JSON file with one object in it; ${file} has something else`)
  return { nameOf: () => file, values: values as Record<string, unknown> }
}

/** Text in the type that its setting has; what does not fit stays text, and is found wrong later. */
function typedFields(given: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(
    given.filter(([, value]) => value !== undefined).map(([field, value]) => [field, typed(KINDS.get(field), value)]),
  )
}

function typed(kind: Flag['kind'] | undefined, value: unknown): unknown {
  if (kind === 'number' && /^\d+$/.test(String(value))) return Number(value)
  if (kind === 'boolean' && /^(true|false)$/.test(String(value))) return value === true || value === 'true'
  return value
}

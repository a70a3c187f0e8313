import { storeAddress } from '../../ledger/eventstoredb/address.ts'
import { type ConfiguredMasterKey, masterKeyFor } from './master-key.ts'
import { ConfigRefused, type SettingProblem, showable } from './problems.ts'
import {
  OTHER_VARIABLES,
  ruleOf,
  SETTING_NAMES,
  type SettingName,
  type Settings,
  settingsSchema,
  variableOf,
} from './settings.ts'
import { type Environment, fileSource, flagSource, type Source, variableSource } from './sources.ts'
import { vaultProblems } from './vault-settings.ts'

/** The settings a server runs with, and where each came from. */
export interface Config {
  readonly settings: Settings
  readonly from: Readonly<Record<SettingName, string>>
  readonly masterKey: ConfiguredMasterKey
  readonly warnings: readonly string[]
}

/**
 * The settings by flags, else by HEARTHBOOK_ variables, else by a file, else as they are by default.
 * @throws ConfigRefused with all that is wrong, also in what another source overrides.
 */
export function loadConfig(options: Readonly<Record<string, unknown>>, env: Environment): Config {
  const problems: SettingProblem[] = []
  const sources: Source[] = [flagSource(options), variableSource(env)]
  const file = options.config ?? (env.HEARTHBOOK_CONFIG || undefined)
  if (file !== undefined) {
    const read = fileSource(String(file), options.config === undefined ? 'HEARTHBOOK_CONFIG' : '--config')
    if ('rule' in read) problems.push(read)
    else sources.push(read)
  }
  problems.push(...sources.flatMap(problemsIn))
  const { values, from } = merged(sources, new Set(problems.map(({ setting }) => setting)))
  const settings = settingsSchema.parse(values)
  if (settings.metrics && settings.port === settings.metricsPort && settings.port !== 0)
    problems.push({
      setting: 'metricsPort',
      from: from.metricsPort,
      rule: `a port other than that of the API (from ${from.port})`,
      value: String(settings.metricsPort),
    })
  problems.push(...vaultProblems(settings, from))
  const masterKey =
    settings.vault === undefined
      ? masterKeyFor(settings, from.masterKeyFile, env)
      : { text: undefined, from: `the vault (from ${from.vault})` }
  if ('rule' in masterKey) problems.push(masterKey)
  if (problems.length > 0 || 'rule' in masterKey) throw new ConfigRefused(problems)
  return { settings, from, masterKey, warnings: [...strangeVariables(env), ...unsentCredentials(settings, from)] }
}

/** What is wrong with what a source says, one line a setting. */
function problemsIn({ nameOf, values }: Source): readonly SettingProblem[] {
  const parsed = settingsSchema.safeParse(values)
  if (parsed.success) return []
  const problems = new Map<string, SettingProblem>()
  for (const issue of parsed.error.issues) {
    const strangers = issue.code === 'unrecognized_keys' ? issue.keys : []
    for (const setting of strangers)
      problems.set(setting, { setting, from: nameOf(setting), rule: 'there is no such setting' })
    if (strangers.length > 0) continue
    const setting = issue.path[0] as SettingName
    const value = showable(values[setting])
    const rule = `must be ${ruleOf(setting)}`
    problems.set(setting, { setting, from: nameOf(setting), rule, ...(value === undefined ? {} : { value }) })
  }
  return [...problems.values()]
}

/** The first source's word on each setting that nothing is wrong with. */
function merged(sources: readonly Source[], wrong: ReadonlySet<string>) {
  const values: Record<string, unknown> = {}
  const from = Object.fromEntries(SETTING_NAMES.map((name) => [name, 'default'])) as Record<SettingName, string>
  for (const name of SETTING_NAMES) {
    const source = wrong.has(name) ? undefined : sources.find(({ values }) => values[name] !== undefined)
    if (!source) continue
    values[name] = source.values[name]
    from[name] = source.nameOf(name)
  }
  return { values, from }
}

/** Without TLS the client leaves out whom the address names, and says nothing. @returns a warning where that is so. */
function unsentCredentials({ store }: Settings, from: Config['from']): readonly string[] {
  if (store === undefined || storeAddress(store).encrypted || !store.includes('@')) return []
  return [`store (from ${from.store}) names a user and says tls=false: the user is not sent over such a connection.`]
}

/** A variable of our name that nothing reads is most likely misspelt. @returns a warning for each. */
export function strangeVariables(env: Environment): readonly string[] {
  const known = new Set<string>([...SETTING_NAMES.map(variableOf), ...Object.keys(OTHER_VARIABLES)])
  return Object.keys(env)
    .filter((name) => name.startsWith('HEARTHBOOK_') && !known.has(name))
    .sort()
    .map((name) => `${name} is set, and nothing reads a variable of that name.`)
}

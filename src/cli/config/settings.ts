import { z } from 'zod'
import { ADDRESS_RULE, storeAddress } from '../../ledger/eventstoredb/address.ts'
import { kebab } from '../flags.ts'
import { vaultShape } from './vault-settings.ts'

const LAST_PORT = 65_535
const DAY_SECONDS = 86_400
const MOST_REQUESTS = 1_000_000
const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const

const port = z.int().min(0).max(LAST_PORT)
const portRule = `a whole number from 0 to ${LAST_PORT}`

/** Everything that can be set about a server, with its default. `rule` is what a wrong value is answered with. */
export const settingsSchema = z.strictObject({
  data: z
    .string()
    .min(1)
    .default('.hearthbook')
    .meta({ description: 'data directory', rule: 'the path of a directory' }),
  store: z.string().refine(isStoreAddress).optional().meta({
    description: 'where the books are, if not in the data directory; it then holds keys and credentials alone',
    rule: ADDRESS_RULE,
  }),
  ...vaultShape,
  host: z
    .string()
    .regex(/^[\w.:%-]+$/)
    .default('127.0.0.1')
    .meta({
      description: 'address to listen on; others than 127.0.0.1 belong behind TLS',
      rule: 'a host name or an IP address',
    }),
  port: port.default(7400).meta({ description: 'port of the API; 0 for any', rule: portRule }),
  metrics: z
    .boolean()
    .default(true)
    .meta({ description: 'whether there is /metrics; --no-metrics for none', rule: 'true or false' }),
  metricsPort: port
    .default(7401)
    .meta({ description: 'port of /metrics, which is for the operator alone; 0 for any', rule: portRule }),
  logLevel: z
    .enum(LOG_LEVELS)
    .default('info')
    .meta({ description: 'how much is logged', rule: `one of ${LOG_LEVELS.join(', ')}` }),
  requestsPerMinute: z
    .int()
    .min(0)
    .max(MOST_REQUESTS)
    .default(600)
    .meta({
      description: 'requests a minute from one address without a token, ten times as many with one; 0 for no limit',
      rule: `a whole number from 0 to ${MOST_REQUESTS}`,
    }),
  masterKeyFile: z.string().min(1).optional().meta({
    description: 'file with the master key, of its owner alone; master.key in the data directory unless given',
    rule: 'the path of a file that holds 32 bytes as base64url or hex, readable by its owner only',
  }),
  timerSeconds: z
    .int()
    .min(1)
    .max(DAY_SECONDS)
    .default(60)
    .meta({
      description: 'seconds between two looks at what falls due by time alone',
      rule: `a whole number from 1 to ${DAY_SECONDS}`,
    }),
  publicUrl: z.string().refine(isBaseUrl).optional().meta({
    description: 'address at which people reach this server, where a proxy stands before it',
    rule: 'an http or https address without user, query or fragment, such as https://book.example.org',
  }),
})

export type Settings = z.output<typeof settingsSchema>
export type SettingName = keyof Settings

/** The names of all settings, as a file has them. */
export const SETTING_NAMES = Object.keys(settingsSchema.shape) as readonly SettingName[]

/** Variables that mean something and are no settings of the server. */
export const OTHER_VARIABLES = {
  HEARTHBOOK_CONFIG: 'path of the JSON file with settings, as --config',
  HEARTHBOOK_MASTER_KEY: 'the master key itself, 32 bytes as base64url or hex, instead of a file',
  HEARTHBOOK_URL: 'for the other verbs: a server instead of a data directory',
  HEARTHBOOK_TOKEN: 'for the other verbs: token for that server',
  HEARTHBOOK_COMMUNITY: 'for the other verbs: which community',
  HEARTHBOOK_TEST_EVENTSTORE: 'for the tests: the address of a store to run them on as well',
  HEARTHBOOK_DEBUG: 'set: errors are printed with where they came from in the code',
} as const

/** `metricsPort` is HEARTHBOOK_METRICS_PORT. */
export function variableOf(setting: SettingName): string {
  return `HEARTHBOOK_${kebab(setting).replaceAll('-', '_').toUpperCase()}`
}

/** What a value of the setting has to be, in words. */
export function ruleOf(setting: SettingName): string {
  return String(settingsSchema.shape[setting].meta()?.rule)
}

function isStoreAddress(text: string): boolean {
  try {
    return storeAddress(text) !== undefined
  } catch {
    return false
  }
}

function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && username === '' && password === '' && !/[?#]/.test(text)
}

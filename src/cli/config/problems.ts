import { CliError, EXIT } from '../exits.ts'
import { counted, shown } from '../output.ts'

/** One thing that is wrong with the settings. */
export interface SettingProblem {
  readonly setting: string
  /** The flag, variable or file that says so. */
  readonly from: string
  readonly rule: string
  /** As it was given; absent where there is none, or where it may be a secret. */
  readonly value?: string
}

/** The settings cannot be used; every reason at once. */
export class ConfigRefused extends CliError {
  readonly problems: readonly SettingProblem[]
  constructor(problems: readonly SettingProblem[]) {
    const lines = problems.map(({ setting, from, rule, value }) =>
      shown(`  ${setting}, from ${from}: ${rule}${value === undefined ? '' : `; it is ${value}`}`),
    )
    super([`${counted(problems.length, 'setting is', 'settings are')} wrong:`, ...lines].join('\n'), EXIT.usage)
    this.problems = problems
  }
}

const LONGEST = 120
// A key, a token or a password that was put where something else belongs is still one.
const MAYBE_SECRET = /[0-9a-f]{64}|[\w-]{43}|hbk_|:\/\/[^/]*@/i

/** A value as it may be shown: undefined where it looks like a secret. */
export function showable(value: unknown): string | undefined {
  const text = JSON.stringify(value) ?? String(value)
  if (MAYBE_SECRET.test(text)) return undefined
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

import type { Command } from 'commander'
import { addSettings, settingsOf } from '../config/flags.ts'
import type { Config } from '../config/load.ts'
import { ConfigRefused, showable } from '../config/problems.ts'
import { SETTING_NAMES } from '../config/settings.ts'
import { Ended } from '../exits.ts'
import { print, printJson } from '../output.ts'
import { addExamples, addJson } from '../shared-options.ts'
import { tableOf } from '../tables.ts'

const HIDDEN = '(not shown)'

/** Adds `config check`: the settings a server would run with, or all that is wrong with them. */
export function addConfigVerb(program: Command): void {
  const config = program.command('config').description('look at the settings of a server')
  const check = config
    .command('check')
    .description(
      'Shows the settings that "serve" with the same flags, environment and file would run with, and where each came ' +
        'from; or all that is wrong with them. Starts and writes nothing.',
    )
  addSettings(addJson(check))
  addExamples(check, 'config check', 'config check --config /etc/hearthbook.json')
  check.action(() => {
    const { json } = check.opts<{ json?: boolean }>()
    try {
      const found = settingsOf(check)
      if (json) printJson(answerOf(found))
      else print(tableOf(rowsOf(found)))
    } catch (error) {
      if (!json || !(error instanceof ConfigRefused)) throw error
      printJson({ sound: false, problems: error.problems })
      throw new Ended(error.exit)
    }
  })
}

function rowsOf({ settings, from, masterKey }: Config) {
  const rows = SETTING_NAMES.map((name) => ({ setting: name, value: shownValue(settings[name]), from: from[name] }))
  return [...rows, { setting: 'masterKey', value: HIDDEN, from: masterKey.from }]
}

function shownValue(value: unknown): string {
  if (value === undefined) return '-'
  return showable(value) === undefined ? HIDDEN : String(value)
}

function answerOf({ settings, from, masterKey, warnings }: Config) {
  const entries = SETTING_NAMES.map((name) => {
    const value = settings[name] ?? null
    return [name, { value: showable(value) === undefined ? HIDDEN : value, from: from[name] }]
  })
  return { sound: true, settings: Object.fromEntries(entries), masterKey: { from: masterKey.from }, warnings }
}

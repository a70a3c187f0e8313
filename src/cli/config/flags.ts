import type { Command } from 'commander'
import { addFlags } from '../flags.ts'
import { note } from '../output.ts'
import { addData } from '../shared-options.ts'
import { type Config, loadConfig, strangeVariables } from './load.ts'
import { SETTING_FLAGS } from './sources.ts'

/** Adds a flag for every setting, and one for the file that has them. */
export function addSettings(verb: Command): Command {
  addData(verb).option('--config <file>', 'JSON file with settings (HEARTHBOOK_CONFIG)')
  addFlags(verb, SETTING_FLAGS)
  return verb.addHelpText(
    'after',
    '\nEach may be set in the environment too (--metrics-port as HEARTHBOOK_METRICS_PORT) or in the file ("metricsPort").\nA flag comes before the environment, and that before the file.',
  )
}

/** The settings that a verb was given, with its warnings told. @throws ConfigRefused with all that is wrong. */
export function settingsOf(verb: Command): Config {
  // First: a misspelt name may be why something else is found wrong.
  const strange = strangeVariables(process.env)
  for (const warning of strange) note(warning)
  const config = loadConfig(verb.opts(), process.env)
  for (const warning of config.warnings) if (!strange.includes(warning)) note(warning)
  return config
}

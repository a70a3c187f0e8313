import type { Command } from 'commander'
import type { MatterReceipt } from '../../engine/receipts.ts'
import { type MatterRecord, verifyMatter } from '../../engine/verify-matter.ts'
import { CliError, Ended, EXIT } from '../exits.ts'
import { jsonFrom } from '../flags.ts'
import { counted, note, print, printJson, shown } from '../output.ts'
import { addExamples, addJson } from '../shared-options.ts'

interface Options {
  readonly json?: boolean
  readonly receipt: readonly string[]
  readonly verifierKey?: string
}

/** Adds `verify-matter`: whether a private matter is whole, from what one of its parties was given. */
export function addVerifyMatterVerb(program: Command): void {
  const verb = program
    .command('verify-matter')
    .description(
      'check offline that a private matter of yours is whole and unchanged, from what `ask my-matter` gave you',
    )
    .argument('<file>', 'the answer of `ask my-matter --json`, or one matter of `export-my-data --json`')
    .option('--receipt <file>', 'a receipt you kept, or the answer it came in; may be repeated', collect, [])
    .option('--verifier-key <key>', 'the key that receipts must be signed with, as you kept it')
  addJson(verb)
  addExamples(verb, 'verify-matter matter.json --receipt mine.json')
  verb.action((file: string) => {
    const options = verb.opts<Options>()
    const records = recordsIn(file)
    const findings = verifyMatter(records, options.receipt.map(receiptIn), options.verifierKey)
    const sound = findings.length === 0
    if (options.json) printJson({ sound, records: records.length, findings })
    else if (sound) print(`The matter is sound: ${counted(records.length, 'record')}.`)
    for (const { matterRevision, message } of options.json ? [] : findings)
      print(`record ${matterRevision}: ${shown(message)}`)
    if (options.receipt.length === 0 && !options.json)
      note('A matter without its last records looks whole by itself: give a receipt you kept.')
    if (!sound) throw new Ended(EXIT.difference)
  })
}

const collect = (path: string, before: readonly string[]) => [...before, path]

function recordsIn(file: string): readonly MatterRecord[] {
  const { records } = (jsonFrom(`@${file}`, file) ?? {}) as { records?: readonly { record?: MatterRecord }[] }
  const given = Array.isArray(records) ? records.flatMap(({ record }) => record ?? []) : []
  if (given.length === 0 || given[0]?.matter === undefined)
    throw new CliError(`${file} holds no private matter.`, EXIT.usage)
  return given
}

function receiptIn(path: string): MatterReceipt {
  const value = jsonFrom(`@${path}`, `The receipt ${path}`) as { receipt?: unknown } | null
  const receipt = (value?.receipt ?? value) as Partial<MatterReceipt> | null
  if (receipt?.book === 'private' && receipt.matter !== undefined && receipt.checkpoint !== undefined)
    return receipt as MatterReceipt
  throw new CliError(`${path} holds no receipt of a private act.`, EXIT.usage)
}

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadMasterKey } from '../../vault/master-key.ts'
import { type SettingProblem, showable } from './problems.ts'
import { ruleOf, type Settings } from './settings.ts'
import type { Environment } from './sources.ts'

/** The master key that a server is to use, where it is not left to the data directory. */
export interface ConfiguredMasterKey {
  /** Never to be printed. */
  readonly text: string | undefined
  /** Where it comes from, in words. */
  readonly from: string
}

/** Finds the master key, without making one. @returns why there is none where there should be. */
export function masterKeyFor(
  { data, masterKeyFile }: Pick<Settings, 'data' | 'masterKeyFile'>,
  fileNamedBy: string,
  env: Environment,
): ConfiguredMasterKey | SettingProblem {
  const given = env.HEARTHBOOK_MASTER_KEY?.trim() || undefined
  const fromVariable = { setting: 'masterKey', from: 'HEARTHBOOK_MASTER_KEY' }
  if (given !== undefined && masterKeyFile !== undefined)
    return { ...fromVariable, rule: `only one of it and masterKeyFile (from ${fileNamedBy}) may be given` }
  if (given !== undefined) {
    const read = tryKey('', given)
    return 'reason' in read ? { ...fromVariable, rule: read.reason } : { text: given, from: 'HEARTHBOOK_MASTER_KEY' }
  }
  if (masterKeyFile !== undefined) return keyInFile(masterKeyFile, fileNamedBy)
  const file = join(data, 'master.key')
  if (!existsSync(file) && !existsSync(join(data, 'vault.db')))
    return { text: undefined, from: `${file}, made at the first start` }
  const read = tryKey(file, undefined)
  return 'reason' in read
    ? { setting: 'masterKey', from: 'default', rule: read.reason }
    : { text: undefined, from: file }
}

function keyInFile(file: string, namedBy: string): ConfiguredMasterKey | SettingProblem {
  const problem = { setting: 'masterKeyFile', from: namedBy }
  const value = showable(file)
  // Somebody put the key itself where its file belongs; the words below would show it.
  if (value === undefined) return { ...problem, rule: `must be ${ruleOf('masterKeyFile')}` }
  if (!existsSync(file)) return { ...problem, rule: 'there is no such file', value }
  const read = tryKey(file, undefined)
  return 'reason' in read
    ? { ...problem, rule: read.reason }
    : { text: read.text, from: `masterKeyFile, from ${namedBy}` }
}

function tryKey(file: string, env: string | undefined): { readonly text: string } | { readonly reason: string } {
  try {
    return { text: loadMasterKey({ file, env }).export().toString('base64url') }
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) }
  }
}

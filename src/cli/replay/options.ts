import type { Command } from 'commander'
import { CliError, EXIT } from '../exits.ts'

export interface ScopeOptions {
  readonly person: readonly string[]
  readonly role: readonly string[]
  readonly circle: readonly string[]
  readonly from?: string
  readonly through?: string
}

const several = (text: string, before: readonly string[]) => [...before, text]

/** Adds the options that say which window, and whom and what it is about. */
export function addScope(verb: Command): Command {
  return verb
    .option('--from <moment>', 'where the window begins: a day (its 00:00 UTC) or an instant (required)')
    .option('--through <moment>', 'where it ends, included: a day (its end) or an instant (required)')
    .option('--person <person>', 'only this person: id, handle or name; may be repeated', several, [])
    .option('--role <role>', 'only this role: id or name; may be repeated', several, [])
    .option('--circle <circle>', 'only this circle: id, key or name; may be repeated', several, [])
}

export function scopeOf({ person, role, circle }: ScopeOptions) {
  return { person, role, circle }
}

/** The window that was asked for. @throws CliError where it was not. */
export function windowOf({ from, through }: ScopeOptions): { readonly from: string; readonly through: string } {
  if (from === undefined || through === undefined)
    throw new CliError('Say which window: --from and --through.', EXIT.usage)
  return { from, through }
}

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { CliError, Ended, EXIT } from '../exits.ts'
import { addExamples, addJson } from '../shared-options.ts'

/** Adds `bench`: the measurements of the checkout, which the published package leaves out. */
export function addBenchVerb(program: Command): void {
  const verb = addJson(
    program
      .command('bench')
      .summary('measure against limits and peers')
      .description(
        'Measures durable commands, replay and a roster against peers in the same run, and shows ratios. What "npm run bench" runs; in a checkout only.',
      ),
  )
  addExamples(verb, 'bench', 'bench --json')
  verb.action(() => {
    const file = fileURLToPath(new URL('../../../bench/main.ts', import.meta.url))
    if (!existsSync(file))
      throw new CliError('The measurements are in the checkout, not in the published package.', EXIT.usage)
    const { json } = verb.opts<{ json?: boolean }>()
    const { status } = spawnSync(process.execPath, [file, ...(json ? ['--json'] : [])], { stdio: 'inherit' })
    if (status !== 0) throw new Ended(EXIT.difference)
  })
}

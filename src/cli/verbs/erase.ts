import type { Command } from 'commander'
import type { Registry } from '../../kernel/registry.ts'
import { CliError, EXIT } from '../exits.ts'
import { print, printJson } from '../output.ts'
import { addCommunity, addExamples, addJson, addWhere, type SharedOptions, withCommunity } from '../shared-options.ts'
import { personIdOf } from './do.ts'

interface Options extends SharedOptions {
  readonly person: string
  readonly onRequest?: boolean
}

/** Adds `erase`: a person's names can never be read again. */
export function addEraseVerb(program: Command, registry: Registry): void {
  const verb = program
    .command('erase')
    .summary('destroy the key of a person, on their request')
    .description(
      'Destroys the key of a person who never joined, on their request: their names can never be read again, here or in ' +
        'any copy. Who held what when stays, under an id. There is no way back.',
    )
    .requiredOption('--person <person>', 'whom: id, handle or name')
    .option('--on-request', 'says that the person asked for it; without it nothing is done')
  addWhere(addCommunity(addJson(verb)))
  addExamples(verb, 'erase --on-request --person ericchiang --community kubernetes')
  verb.action(async () => {
    const options = verb.opts<Options>()
    if (!options.onRequest)
      throw new CliError('A person is erased only on their own request: say so with --on-request.', EXIT.usage)
    await withCommunity(registry, options, async ({ client }, community) => {
      const personId = await personIdOf(client, community, options.person)
      const answer = await client.command(community, 'ErasePersonalData', { personId, onRequest: true })
      if (options.json) printJson(answer)
      else
        print(
          `Erased: ${personId}. Their key is destroyed; backups of the vault made before still hold it, so destroy those too.`,
        )
    })
  })
}

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Client } from '../client.ts'
import { CliError, EXIT } from '../exits.ts'
import { importFiles } from '../import/run.ts'
import { note } from '../output.ts'
import { actInGarden } from './garden-acts.ts'

/** The communities the demo shows, imported where they are not there yet. */
export async function bringExamples(client: Client, there: readonly string[]): Promise<void> {
  const examples = examplesFolder()
  const file = (name: string) => join(examples, name)
  if (await wanted(client, there, 'kubernetes')) {
    await importFiles(
      client,
      [file('kubernetes/kubernetes.circles.jsonl'), file('kubernetes/kubernetes.jsonl')],
      {
        community: 'kubernetes',
        name: 'Kubernetes',
        public: true,
        basis: 'reconstructed',
        map: file('kubernetes/map.json'),
      },
      nowhere,
    )
  }
  if (await wanted(client, there, 'garden')) {
    const options = { community: 'garden', name: 'Linden Street Garden', public: true }
    await importFiles(client, [file('garden/circles.jsonl'), file('garden/holdings.jsonl')], options, nowhere)
    await actInGarden(client)
  }
}

/** An import that somebody took back is not to come again with the next start; one that was cut short is to go on. */
async function wanted(client: Client, there: readonly string[], community: string): Promise<boolean> {
  if (!there.includes(community)) {
    note(`Importing the example "${community}" …`)
    return true
  }
  const { count } = await client.ask(community, 'audit', { type: 'ImportWithdrawn', limit: 1 })
  return count === 0
}

const nowhere = () => Promise.reject(new CliError('no community is named', EXIT.usage))

/** The folder with the examples, beside the package's own description whether it was built or not. */
export function examplesFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return join(folder, 'examples')
    if (folder === dirname(folder)) throw new CliError('The examples are not part of this installation.', EXIT.notFound)
  }
}

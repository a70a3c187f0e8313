import type { Command } from 'commander'
import type { Registry } from '../../kernel/registry.ts'
import { print, printJson } from '../output.ts'
import { addJson, addWhere, type SharedOptions, withConnection } from '../shared-options.ts'
import { tableOf } from '../tables.ts'

/** Adds `communities`: which there are. */
export function addCommunitiesVerb(program: Command, registry: Registry): void {
  const verb = addWhere(addJson(program.command('communities').description('list the communities')))
  verb.action(async () => {
    const options = verb.opts<SharedOptions>()
    await withConnection(registry, options, async ({ client, communities }) => {
      const list = []
      for (const id of await communities()) {
        const { name, members, knownPeople, circles, head } = await client.ask(id, 'community')
        list.push({ community: id, name, members, knownPeople, circles, records: (head?.revision ?? -1) + 1 })
      }
      if (options.json) printJson({ communities: list })
      else print(list.length === 0 ? 'There is no community yet.' : tableOf(list as Record<string, string | number>[]))
    })
  })
}

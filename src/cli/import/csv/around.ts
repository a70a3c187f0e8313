import type { Client } from '../../client.ts'
import type { Around } from './claims.ts'
import type { KnownPerson } from './people.ts'

interface Circle {
  readonly id: string
  readonly key: string | null
  readonly name: string
}

/** What a community knows; of one that is yet to be founded, its name alone. */
export async function aroundOf(
  client: Client,
  community: string,
  { exists, name }: { readonly exists: boolean; readonly name: string | undefined },
): Promise<Around> {
  if (!exists) return { whole: { key: community, name: name ?? community }, people: [], circles: [], roles: [] }
  const [itself, people, circles, roles] = await Promise.all([
    client.ask(community, 'community'),
    client.ask(community, 'people'),
    client.ask(community, 'circles'),
    client.ask(community, 'roles'),
  ])
  const known = (circles.circles as readonly Circle[]).map(({ id, key, name: called }) => ({
    ref: key ?? id,
    name: called,
  }))
  const whole = { key: community, name: String(itself.name ?? community) }
  return {
    whole: { ...whole, name: known.find(({ ref }) => ref === community)?.name ?? whole.name },
    people: people.people as readonly KnownPerson[],
    circles: known,
    roles: [...new Set((roles.roles as readonly { readonly name: string }[]).map(({ name: called }) => called))],
  }
}

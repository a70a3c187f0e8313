// Serves a data directory over HTTP until it is killed, and prints one line: where, and tokens to speak with.
import 'reflect-metadata'
import type { AddressInfo } from 'node:net'
import { openHearthbook } from '../../../src/composition/wiring.ts'
import { buildApp } from '../../../src/http/app.ts'
import { perform } from '../../support/engine.ts'

const PERSON = `person_${'a'.repeat(22)}`

const [directory = '', community = ''] = process.argv.slice(2)
const { engine, registry, identity, clock } = await openHearthbook({ store: { directory } })

if (!(await engine.community(community)).standing.founded) {
  await perform(engine, community, 'FoundCommunity', { community, name: 'Hearth' })
  const actor = { kind: 'person', personId: PERSON } as const
  await perform(engine, community, 'JoinCommunity', { displayName: 'Ana' }, { actor })
}
const expiresAt = new Date(clock() + 3_600_000).toISOString()
const person = await identity.issue({
  kind: 'person',
  community,
  personId: PERSON,
  scopes: ['read', 'act'],
  expiresAt,
})
const operator = await identity.issue({ kind: 'operator', expiresAt })

const app = await buildApp({ engine, registry, identity, clock, requestsPerMinute: 0 })
await app.listen({ host: '127.0.0.1', port: 0 })
const { port } = app.server.address() as AddressInfo
process.stdout.write(`${JSON.stringify({ port, person: person.token, operator: operator.token })}\n`)

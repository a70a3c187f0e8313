import type { FastifyInstance } from 'fastify'
import type { Engine } from '../../src/engine/engine.ts'
import type { Outcome } from '../../src/engine/submission.ts'
import { buildApp } from '../../src/http/app.ts'
import { addressOf, pathFields } from '../../src/http/commands.ts'
import type { AnyCommand } from '../../src/kernel/define-command.ts'
import type { NewEvent } from '../../src/kernel/define-event.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import type { How, Scenario } from './scenario.ts'

const HOUR = 3_600_000

/** Gives a command through the HTTP API and reads back what it came to. */
export async function sendOverHttp(
  scenario: Scenario,
  command: AnyCommand,
  input: Readonly<Record<string, unknown>>,
  by: string,
  how: How,
): Promise<Outcome> {
  const { identity, community } = scenario
  const app = await appOf(scenario)
  const inPath = pathFields(command.http.path)
  const body = Object.fromEntries(Object.entries(input).filter(([name]) => !inPath.includes(name)))
  if (command.redeems !== undefined) {
    const personId = String(body[command.redeems])
    delete body[command.redeems]
    const expiresAt = new Date(scenario.now + HOUR).toISOString()
    body.link = (await identity.makeLink({ community, personId, expiresAt, madeBy: 'operator' })).link
  }
  const address = addressOf(command.http).replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(name === 'community' ? community : input[name])),
  )
  const response = await app.inject({
    method: 'POST',
    url: `${address}${how.dryRun ? '?dryRun=true' : ''}`,
    headers: {
      authorization: `Bearer ${await credentialOf(scenario, by)}`,
      'idempotency-key': how.key ?? '',
      ...(how.ifMatch === undefined ? {} : { 'if-match': `"${how.ifMatch}"` }),
    },
    payload: {
      ...body,
      ...(how.effectiveAt === undefined ? {} : { effectiveAt: how.effectiveAt }),
      ...(how.capacity === undefined ? {} : { capacity: how.capacity }),
    },
  })
  const answer = response.json()
  if (response.statusCode >= 400) {
    const { code, detail: message, facts = {}, pointer } = answer
    return { kind: 'refused', refusal: { refused: true, code, message, facts, pointer } }
  }
  if (how.dryRun) return { kind: 'dry-run', events: answer.events as NewEvent[], warnings: answer.warnings }
  const events = await written(
    scenario,
    (answer.events as { id: string }[]).map(({ id }) => id),
  )
  return { kind: 'done', events, repeated: response.statusCode === 200, receipt: answer.receipt ?? undefined }
}

const apps = new WeakMap<Engine, Promise<FastifyInstance>>()

/** The application of a scenario's engine. It listens nowhere and holds nothing that would have to be closed. */
function appOf(scenario: Scenario): Promise<FastifyInstance> {
  const { engine, identity, registry } = scenario
  const known = apps.get(engine)
  if (known) return known
  const app = buildApp({ engine, registry, identity, clock: () => scenario.now, requestsPerMinute: 0 })
  apps.set(engine, app)
  return app
}

async function credentialOf({ identity, community, now }: Scenario, by: string): Promise<string> {
  const expiresAt = new Date(now + HOUR).toISOString()
  if (by === 'operator') return (await identity.issue({ kind: 'operator', expiresAt })).token
  if (by.startsWith('service:')) {
    const scopes = ['read', 'import', 'found'] as const
    return (await identity.issue({ kind: 'service', community, label: by.slice(8), scopes, expiresAt })).token
  }
  const { link } = await identity.makeLink({ community, personId: by, expiresAt, madeBy: 'operator' })
  const signedIn = await identity.signIn(link)
  if (!signedIn) throw new Error(`${by} cannot sign in`)
  return signedIn.session
}

async function written(scenario: Scenario, ids: readonly string[]): Promise<readonly RecordedEvent[]> {
  const records = [...(await scenario.records()), ...(await scenario.records('private'))]
  const events = records.map(({ text }) => JSON.parse(text) as RecordedEvent)
  return ids.flatMap((id) => events.find((event) => event.id === id) ?? [])
}

import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openHearthbook } from '../../src/composition/wiring.ts'
import { HotCommunity } from '../../src/engine/hot-community.ts'
import { buildApp } from '../../src/http/app.ts'
import { perform } from '../support/engine.ts'

const CLIENTS = 64
const COMMUNITY = 'hearth'

it(`of ${CLIENTS} who say yes to the last seat at once, one has it and all others hear the same`, {
  timeout: 120_000,
}, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'hearthbook-seat-'))
  const open = async () => {
    const hearthbook = await openHearthbook({ store: { directory } })
    const { engine, registry, identity, clock } = hearthbook
    const app = await buildApp({ engine, registry, identity, clock, requestsPerMinute: 0 })
    await app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = app.server.address() as AddressInfo
    return { hearthbook, app, url: `http://127.0.0.1:${port}/v1/communities/${COMMUNITY}` }
  }
  let { hearthbook, app, url } = await open()
  try {
    const people = Array.from({ length: CLIENTS }, (_, i) => `person_${String(i).padStart(22, 'p')}`)
    const as = (personId: string) => ({ actor: { kind: 'person', personId } as const })
    const [first = ''] = people
    await perform(hearthbook.engine, COMMUNITY, 'FoundCommunity', { community: COMMUNITY, name: 'Hearth' })
    const act = (who: string, name: string, input: object) =>
      perform(hearthbook.engine, COMMUNITY, name, input, as(who))
    for (const who of people) await act(who, 'JoinCommunity', { displayName: who.slice(-4) })
    const idOf = ({ events }: Awaited<ReturnType<typeof act>>, field: string) =>
      ((events[0]?.data ?? {}) as Record<string, string>)[field] ?? ''
    const circleId = idOf(await act(first, 'FormCircle', { name: 'Kitchen', purpose: 'Food' }), 'circleId')
    const roleId = idOf(await act(first, 'DefineRole', { circleId, name: 'cook', purpose: 'Cooks' }), 'roleId')
    const sessions = new Map<string, string>()
    const asks = new Map<string, string>()
    for (const who of people) {
      asks.set(who, idOf(await act(first, 'OfferRole', { roleId, toId: who }), 'askId'))
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
      const { link } = await hearthbook.identity.makeLink({
        community: COMMUNITY,
        personId: who,
        expiresAt,
        madeBy: 'operator',
      })
      sessions.set(who, (await hearthbook.identity.signIn(link))?.session ?? '')
    }
    const accept = async (who: string) => {
      const response = await fetch(`${url}/roles/${roleId}/acceptances`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${sessions.get(who)}`,
          'content-type': 'application/json',
          'idempotency-key': `yes-of-${who}`,
        },
        body: JSON.stringify({ askId: asks.get(who) }),
      })
      return { who, status: response.status, body: (await response.json()) as Record<string, unknown> }
    }
    const answers = await Promise.all(people.map(accept))
    const winners = answers.filter(({ status }) => status === 201)
    expect(winners).toHaveLength(1)
    const others = answers.filter(({ status }) => status !== 201)
    const told = new Set(others.map(({ status, body: { requestId: _, ...body } }) => JSON.stringify([status, body])))
    expect([...told]).toHaveLength(1)
    expect(others[0]).toMatchObject({ status: 422, body: { code: 'NO_FREE_SEAT' } })
    const live = await (await hearthbook.engine.community(COMMUNITY)).digests()
    expect(await (await HotCommunity.load(COMMUNITY, hearthbook.engine.parts)).digests()).toEqual(live)
    const [winner] = winners
    await app.close()
    await hearthbook.close()
    ;({ hearthbook, app, url } = await open())
    const again = await accept(winner?.who ?? '')
    expect(again).toMatchObject({
      status: 200,
      body: { events: winner?.body.events, result: winner?.body.result, receipt: winner?.body.receipt },
    })
    const late = await accept(others[0]?.who ?? '')
    expect(late.body.code).toBe('NO_FREE_SEAT')
    expect(await (await hearthbook.engine.community(COMMUNITY)).digests()).toEqual(live)
  } finally {
    await app.close()
    await hearthbook.close()
    rmSync(directory, { recursive: true, force: true })
  }
})

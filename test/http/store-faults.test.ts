import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { HASTY, opened, started } from '../ledger/eventstoredb/opened.ts'
import { ANSWERS } from '../support/eventstore-stand-in/faults.ts'
import type { StandIn } from '../support/eventstore-stand-in/stand-in.ts'
import { TestServer } from '../support/http.ts'

const AT = '/v1/communities/hearth'
const STREAM = 'hearthbook-hearth'

let standIn: StandIn
let server: TestServer
beforeEach(async () => {
  standIn = await started()
  server = await TestServer.start('2026-03-10T12:00:00Z', [], opened(standIn, HASTY))
  onTestFinished(() => server.close())
  expect((await server.post('/v1/communities', { community: 'hearth', name: 'The hearth' })).status).toBe(201)
})

const row = { circle: 'garden', name: 'The garden', kind: 'crew', from: '2020', source: 'the minutes' }
const imports = (key: string) =>
  server.post(`${AT}/imports/${key}/circles`, { rows: [row] }, undefined, { 'idempotency-key': key })
const written = () => standIn.log.stream(STREAM).length

describe('stand-in: a command whose append goes wrong', () => {
  it('is answered once and stored once where the store swallows its answer', async () => {
    const before = written()
    standIn.plan('append', { carriedOut: true, ends: 'silence' })
    const key = randomUUID()
    const answer = await imports(key)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    expect(standIn.hasNothingPlanned).toBe(true)
    const events = answer.body.events.length
    expect(written()).toBe(before + events)
    const again = await imports(key)
    expect([again.status, again.body.events]).toEqual([200, answer.body.events])
    expect(written()).toBe(before + events)
  })

  it.each([true, false])(
    'is refused, and the same again with its key settles it (carried out: %s)',
    async (carriedOut) => {
      const before = written()
      const gone = { carriedOut, ends: ANSWERS.unavailable }
      standIn.plan('append', [gone, gone])
      const key = randomUUID()
      const refused = await imports(key)
      expect([refused.status, refused.body.code]).toEqual([503, 'STORE_UNAVAILABLE'])
      const answer = await imports(key)
      // What was written is told as a repetition, what was not is done now.
      expect(answer.status, JSON.stringify(answer.body)).toBe(carriedOut ? 200 : 201)
      expect(written()).toBe(before + answer.body.events.length)
    },
  )

  it('is refused while the store is gone, and questions about what is known are answered', async () => {
    await standIn.gate.shut()
    const key = randomUUID()
    expect((await imports(key)).status).toBe(503)
    await standIn.gate.open()
    await expect.poll(async () => (await imports(key)).status).toBe(201)
    expect((await server.get(AT)).status).toBe(200)
  })
})

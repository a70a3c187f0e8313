import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyBook } from '../../src/ledger/proofs/verify-book.ts'
import { type Answer, TestServer } from '../support/http.ts'

const at = '/v1/communities/tidepool'
const row = (memberId: string, from: string, to: string | null) => ({
  memberId,
  memberName: memberId,
  role: 'kitty_keeper',
  circle: 'house',
  from,
  to,
  source: 'minutes of the house meeting',
})

describe('who held the kitty, as told before and after a correction that both attest', () => {
  let server: TestServer
  const held: Record<string, string[]> = {}
  const holders = async (query: string) =>
    (
      (await server.get(`${at}/holders?role=kitty_keeper&${query}`)).body.holders as { person: { handle: string } }[]
    ).map(({ person }) => person.handle)
  const eventOf = async (
    handle: string,
    type: string,
  ): Promise<{ id: string; data: Record<string, unknown>; hash: string; revision: number }> =>
    (await server.get(`${at}/audit?person=${handle}&type=${type}`)).body.entries.at(-1)

  let dee = ''
  let eli = ''
  let deeEvent: Awaited<ReturnType<typeof eventOf>>
  let proposal: Answer
  let textBefore = ''

  beforeAll(async () => {
    server = await TestServer.start('2026-01-01T09:00:00Z')
    await server.post('/v1/communities', { community: 'tidepool', name: 'Tidepool' })
    await server.post(`${at}/imports/rolls/circles`, { rows: [{ circle: 'house', name: 'House', from: '2025-01-01' }] })
    await server.post(`${at}/imports/rolls/holdings`, { rows: [row('dee', '2026-01-01', null)] })
    await server.at('2026-04-02T09:00:00Z')
    await server.post(`${at}/imports/rolls-2/holdings`, {
      rows: [row('dee', '2026-01-01', '2026-04-01'), row('eli', '2026-04-01', null)],
    })
    for (const handle of ['dee', 'eli']) {
      const { body } = await server.get(`${at}/people?handle=${handle}`)
      const token = await server.tokenFor('tidepool', body.people[0].id)
      await server.post(`${at}/members`, { displayName: handle }, token)
      if (handle === 'dee') dee = token
      else eli = token
    }
    await server.at('2026-05-10T09:00:00Z')
    deeEvent = await eventOf('dee', 'HoldingReimported')
    textBefore = await textAt(deeEvent.revision)
    const reason = 'Eli was doing it from the middle of March already.'
    const own = await server.post(
      `${at}/events/${deeEvent.id}/corrections`,
      { replacement: { ...deeEvent.data, to: '2026-03-15' }, reason },
      dee,
    )
    expect(own.body.result.outcome).toBe('corrected')
    const eliEvent = await eventOf('eli', 'HoldingImported')
    proposal = await server.post(`${at}/events/${eliEvent.id}/corrections`, {
      replacement: { ...eliEvent.data, from: '2026-03-15' },
      reason,
    })
    held['before the attestation'] = await holders('asOf=2026-03-20')
    const attested = await server.post(`${at}/events/${proposal.body.result.correctionEventId}/attestations`, {}, eli)
    expect(attested.body.result.corrected).toBe(true)
    await server.at('2026-05-15T09:00:00Z')
  })
  afterAll(() => server.close())

  async function textAt(revision: number): Promise<string> {
    for await (const page of server.hearthbook.ledgers.read(
      { community: 'tidepool', book: 'open' },
      { from: revision, to: revision },
    )) {
      for (const record of page) return record.text
    }
    return ''
  }

  it.each([
    ['2026-03-10', '2026-04-15', ['dee']],
    ['2026-03-20', '2026-04-15', ['dee']],
    ['2026-04-05', '2026-04-15', ['eli']],
    ['2026-03-10', '2026-05-15', ['dee']],
    ['2026-03-20', '2026-05-15', ['eli']],
    ['2026-04-05', '2026-05-15', ['eli']],
  ])('on %s, as known on %s: %j', async (asOf, asKnownAt, expected) => {
    expect(await holders(`asOf=${asOf}&asKnownAt=${asKnownAt}`)).toEqual(expected)
  })

  it("a correction of another member's interval is proposed, and changes nothing until they attest", () => {
    expect(proposal.body.result.outcome).toBe('proposed')
    expect(proposal.body.result.needs).toHaveLength(1)
    expect(held['before the attestation']).toEqual([])
  })

  it('nobody but those it needs can attest it', async () => {
    const refused = await server.post(`${at}/events/${proposal.body.result.correctionEventId}/attestations`, {}, dee)
    expect(refused.status).toBe(403)
    expect(refused.body.code).toBe('NOT_YOURS_TO_ATTEST')
  })

  it('the record stands byte for byte, the trail shows the correction beside it, and the book verifies', async () => {
    expect(await textAt(deeEvent.revision)).toBe(textBefore)
    const { event } = (await server.get(`${at}/events/${deeEvent.id}`)).body
    expect(event.data.to).toBe('2026-04-01')
    expect(event.remarks.map((remark: { type: string }) => remark.type)).toEqual(['RecordCorrected'])
    const id = { community: 'tidepool', book: 'open' } as const
    expect((await verifyBook(id, server.hearthbook.ledgers.read(id))).findings).toEqual([])
  })

  it('before the first record nothing is recorded yet', async () => {
    const { body } = await server.get(`${at}/holders?asOf=2026-03-20&asKnownAt=2025-12-31`)
    expect(body.record).toBe('nothing-recorded-yet')
    expect(body.holders).toEqual([])
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client } from '../../src/cli/client.ts'
import { mattersAnnex, namesAnnex } from '../../src/cli/packet/attachments.ts'
import { parsePacket } from '../../src/cli/packet/packet-file.ts'
import { injectTransport } from '../../src/cli/transport.ts'
import { TestServer } from '../support/http.ts'
import { HttpCommunity } from '../support/http-community.ts'
import { aRole, offered, takes } from '../support/lived-roles.ts'
import { packetOf } from '../support/packets.ts'
import { readAll } from '../support/records.ts'
import { personNamed } from '../support/scenario.ts'

const [ada, ben, cyd] = [personNamed('ada'), personNamed('ben'), personNamed('cyd')]
const WINDOW = { from: '2026-03-01', through: '2026-03-31' }
const QUERY = `from=${WINDOW.from}&through=${WINDOW.through}`

describe('a replay with the private matters of whoever asks', () => {
  let server: TestServer
  let there: HttpCommunity
  let roleId: string
  let otherRoleId: string
  let askId: string
  const mattersOf = async (by: string, more = '') =>
    ((await there.asks(by, `/mine/replay?${QUERY}${more}`)).body.matters as { matter: string }[]).map(
      ({ matter }) => matter,
    )

  beforeAll(async () => {
    server = await TestServer.start('2026-03-10T09:00:00Z')
    there = await HttpCommunity.found(server, 'hearth', [ada, ben, cyd])
    roleId = await aRole(there, ada, { name: 'cook' })
    otherRoleId = await aRole(there, ada, { name: 'herald' })
    await takes(there, roleId, ada, cyd)
    askId = await offered(there, otherRoleId, ada, ben)
    await there.does(ben, 'DeclineAsk', { askId, note: 'Not this year.' })
  })
  afterAll(() => server.close())

  it('shows each party their own, of the window and of what they named, and nobody else any', async () => {
    expect(await mattersOf(ben)).toEqual([askId])
    expect(await mattersOf(ben, `&role=${otherRoleId}`)).toEqual([askId])
    expect(await mattersOf(ben, `&role=${roleId}`)).toEqual([])
    expect(await mattersOf(ada)).toHaveLength(2)
    expect(await mattersOf(cyd)).toHaveLength(1)
    const earlier = await there.asks(ben, '/mine/replay?from=2026-01-01&through=2026-02-28')
    expect(earlier.body.matters).toEqual([])
    expect(earlier.headers['cache-control']).toBe('no-store')
  })

  it('leaves no trace of them in the open walk and in a packet', async () => {
    const walk = JSON.stringify((await there.asks(cyd, `/replay?${QUERY}`)).body)
    const book = await readAll(server.hearthbook.ledgers, { community: 'hearth', book: 'open' })
    const packet = await packetOf({ community: 'hearth', ...WINDOW }, book, server.hearthbook.registry)
    for (const text of [walk, packet]) {
      expect(text).not.toContain(askId)
      expect(text).not.toMatch(/AskDeclined|RoleOffered|Not this year/)
    }
  })

  it('puts them into a party’s own copy alone, and names only into an annex', async () => {
    const { registry, ledgers } = server.hearthbook
    const book = await readAll(ledgers, { community: 'hearth', book: 'open' })
    const packet = await packetOf({ community: 'hearth', ...WINDOW, roles: [otherRoleId] }, book, registry)
    const { header } = parsePacket(packet, 'it')
    const as = async (by: string) => new Client(registry, injectTransport(server.app), await there.session(by))
    expect((await mattersAnnex(await as(ben), header)).join('\n')).toContain('Not this year.')
    expect((await mattersAnnex(await as(cyd), header)).join('\n')).toContain('None in this window.')
    const all = await packetOf({ community: 'hearth', ...WINDOW }, book, registry)
    const names = await namesAnnex(await as(cyd), parsePacket(all, 'it').header, all)
    expect(names.join('\n')).toMatch(/P\d is ada[\s\S]*P\d is cyd|P\d is cyd[\s\S]*P\d is ada/)
  })
})

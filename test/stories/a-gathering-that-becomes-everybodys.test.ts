import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { day } from '../projections/lived.ts'
import { TestServer } from '../support/http.ts'
import { HttpCommunity } from '../support/http-community.ts'
import { personNamed } from '../support/scenario.ts'

const PEOPLE = ['ana', 'ben', 'chi', 'dee', 'eli', 'fay'] as const
const [ana, ben, chi, dee, eli, fay] = PEOPLE.map(personNamed) as [string, string, string, string, string, string]

const camp = { kind: 'gathering', title: 'Summer camp', purpose: 'To find out how we live together.' }
const instant = (n: number) => new Date(Date.parse('2026-01-05T00:00:00Z') + n * 86_400_000).toISOString()

let server: TestServer
let tidepool: HttpCommunity
let invitationId = ''

/** The people of an answer, by their names. */
const names = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name)
const gatheringOn = async (n: number) =>
  (await tidepool.asks(chi, `/gatherings/${invitationId}?asOf=${instant(n)}`)).body

beforeAll(async () => {
  server = await TestServer.start('2026-01-05T00:00:00Z')
  tidepool = await HttpCommunity.found(server, 'tidepool', [ana, ben, chi, dee, eli, fay])
})
afterAll(() => server.close())

describe('a gathering that becomes everybody’s (story 1)', () => {
  it('Ana invites everybody; nobody invites in the name of another, and Ben joins by his own act', async () => {
    const form = { ...camp, startsAt: day(30), endsAt: day(33) }
    const refused = await tidepool.sends(ana, 'ProposeInvitation', { ...form, inviterIds: [ana, ben] })
    expect(refused).toMatchObject({ status: 422, body: { code: 'INVITER_NOT_AGREED', facts: { inviterIds: [ben] } } })
    const invited = await tidepool.does(ana, 'ProposeInvitation', form)
    expect(invited.respondBy).toBe(instant(14))
    invitationId = invited.invitationId ?? ''
    await tidepool.does(ben, 'JoinAsInviter', { invitationId })
  })

  it('nobody is made to come', async () => {
    await server.at(instant(1))
    const coerced = { ...camp, startsAt: day(30), endsAt: day(33), consequenceIfDeclined: 'no vote' }
    const { status, body } = await tidepool.sends(ana, 'ProposeInvitation', coerced)
    expect({ status, code: body.code, facts: body.facts }).toEqual({
      status: 422,
      code: 'COERCIVE_INVITATION',
      facts: { field: 'consequenceIfDeclined' },
    })
  })

  it('Chi, Dee and Eli say yes; Fay says no, which stands in no open book and in no answer', async () => {
    await server.at(instant(2))
    for (const guest of [chi, dee, eli]) await tidepool.does(guest, 'AcceptInvitation', { invitationId })
    await server.at(instant(3))
    const board = async () => (await tidepool.asks(ana, '/invitations')).body
    const before = await board()
    const { matter } = await tidepool.does(fay, 'DeclineInvitation', { invitationId })
    expect(await board()).toEqual(before)
    expect(before.invitations[0].yeses.map(({ person }: { person: { name: string } }) => person.name)).toEqual([
      'chi',
      'dee',
      'eli',
    ])
    expect((await tidepool.asks(fay, `/mine/matters/${matter}`)).body.records).toMatchObject([
      { type: 'InvitationDeclined', actor: fay },
    ])
    expect((await tidepool.asks(ana, `/mine/matters/${matter}`)).status).toBe(404)
  })

  it('Fay is not asked again so soon, whatever she said', async () => {
    await server.at(instant(5))
    const again = { ...camp, startsAt: day(30), endsAt: day(33), toIds: [fay] }
    const { status, body } = await tidepool.sends(ana, 'ProposePersonalInvitation', again)
    expect({ status, code: body.code, facts: body.facts }).toEqual({
      status: 422,
      code: 'REINVITE_TOO_SOON',
      facts: { toId: fay, until: instant(14) },
    })
  })

  it('Ana and Ben say what they gave before it', async () => {
    await server.at(instant(29))
    const gave = (hours: number) => ({ invitationId, phase: 'preparation', hours, what: 'Found a field.' })
    await tidepool.does(ana, 'RecordContribution', gave(20))
    await tidepool.does(ben, 'RecordContribution', gave(10))
    expect(await gatheringOn(29)).toMatchObject({ state: 'to-come', openedAt: null, hours: 30 })
  })

  it('it opens by its date, Ana and Ben hosting', async () => {
    await server.at(instant(30))
    const open = await gatheringOn(30)
    expect(open).toMatchObject({ state: 'open', openedAt: day(30), home: null })
    expect(names(open.hosts)).toEqual(['ana', 'ben'])
    expect(names(open.guests)).toEqual(['chi', 'dee', 'eli'])
  })

  it('a host makes everybody at home, and Chi, Dee and Eli take it up', async () => {
    await server.at(instant(31))
    const early = await tidepool.sends(eli, 'MakeYourselfAtHome', { invitationId })
    expect(early.body).toMatchObject({ code: 'NOT_A_HOST' })
    const home = await tidepool.does(ana, 'MakeYourselfAtHome', { invitationId })
    expect(home).toMatchObject({ formerHostIds: [ana, ben], presentIds: [ana, ben, chi, dee, eli] })
    for (const guest of [chi, dee, eli]) await tidepool.does(guest, 'TakeUpHome', { invitationId })
    expect(names((await gatheringOn(31)).home.takenUp)).toEqual(['ana', 'ben', 'chi', 'dee', 'eli'])
    expect((await gatheringOn(30.5)).home).toBeNull()
  })

  it('a former guest may close it', async () => {
    await server.at(instant(32))
    const at = `/v1/communities/tidepool/gatherings/${invitationId}/closing?dryRun=true`
    const { status, body } = await server.post(at, {}, await tidepool.session(chi))
    expect(status).toBe(200)
    expect(body.events).toMatchObject([{ type: 'GatheringClosed' }])
    expect((await tidepool.sends(fay, 'CloseGathering', { invitationId })).body).toMatchObject({ code: 'NOT_PRESENT' })
  })

  it('it closes by its date, and who was there stays to be read', async () => {
    await server.at(instant(33))
    const over = await gatheringOn(33)
    expect(over).toMatchObject({ state: 'over', closedAt: day(33) })
    expect([...names(over.hosts), ...names(over.guests)]).toEqual(['ana', 'ben', 'chi', 'dee', 'eli'])
    expect(await gatheringOn(32.9)).toMatchObject({ state: 'open', closedAt: null })
  })

  it('every step is there, as it was known at the time', async () => {
    const known = async (n: number) =>
      (await tidepool.asks(chi, `/gatherings/${invitationId}?asOf=${instant(40)}&asKnownAt=${instant(n)}`)).body
    expect((await known(2.5)).contributions).toEqual([])
    expect((await known(29.5)).hours).toBe(30)
    expect(await known(0.5)).toMatchObject({ openedAt: null, state: 'over' })
    expect((await known(40)).home.takenUp).toHaveLength(5)
  })
})

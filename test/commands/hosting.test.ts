import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { invites, invitesByName, invitesToGather, offersHosting, saysYes } from '../support/hosting.ts'
import { TestServer } from '../support/http.ts'
import { HttpCommunity } from '../support/http-community.ts'
import { personNamed } from '../support/scenario.ts'

const PEOPLE = ['ada', 'ben', 'cyd', 'dov', 'eve', 'fay', 'gil'].map(personNamed)
const [ada, ben, cyd, dov, eve, fay, gil] = PEOPLE as [string, string, string, string, string, string, string]

let server: TestServer
let there: HttpCommunity
let communities = 0
beforeAll(async () => {
  server = await TestServer.start('2026-03-01T09:00:00Z')
})
afterAll(() => server.close())
beforeEach(async () => {
  there = await HttpCommunity.found(server, `hosts-${communities++}`, PEOPLE)
})

const invitation = async (id: string) => (await there.asks(gil, `/invitations/${id}`)).body
const gathering = async (id: string) => (await there.asks(gil, `/gatherings/${id}`)).body
const named = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name)
/** A gathering of Ada's from tomorrow on, for two days. */
const camp = () => invitesToGather(there, ada, there.day(1), there.day(3))

describe('a yes', () => {
  it('is to the dates there are: after a move it is said again, also when the time to answer has passed', async () => {
    const invitationId = await invitesToGather(there, ada, there.day(20), there.day(22))
    await saysYes(there, ben, invitationId)
    await there.later(16)
    const dates = { startsAt: there.day(5), endsAt: there.day(6) }
    await there.does(ada, 'MoveGathering', { invitationId, ...dates })
    expect(await gathering(invitationId)).toMatchObject({ guests: [], toReconfirm: [{ name: 'ben' }] })
    expect((await invitation(invitationId)).state).toBe('lapsed')
    expect((await there.sends(cyd, 'AcceptInvitation', { invitationId })).body.code).toBe('INVITATION_CLOSED')
    const again = await there.sends(ben, 'AcceptInvitation', { invitationId })
    expect(again.body.events[0]).toMatchObject({ type: 'InvitationAccepted' })
    expect(again.body.result).toMatchObject(dates)
    const [last] = (await there.asks(gil, '/audit?type=InvitationAccepted')).body.entries.slice(-1)
    expect(last.data).toMatchObject({ reconfirms: true, personId: ben })
    expect(await gathering(invitationId)).toMatchObject({ guests: [{ name: 'ben' }], toReconfirm: [] })
  })

  it('stands while only the end of what is under way moves', async () => {
    const invitationId = await camp()
    await saysYes(there, ben, invitationId)
    const startsAt = there.day(1)
    await there.later(2)
    const moved = await there.does(ada, 'MoveGathering', { invitationId, startsAt, endsAt: there.day(9) })
    expect(moved.reconfirm).toBe(false)
    expect(await gathering(invitationId)).toMatchObject({ state: 'open', guests: [{ name: 'ben' }], toReconfirm: [] })
  })

  it('to an invitation by name makes it known, and says no more than what was asked, by whom and when', async () => {
    const { askIds, invitationId } = await there.does(ada, 'ProposePersonalInvitation', {
      ...{ kind: 'project', title: 'A bench', purpose: 'Out of the old gate.' },
      toIds: [ben, cyd],
    })
    const [toBen, toCyd] = askIds as unknown as readonly [string, string]
    expect((await there.asks(gil, `/invitations/${invitationId}`)).status).toBe(404)
    const asked = (await there.asks(ben, '/mine/asks')).body.asks
    expect(asked[0]).toMatchObject({ what: 'invitation', waitsForMe: true, terms: { title: 'A bench' } })
    expect(asked[0].terms.purpose).toBe('Out of the old gate.')
    await there.does(ben, 'AcceptInvitation', { askId: toBen })
    const known = await invitation(invitationId ?? '')
    expect(known).toMatchObject({ toAll: false, purpose: null, state: 'by-name', yeses: [{ person: { name: 'ben' } }] })
    expect(JSON.stringify(known)).not.toContain(toCyd)
    await there.does(cyd, 'AcceptInvitation', { askId: toCyd })
    expect(named((await invitation(invitationId ?? '')).yeses.map((yes: { person: object }) => yes.person))).toEqual([
      'ben',
      'cyd',
    ])
  })

  it('is taken back whenever one likes: of what is open, closed, withdrawn, cancelled and over (M2)', async () => {
    const ends: readonly ((invitationId: string) => Promise<unknown>)[] = [
      async () => undefined,
      (invitationId) => there.does(ada, 'CloseInvitation', { invitationId }),
      (invitationId) => there.does(ada, 'WithdrawInvitation', { invitationId }),
      (invitationId) => there.does(ada, 'CancelGathering', { invitationId }),
      (invitationId) =>
        there.does(ada, 'MoveGathering', { invitationId, startsAt: there.day(8), endsAt: there.day(9) }),
      () => there.later(4),
    ]
    for (const ending of ends) {
      const invitationId = await camp()
      await saysYes(there, ben, invitationId)
      await ending(invitationId)
      const stale = { headers: { 'if-match': '"0"' } }
      expect((await there.sends(ben, 'WithdrawAcceptance', { invitationId }, stale)).status).toBe(201)
      expect((await invitation(invitationId)).yeses).toEqual([])
    }
  })

  it('to a place that was given back can be said by somebody else', async () => {
    const invitationId = await invites(there, ada, { places: 1 })
    await saysYes(there, ben, invitationId)
    expect(await invitation(invitationId)).toMatchObject({ places: 1, placesLeft: 0 })
    await there.does(ben, 'WithdrawAcceptance', { invitationId })
    await saysYes(there, cyd, invitationId)
  })
})

describe('whoever joins by a member’s link', () => {
  it('says yes to that member’s invitation', async () => {
    const { link } = await there.does(ada, 'MakeSignInLink', {})
    const { session } = (await server.post('/v1/sign-in', { link }, null)).body
    await there.does(ada, 'AmendPolicy', { changes: { bootstrapDays: 0 } })
    const joined = await server.post(`/v1/communities/${there.id}/members`, { displayName: 'New' }, session)
    expect(joined.status, JSON.stringify(joined.body)).toBe(201)
    expect(joined.body.events.map(({ type }: { type: string }) => type)).toEqual(['MemberJoined', 'InvitationAccepted'])
    const [last] = (await there.asks(gil, '/audit?type=InvitationAccepted')).body.entries.slice(-1)
    expect(last.data).toMatchObject({ kind: 'membership', inviterIds: [ada] })
  })

  it('needs none where the community is open', async () => {
    await there.does(ada, 'AmendPolicy', { changes: { membership: 'open' } })
    await there.later(91)
    await there.does(personNamed('hal'), 'JoinCommunity', { displayName: 'Hal' })
  })
})

describe('hosting', () => {
  it('alone is warned of, and shared it is not', async () => {
    const invitationId = await camp()
    await saysYes(there, ben, invitationId)
    const at = `/v1/communities/${there.id}/gatherings/${invitationId}/opening?dryRun=true`
    const dryRun = async () => (await server.post(at, {}, await there.session(ada))).body.warnings
    expect(await dryRun()).toMatchObject([{ code: 'HOSTING_ALONE' }])
    await there.does(cyd, 'AcceptHosting', { askId: await offersHosting(there, ada, cyd, invitationId) })
    expect(await dryRun()).toEqual([])
    await there.does(cyd, 'OpenGathering', { invitationId })
    expect(await gathering(invitationId)).toMatchObject({ state: 'open', hosts: [{ name: 'ada' }, { name: 'cyd' }] })
  })

  it('can be said to have begun earlier, by whoever said yes by then', async () => {
    const invitationId = await invitesToGather(there, ada, there.day(10), there.day(12))
    await saysYes(there, ben, invitationId)
    const opened = there.day(1)
    await there.later(2)
    const before = await there.sends(ada, 'OpenGathering', { invitationId }, { effectiveAt: there.day(-3) })
    expect(before.body.code).toBe('INVITATION_NOT_ACCEPTED')
    await there.does(ada, 'OpenGathering', { invitationId }, opened)
    expect((await gathering(invitationId)).openedAt).toBe(opened)
  })

  it('ends for whoever leaves: they host nothing and are present nowhere', async () => {
    const invitationId = await camp()
    for (const guest of [ben, cyd]) await saysYes(there, guest, invitationId)
    await there.later(2)
    await there.does(cyd, 'LeaveCommunity')
    expect(await gathering(invitationId)).toMatchObject({ guests: [{ name: 'ben' }] })
    await there.does(ada, 'LeaveCommunity')
    expect(await gathering(invitationId)).toMatchObject({ hosts: [], state: 'open' })
  })
})

describe('what people gave', () => {
  it('counts by size; much of it stands as unattested until somebody who was there says so', async () => {
    const invitationId = await camp()
    await saysYes(there, ben, invitationId)
    const gave = { invitationId, phase: 'preparation', what: 'Soup for all.' }
    const evening = await there.sends(ada, 'RecordContribution', { ...gave, size: 'an-evening' })
    expect(evening.body).toMatchObject({ result: { hours: 3 }, warnings: [] })
    const weeks = await there.sends(ada, 'RecordContribution', { ...gave, size: 'weeks' })
    expect(weeks.body.warnings).toMatchObject([{ code: 'NOT_ATTESTED_YET' }])
    const [first, second] = (await gathering(invitationId)).contributions
    expect(first).toMatchObject({ hours: 3, what: 'Soup for all.', notAttestedYet: false })
    expect(second).toMatchObject({ hours: 60, notAttestedYet: true, attestedBy: [] })
    const { eventId } = second
    expect((await there.sends(ada, 'AttestRecord', { eventId })).body.code).toBe('SELF_ATTESTATION')
    expect((await there.sends(gil, 'AttestRecord', { eventId })).body.code).toBe('NOT_YOURS_TO_ATTEST')
    await there.does(ben, 'AttestRecord', { eventId })
    expect((await gathering(invitationId)).contributions[1]).toMatchObject({
      notAttestedYet: false,
      attestedBy: [{ name: 'ben' }],
    })
  })

  it('is corrected by whoever said it, and the answer then stays what it was', async () => {
    const invitationId = await camp()
    await there.does(ada, 'RecordContribution', { invitationId, phase: 'after', hours: 40, what: 'Cleaning.' })
    const before = await gathering(invitationId)
    const { eventId } = before.contributions[0]
    const { revision } = (await there.asks(gil, '/invitations')).body.head
    const [entry] = (await there.asks(gil, '/audit?type=ContributionRecorded')).body.entries
    const replacement = { ...entry.data, hours: 4, what: 'Cleaning, one evening.' }
    await there.does(ada, 'CorrectRecord', { eventId, replacement, reason: 'A slip of the pen.' })
    expect((await gathering(invitationId)).contributions).toMatchObject([{ hours: 4, what: 'Cleaning, one evening.' }])
    const then = (await there.asks(gil, `/gatherings/${invitationId}?atRevision=${revision}`)).body
    expect(then.contributions).toEqual(before.contributions)
  })
})

describe('how guests were hosted', () => {
  const felt = (couldSayNo: number) => ({ dignity: 5, wellbeing: 4, autonomy: 3, couldSayNo, text: 'For me alone.' })

  it('leaves only medians, to the hosts alone, when it is over and enough have answered', async () => {
    const invitationId = await camp()
    const guests = [ben, cyd, dov, eve, fay]
    for (const guest of guests) await saysYes(there, guest, invitationId)
    await there.later(2)
    const told = async (who: string) => there.asks(who, `/mine/gatherings/${invitationId}/reflections`)
    for (const [i, guest] of guests.slice(0, 4).entries())
      await there.does(guest, 'ReflectOnHosting', { invitationId, ...felt(i + 1) })
    expect((await told(ada)).body).toMatchObject({ reason: 'not-over-yet', dignity: null })
    await there.later(2)
    expect((await told(ada)).body).toMatchObject({ reason: 'too-few-answers', dignity: null, neededAnswers: 5 })
    await there.does(fay, 'ReflectOnHosting', { invitationId, ...felt(5) })
    const { body } = await told(ada)
    expect(body).toMatchObject({ reason: null, dignity: 5, wellbeing: 4, autonomy: 3, couldSayNo: 3 })
    expect(JSON.stringify(body)).not.toContain('alone')
    expect((await told(ben)).status).toBe(404)
    expect((await there.asks(ada, '/mine/matters')).body.matters).toEqual([])
  })
})

describe('uptake', () => {
  it('is told of invitations to all, and of few people not at all', async () => {
    const invitationId = await invites(there, ada)
    for (const guest of [ben, cyd, dov]) await saysYes(there, guest, invitationId)
    const uptake = async () => (await there.asks(gil, `/people/${ada}/uptake`)).body
    expect(await uptake()).toMatchObject({ invitations: 1, addressed: 6, accepted: 3, uptake: 0.5, reason: null })
    await there.does(eve, 'DeclineInvitation', { invitationId })
    expect(await uptake()).toMatchObject({ addressed: 6, accepted: 3, uptake: 0.5 })
    await there.does(ada, 'AmendPolicy', { changes: { kAnonymity: 7 } })
    expect(await uptake()).toMatchObject({ addressed: null, accepted: null, uptake: null, reason: 'too-few-addressed' })
  })

  it('of invitations by name is told to the inviter alone, with how sure it is', async () => {
    const asks = new Map<string, string>()
    for (const guest of [ben, cyd, dov, eve]) asks.set(guest, await invitesByName(there, ada, guest))
    for (const guest of [ben, cyd]) await there.does(guest, 'AcceptInvitation', { askId: asks.get(guest) })
    await there.does(dov, 'DeclineInvitation', { askId: asks.get(dov) })
    const own = async (who: string) => (await there.asks(who, '/mine/uptake')).body
    expect(await own(ada)).toMatchObject({
      accepted: 2,
      declined: 1,
      lapsed: 0,
      waiting: 1,
      raw: 0.666667,
      smoothed: 0.6,
    })
    expect((await own(ada)).interval).toEqual([0.20766, 0.938508])
    await there.later(15)
    expect(await own(ada)).toMatchObject({ lapsed: 1, waiting: 0, raw: 0.666667 })
    expect(await own(ben)).toMatchObject({ accepted: 0, declined: 0, raw: null, interval: null })
    expect((await there.asks(gil, `/people/${ada}/uptake`)).body).toMatchObject({ invitations: 0, uptake: null })
  })
})

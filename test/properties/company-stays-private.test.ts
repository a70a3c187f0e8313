import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personNamed } from '../support/scenario.ts'
import { BEGAN, Commons, DAY, type World } from './worlds.ts'

const PEOPLE = ['ana', 'ben', 'chi', 'dee', 'eli'].map(personNamed)
/** Ana proposes, Ben objects, Chi may stand beside him; the others must never be able to tell. */
const [ANA = '', BEN = '', CHI = '', DEE = '', ELI = ''] = PEOPLE
const FATES = ['never offered', 'offered', 'declined', 'accepted', 'asked for'] as const
type Fate = (typeof FATES)[number]

/** A round in which Ben’s objection is met, with this to be told of his company. */
async function live(commons: Commons, fate: Fate): Promise<World> {
  commons.clock.now = BEGAN
  const world = await commons.world()
  const by = async (who: string, path: string, body: object, key: string) => {
    commons.clock.now += 1000
    const { status, body: answer } = await world.post(path, body, await commons.session(who), key)
    if (status !== 201) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`)
    return answer.result
  }
  const founding = { community: 'hearth', name: 'The hearth' }
  await world.post('/v1/communities', founding, await commons.token('operator'), 'founding')
  for (const who of PEOPLE) await by(who, '/members', { displayName: who.slice(7, 10) }, `join-${who}`)
  const proposal = { title: 'A bench', driver: 'Nobody can sit.', text: 'We build one.' }
  const at = `/proposals/${(await by(ANA, '/proposals', proposal, 'submit')).proposalId}`
  const { objectionId } = await by(BEN, `${at}/objections`, { version: 1, argument: 'Too loud.' }, 'object')
  commons.clock.now += DAY
  const now = commons.clock.now
  await company(fate, objectionId, by)
  commons.clock.now = now + DAY
  await by(BEN, `${at}/objections/${objectionId}/allowance`, {}, 'allow')
  await by(DEE, `${at}/objections/${objectionId}/setting-aside`, { reason: 'It is loud everywhere.' }, 'aside')
  await by(ELI, `${at}/objections/${objectionId}/second`, {}, 'second')
  await by(DEE, `${at}/consents`, { version: 1 }, 'consent')
  return world
}

async function company(
  fate: Fate,
  objectionId: string,
  by: (who: string, path: string, body: object, key: string) => Promise<{ readonly askId: string }>,
): Promise<void> {
  if (fate === 'never offered') return
  if (fate === 'asked for') {
    const { askId } = await by(BEN, '/mine/asks/company', { objectionId, toId: CHI }, 'ask')
    await by(CHI, `/mine/asks/${askId}/company`, {}, 'yes')
    return
  }
  const { askId } = await by(CHI, '/mine/asks/objector-support', { objectionId }, 'offer')
  if (fate === 'declined') await by(BEN, `/mine/asks/${askId}/decline`, {}, 'no')
  if (fate === 'accepted') await by(BEN, `/mine/asks/${askId}/company`, {}, 'yes')
}

/** What a world tells whoever is no party: every address, to a member, the operator and nobody. */
async function toldBy(world: World): Promise<Readonly<Record<string, string>>> {
  const { commons } = world
  const told: Record<string, string> = { 'the open book': (await world.openBytes()).join() }
  for (const credential of [await commons.session(DEE), await commons.token('operator'), null]) {
    for (const url of await world.addresses()) {
      const { status, text, headers } = await world.get(url, credential)
      const { date: _, 'x-request-id': __, ...kept } = headers
      told[`${credential?.slice(0, 12)} ${url}`] = JSON.stringify([
        status,
        text.replace(/,?"requestId":"[^"]*"/, ''),
        kept,
      ])
    }
  }
  return told
}

describe('whether somebody who objects has company', () => {
  let commons: Commons
  let first: Readonly<Record<string, string>>
  beforeAll(async () => {
    commons = await Commons.open()
    first = await toldBy(await live(commons, 'never offered'))
  })
  afterAll(() => commons.hearthbook.close())

  it.each(FATES.slice(1))('%s: nobody but the two can tell it from none', async (fate) => {
    const world = await live(commons, fate)
    const told = await toldBy(world)
    expect(Object.keys(told)).toEqual(Object.keys(first))
    expect(Object.keys(told).filter((what) => told[what] !== first[what])).toEqual([])
    expect(Object.keys(told).some((what) => what.includes('/proposals/proposal_'))).toBe(true)
    // The two can.
    const mine = await world.get('/v1/communities/hearth/mine/asks', await commons.session(BEN))
    expect(mine.body.count).toBe(1)
    await world.close()
  })
})

import { describe, expect, it } from 'vitest'
import { fieldOf, personNamed, Scenario } from '../support/scenario.ts'

const [ana, ben, chi] = ['ana', 'ben', 'chi'].map(personNamed) as [string, string, string]

async function withRole(weight = 1) {
  const s = await Scenario.founded(['ana', 'ben', 'chi'], { at: '2026-01-05T00:00:00Z' })
  const circleId = fieldOf(
    await s.given('FormCircle', { name: 'Kitchen', purpose: 'Food' }, ana),
    'CircleFormed',
    'circleId',
  )
  const role = { circleId, name: 'Cook', purpose: 'Cooks', weight }
  const roleId = fieldOf(await s.given('DefineRole', role, ana), 'RoleDefined', 'roleId')
  return { s, roleId }
}

describe('a role offered', () => {
  it('is held from the yes on, and nobody but the two knew of it before', async () => {
    const { s, roleId } = await withRole()
    const headBefore = (await s.hot()).head
    const askId = fieldOf(await s.given('OfferRole', { roleId, toId: ben }, ana), 'RoleOffered', 'askId')
    expect((await s.hot()).head).toEqual(headBefore)
    expect(await s.ask('my-asks', {}, {}, ben)).toMatchObject({ waiting: 1 })
    expect(await s.ask('my-asks', {}, {}, chi)).toMatchObject({ count: 0 })
    expect((await s.refused('AcceptRole', { roleId, askId }, ana)).code).toBe('NOT_YOURS_TO_ACCEPT')
    expect((await s.refused('AcceptRole', { roleId, askId }, chi)).code).toBe('NOT_FOUND')
    await s.given('AcceptRole', { roleId, askId }, ben)
    const who = await s.ask<{ holders: { person: { id: string } }[] }>('holders', { role: roleId })
    expect(who.holders).toMatchObject([{ person: { id: ben }, status: 'held', termEnd: '2026-07-06', termNumber: 1 }])
    expect((await s.refused('AcceptRole', { roleId, askId }, ben)).code).toBe('ASK_CLOSED')
    expect(await s.ask('my-asks', {}, {}, ben)).toMatchObject({ asks: [{ status: 'accepted' }] })
  })
})

describe('the capacity somebody acts in', () => {
  it('stands in the record where they hold the role then, and is refused where not', async () => {
    const { s, roleId } = await withRole()
    const circle = { name: 'Cellar', purpose: 'Drink' }
    expect((await s.refused('FormCircle', circle, ben, { capacity: roleId })).code).toBe('CAPACITY_NOT_HELD')
    const askId = fieldOf(await s.given('OfferRole', { roleId, toId: ben }, ana), 'RoleOffered', 'askId')
    await s.given('AcceptRole', { roleId, askId }, ben)
    const [formed] = await s.given('FormCircle', circle, ben, { capacity: roleId })
    expect(formed?.capacity).toBe(roleId)
    const { event } = await s.ask<{ event: { capacity: string } }>('event', { event: formed?.id })
    expect(event.capacity).toBe(roleId)
  })
})

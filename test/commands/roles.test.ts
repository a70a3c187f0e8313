import { beforeEach, describe, expect, it } from 'vitest'
import { definedRole, formedCircle } from '../support/book.ts'
import { doing } from '../support/doing.ts'
import { withoutMandates } from '../support/lived-roles.ts'
import { Scenario, typesOf } from '../support/scenario.ts'
import { ada, ben } from './refusal-case.ts'

let book: Scenario
let circleId: string
beforeEach(async () => {
  book = await Scenario.founded(['ada', 'ben'])
  circleId = await formedCircle(book, ada)
})

interface RoleAnswer {
  readonly wordings: readonly { readonly name: string; readonly weight: number; readonly partOfRoleId: string | null }[]
}
const wordings = async (role: string) => (await book.ask<RoleAnswer>('role', { role })).wordings

describe('DefineRole', () => {
  it('writes a role down with the defaults: weight 1, one seat, half a year', async () => {
    const events = await book.given('DefineRole', { circleId, name: 'cook', purpose: 'To cook.' }, ben)
    expect(events).toMatchObject([
      {
        type: 'RoleDefined',
        data: { circleId, name: 'cook', weight: 1, seats: 1, termDays: 182, mandate: { may: [], mayNot: [] } },
      },
    ])
  })

  it.each([
    ['weight', 0],
    ['weight', 5],
    ['termDays', 14],
    ['termDays', 730],
  ])('takes the outermost %s there may be, %d', async (field, value) => {
    await withoutMandates(doing(book), ada)
    const input = { circleId, name: 'cook', purpose: 'To cook.', [field]: value }
    expect(await book.given('DefineRole', input, ada)).toMatchObject([{ data: { [field]: value } }])
  })
})

describe('AmendRole', () => {
  it('changes words and numbers from now on and keeps the wording before', async () => {
    const roleId = await definedRole(book, ada, circleId)
    const events = await book.later().given('AmendRole', { roleId, changes: { name: 'chef', weight: 1.5 } }, ben)
    expect(events).toMatchObject([
      { type: 'RoleAmended', data: { roleId, circleId, changes: { name: 'chef', weight: 1.5 } } },
    ])
    expect(await wordings(roleId)).toMatchObject([
      { name: 'cook', weight: 1 },
      { name: 'chef', weight: 1.5 },
    ])
  })

  it('is found by its old name and by its new one', async () => {
    const roleId = await definedRole(book, ada, circleId)
    await book.later().given('AmendRole', { roleId, changes: { name: 'chef' } }, ben)
    for (const role of ['cook', 'chef']) expect(await book.ask('holders', { role })).toMatchObject({ count: 0 })
  })
})

describe('RetireRole', () => {
  it('ends the role and moves its branches up one level', async () => {
    const trunk = await definedRole(book, ada, circleId, { name: 'house' })
    const middle = await definedRole(book, ada, circleId, { name: 'kitchen', partOfRoleId: trunk })
    const leaf = await definedRole(book, ada, circleId, { name: 'cook', partOfRoleId: middle })
    const events = await book.later().given('RetireRole', { roleId: middle }, ben)
    expect(typesOf(events)).toEqual(['RoleRetired', 'RoleAmended'])
    expect(events[0]).toMatchObject({ data: { movedUp: [leaf] } })
    expect((await wordings(leaf)).at(-1)).toMatchObject({ partOfRoleId: trunk })
    const { roles } = await book.later().ask<{ roles: readonly { name: string }[] }>('roles')
    expect(roles.map(({ name }) => name).sort()).toEqual(['cook', 'house'])
  })

  it('leaves a branch of nothing to stand alone', async () => {
    const trunk = await definedRole(book, ada, circleId, { name: 'house' })
    const branch = await definedRole(book, ada, circleId, { partOfRoleId: trunk })
    await book.later().given('RetireRole', { roleId: trunk }, ben)
    expect((await wordings(branch)).at(-1)).toMatchObject({ partOfRoleId: null })
  })
})

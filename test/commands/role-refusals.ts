import { definedRole, formedCircle, importedHolding } from '../support/book.ts'
import type { Scenario } from '../support/scenario.ts'
import { ada, ben, NOWHERE, type RefusalCase } from './refusal-case.ts'

const cook = { name: 'cook', purpose: 'To cook.' }
const aRole = async (book: Scenario, more: Record<string, unknown> = {}) =>
  definedRole(book, ada, await formedCircle(book, ada), more)

export const ROLE_REFUSALS: readonly RefusalCase[] = [
  {
    command: 'DefineRole',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such circle',
    when: (book) => book.when('DefineRole', { circleId: NOWHERE.circle, ...cook }, ada),
  },
  {
    command: 'DefineRole',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such role to be part of',
    when: async (book) =>
      book.when('DefineRole', { circleId: await formedCircle(book, ada), ...cook, partOfRoleId: NOWHERE.role }, ada),
  },
  {
    command: 'DefineRole',
    code: 'TERM_TOO_LONG',
    because: 'a term of 731 days is one more than there may be',
    when: async (book) =>
      book.when('DefineRole', { circleId: await formedCircle(book, ada), ...cook, termDays: 731 }, ada),
  },
  {
    command: 'DefineRole',
    code: 'WEIGHT_OUT_OF_RANGE',
    because: 'it would carry more than 5',
    when: async (book) =>
      book.when('DefineRole', { circleId: await formedCircle(book, ada), ...cook, weight: 5.1 }, ada),
  },
  {
    command: 'DefineRole',
    code: 'WEIGHT_OUT_OF_RANGE',
    because: 'it would carry less than nothing',
    when: async (book) =>
      book.when('DefineRole', { circleId: await formedCircle(book, ada), ...cook, weight: -1 }, ada),
  },
  {
    command: 'AmendRole',
    code: 'NOT_FOUND',
    because: 'there is no such role',
    when: (book) => book.when('AmendRole', { roleId: NOWHERE.role, changes: { weight: 2 } }, ada),
  },
  {
    command: 'AmendRole',
    code: 'TERM_TOO_LONG',
    because: 'a term of 731 days is one more than there may be',
    when: async (book) => book.when('AmendRole', { roleId: await aRole(book), changes: { termDays: 731 } }, ada),
  },
  {
    command: 'AmendRole',
    code: 'WEIGHT_OUT_OF_RANGE',
    because: 'it would carry more than 5',
    when: async (book) => book.when('AmendRole', { roleId: await aRole(book), changes: { weight: 6 } }, ada),
  },
  {
    command: 'AmendRole',
    code: 'ROLE_RETIRED',
    because: 'it is retired',
    when: async (book) => {
      const roleId = await aRole(book)
      await book.later().given('RetireRole', { roleId }, ada)
      return book.when('AmendRole', { roleId, changes: { weight: 2 } }, ada)
    },
  },
  {
    command: 'AmendRole',
    code: 'ROLE_CYCLE',
    because: 'it would be part of its own branch',
    when: async (book) => {
      const circleId = await formedCircle(book, ada)
      const trunk = await definedRole(book, ada, circleId)
      const branch = await definedRole(book, ada, circleId, { partOfRoleId: trunk })
      return book.when('AmendRole', { roleId: trunk, changes: { partOfRoleId: branch } }, ada)
    },
  },
  {
    command: 'AmendRole',
    code: 'UNKNOWN_REFERENCE',
    because: 'a retired role has no branches',
    when: async (book) => {
      const circleId = await formedCircle(book, ada)
      const [roleId, retired] = [await definedRole(book, ada, circleId), await definedRole(book, ada, circleId)]
      await book.later().given('RetireRole', { roleId: retired }, ben)
      return book.when('AmendRole', { roleId, changes: { partOfRoleId: retired } }, ada)
    },
  },
  {
    command: 'RetireRole',
    code: 'NOT_FOUND',
    because: 'there is no such role',
    when: (book) => book.when('RetireRole', { roleId: NOWHERE.role }, ada),
  },
  {
    command: 'RetireRole',
    code: 'ROLE_HELD',
    because: 'somebody holds it',
    when: async (book) => book.when('RetireRole', { roleId: (await importedHolding(book)).roleId }, ada),
  },
]

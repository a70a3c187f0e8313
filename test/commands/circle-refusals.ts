import { definedRole, formedCircle, importedHolding } from '../support/book.ts'
import { ada, ben, cyd, NOWHERE, type RefusalCase } from './refusal-case.ts'

const MENDING = { purpose: 'To mend.' }

export const CIRCLE_REFUSALS: readonly RefusalCase[] = [
  {
    command: 'FoundCommunity',
    code: 'COMMUNITY_EXISTS',
    because: 'it was founded before',
    when: (book) => book.when('FoundCommunity', { community: book.community, name: 'Again' }),
  },
  {
    command: 'JoinCommunity',
    code: 'ALREADY_A_MEMBER',
    because: 'they joined before',
    when: (book) => book.when('JoinCommunity', { displayName: 'Ada' }, ada),
  },
  {
    command: 'JoinCommunity',
    code: 'MISSING_SCOPE',
    because: 'the operator cannot join for a person',
    when: (book) => book.when('JoinCommunity', { displayName: 'Ada' }),
  },
  {
    command: 'FormCircle',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such parent',
    when: (book) => book.when('FormCircle', { name: 'Inner', purpose: 'x', parentId: NOWHERE.circle }, ada),
  },
  {
    command: 'AmendCircle',
    code: 'NOT_FOUND',
    because: 'there is no such circle',
    when: (book) => book.when('AmendCircle', { circleId: NOWHERE.circle, changes: MENDING }, ada),
  },
  {
    command: 'AmendCircle',
    code: 'NOT_YOURS_TO_AMEND',
    because: 'Ben neither formed it nor holds a role in it',
    when: async (book) => book.when('AmendCircle', { circleId: await formedCircle(book, ada), changes: MENDING }, ben),
  },
  {
    command: 'AmendCircle',
    code: 'UNKNOWN_REFERENCE',
    because: 'there is no such parent',
    when: async (book) =>
      book.when('AmendCircle', { circleId: await formedCircle(book, ada), changes: { parentId: NOWHERE.circle } }, ada),
  },
  {
    command: 'AmendCircle',
    code: 'CIRCLE_CYCLE',
    because: 'it would be inside its own grandchild',
    when: async (book) => {
      const outer = await formedCircle(book, ada)
      const middle = await formedCircle(book, ada, { parentId: outer })
      const inner = await formedCircle(book, ada, { parentId: middle })
      return book.when('AmendCircle', { circleId: outer, changes: { parentId: inner } }, ada)
    },
  },
  {
    command: 'AmendCircle',
    code: 'CIRCLE_CYCLE',
    because: 'it would be inside itself',
    when: async (book) => {
      const circleId = await formedCircle(book, ada)
      return book.when('AmendCircle', { circleId, changes: { parentId: circleId } }, ada)
    },
  },
  {
    command: 'AmendCircle',
    code: 'CIRCLE_CLOSED',
    because: 'it is closed',
    when: async (book) => {
      const circleId = await formedCircle(book, ada)
      await book.later().given('CloseCircle', { circleId }, ada)
      return book.when('AmendCircle', { circleId, changes: MENDING }, ada)
    },
  },
  {
    command: 'CloseCircle',
    code: 'NOT_FOUND',
    because: 'there is no such circle',
    when: (book) => book.when('CloseCircle', { circleId: NOWHERE.circle }, ada),
  },
  {
    command: 'CloseCircle',
    code: 'NOT_YOURS_TO_AMEND',
    because: 'a member did not form what the operator imported',
    when: async (book) => book.when('CloseCircle', { circleId: (await importedHolding(book)).circleId }, ben),
  },
  {
    command: 'CloseCircle',
    code: 'CIRCLE_HAS_ROLES',
    because: 'somebody holds a role in it',
    when: async (book) => book.when('CloseCircle', { circleId: (await importedHolding(book)).circleId }),
  },
  {
    command: 'CloseCircle',
    code: 'CIRCLE_HAS_ROLES',
    because: 'somebody may hold a role in it: the end is a year',
    when: async (book) =>
      book.when('CloseCircle', { circleId: (await importedHolding(book, { to: '2026' })).circleId }),
  },
  {
    command: 'CloseCircle',
    code: 'CIRCLE_CLOSED',
    because: 'it is closed already',
    when: async (book) => {
      const circleId = await formedCircle(book, ada)
      await book.later().given('CloseCircle', { circleId }, ada)
      return book.when('CloseCircle', { circleId }, ada)
    },
  },
  {
    command: 'ReopenCircle',
    code: 'NOT_FOUND',
    because: 'there is no such circle',
    when: (book) => book.when('ReopenCircle', { circleId: NOWHERE.circle }, ada),
  },
  {
    command: 'ReopenCircle',
    code: 'NOT_YOURS_TO_AMEND',
    because: 'Ben did not form it',
    when: async (book) => book.when('ReopenCircle', { circleId: await formedCircle(book, ada) }, ben),
  },
  {
    command: 'ReopenCircle',
    code: 'CIRCLE_NOT_CLOSED',
    because: 'it is open',
    when: async (book) => book.when('ReopenCircle', { circleId: await formedCircle(book, ada) }, ada),
  },
  {
    command: 'DefineRole',
    code: 'CIRCLE_CLOSED',
    because: 'the circle is closed',
    when: async (book) => {
      const circleId = await formedCircle(book, ada)
      await book.later().given('CloseCircle', { circleId }, ada)
      return book.when('DefineRole', { circleId, name: 'cook', purpose: 'x' }, cyd)
    },
  },
  {
    command: 'RetireRole',
    code: 'ROLE_RETIRED',
    because: 'it was retired before',
    when: async (book) => {
      const roleId = await definedRole(book, ada, await formedCircle(book, ada))
      await book.later().given('RetireRole', { roleId }, ada)
      return book.when('RetireRole', { roleId }, ada)
    },
  },
]

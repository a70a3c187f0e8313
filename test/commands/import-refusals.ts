import { circleRow, holdingRow, importedHolding } from '../support/book.ts'
import { ada, NOWHERE, type RefusalCase } from './refusal-case.ts'

export const IMPORT_REFUSALS: readonly RefusalCase[] = [
  {
    command: 'ImportCircles',
    code: 'ROW_INVALID',
    because: 'a row is inside a circle nobody named before',
    when: (book) =>
      book.when('ImportCircles', { importId: 'm', rows: [circleRow('a', { parent: 'b' }), circleRow('b')] }),
  },
  {
    command: 'ImportCircles',
    code: 'ROW_INVALID',
    because: 'a row ends on the day it begins',
    when: (book) => book.when('ImportCircles', { importId: 'm', rows: [circleRow('a', { to: '2020-01-01' })] }),
  },
  {
    command: 'ImportCircles',
    code: 'IMPORT_WITHDRAWN',
    because: 'the import was withdrawn',
    when: async (book) => {
      await book.given('ImportCircles', { importId: 'm', rows: [circleRow('a')] })
      await book.given('WithdrawImport', { importId: 'm' })
      return book.when('ImportCircles', { importId: 'm', rows: [circleRow('a')] })
    },
  },
  {
    command: 'ImportHoldings',
    code: 'ROW_INVALID',
    because: 'a row names an unknown circle',
    when: (book) => book.when('ImportHoldings', { importId: 'm', rows: [holdingRow()] }),
  },
  {
    command: 'ImportHoldings',
    code: 'ROW_INVALID',
    because: 'a row ends before it begins',
    when: async (book) => {
      await book.given('ImportCircles', { importId: 'm', rows: [circleRow('table')] })
      return book.when('ImportHoldings', { importId: 'm', rows: [holdingRow({ to: '2019' })] })
    },
  },
  {
    command: 'ImportHoldings',
    code: 'IMPORT_WITHDRAWN',
    because: 'the import was withdrawn',
    when: async (book) => {
      await importedHolding(book, {}, 'm')
      await book.given('WithdrawImport', { importId: 'm' })
      return book.when('ImportHoldings', { importId: 'm', rows: [holdingRow()] })
    },
  },
  {
    command: 'WithdrawImport',
    code: 'NOTHING_TO_WITHDRAW',
    because: 'there is no such import',
    when: (book) => book.when('WithdrawImport', { importId: 'm' }),
  },
  {
    command: 'WithdrawImport',
    code: 'NOTHING_TO_WITHDRAW',
    because: 'it was withdrawn already',
    when: async (book) => {
      await importedHolding(book, {}, 'm')
      await book.given('WithdrawImport', { importId: 'm' })
      return book.when('WithdrawImport', { importId: 'm' })
    },
  },
  {
    command: 'ErasePersonalData',
    code: 'NOT_FOUND',
    because: 'there is no such person',
    when: (book) => book.when('ErasePersonalData', { personId: NOWHERE.person, onRequest: true }),
  },
  {
    command: 'ErasePersonalData',
    code: 'NOT_YOURS_TO_ERASE',
    because: 'Ada is a member',
    when: (book) => book.when('ErasePersonalData', { personId: ada, onRequest: true }),
  },
  {
    command: 'ErasePersonalData',
    code: 'ALREADY_ERASED',
    because: 'their key was destroyed before',
    when: async (book) => {
      const { personId } = await importedHolding(book)
      await book.given('ErasePersonalData', { personId, onRequest: true })
      return book.when('ErasePersonalData', { personId, onRequest: true })
    },
  },
]

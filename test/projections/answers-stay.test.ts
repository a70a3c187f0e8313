import { beforeEach, describe, expect, it } from 'vitest'
import { circleRow, formedCircle, holdingRow, importedHolding } from '../support/book.ts'
import { personNamed, Scenario } from '../support/scenario.ts'

const ada = personNamed('ada')
let book: Scenario
beforeEach(async () => {
  book = await Scenario.founded(['ada'])
})

/** Asks at the head, lets something happen, and asks at that revision again. */
async function stays(question: string, params: unknown, meanwhile: () => Promise<unknown>): Promise<void> {
  const atRevision = (await book.hot()).head.revision
  const asOf = '2026-03-01T09:00:00Z'
  const before = await book.ask(question, params, { asOf, atRevision })
  await meanwhile()
  expect(await book.later().ask(question, params, { asOf, atRevision })).toEqual(before)
}

describe('an answer pinned to a revision stays what it was (PT-7)', () => {
  it('where a role gets the name asked for only later', async () => {
    await importedHolding(book)
    await stays('holders', { role: 'scribe' }, () =>
      book.given('ImportHoldings', { importId: 'minutes', rows: [holdingRow({ role: 'scribe' })] }),
    )
  })

  it('where a second circle gets the same name later', async () => {
    await formedCircle(book, ada, { name: 'Kitchen' })
    await stays('circle', { circle: 'Kitchen' }, () => formedCircle(book, ada, { name: 'Kitchen' }))
  })

  it('where a circle gets the name asked for only later', async () => {
    await stays('holders', { circle: 'Kitchen' }, () => formedCircle(book, ada, { name: 'Kitchen' }))
  })

  it('where a circle of the key asked for is imported only later', async () => {
    await stays('holders', { circle: 'table' }, () =>
      book.given('ImportCircles', { importId: 'minutes', rows: [circleRow('table')] }),
    )
  })

  it('where the import that brought a person is withdrawn later, asked by handle', async () => {
    await importedHolding(book)
    await stays('person', { person: 'ada' }, () => book.given('WithdrawImport', { importId: 'minutes' }))
  })

  it('where a person becomes known only later, asked by handle', async () => {
    await stays('person', { person: 'ada' }, () => importedHolding(book))
  })

  it('where a person joins only later, asked by id', async () => {
    const ben = personNamed('ben')
    await stays('person', { person: ben }, () => book.given('JoinCommunity', { displayName: 'Ben' }, ben))
  })

  it('where a person whose import was withdrawn joins later, though they were not known in between', async () => {
    const { personId } = await importedHolding(book)
    await book.given('WithdrawImport', { importId: 'minutes' })
    await stays('community', {}, () => book.given('JoinCommunity', { displayName: 'Ada L.' }, personId))
  })

  it('where somebody disputes it later', async () => {
    const { event, personId } = await importedHolding(book)
    await stays('holders', {}, () => book.given('DisputeRecord', { eventId: event.id, text: 'No.' }, personId))
  })

  it('where somebody attests it later', async () => {
    const { event, personId } = await importedHolding(book)
    await stays('holders', {}, () => book.given('AttestRecord', { eventId: event.id }, personId))
  })

  it('where a person gets another name later', async () => {
    const { personEvent } = await importedHolding(book)
    const { importId, personId, personKey } = personEvent.data
    const replacement = { importId, personId, personKey, name: 'Ada King', sourceId: 'ada' }
    await stays('holders', {}, () =>
      book.given('CorrectRecord', { eventId: personEvent.id, replacement, reason: 'She married.' }),
    )
  })

  it('where a role is renamed later', async () => {
    const circleId = await formedCircle(book, ada)
    const [defined] = await book.given('DefineRole', { circleId, name: 'cook', purpose: 'x' }, ada)
    const { roleId } = (defined?.data ?? {}) as { roleId?: string }
    await stays('role', { role: roleId }, () =>
      book.later().given('AmendRole', { roleId, changes: { name: 'chef' } }, ada),
    )
  })
})

describe('a point', () => {
  it('before the first record has nothing', async () => {
    expect(await book.ask('community', {}, { asKnownAt: '2026-02-28' })).toMatchObject({ name: null, members: 0 })
  })

  it('known at the end of a day has what was recorded on it', async () => {
    await book.at('2026-03-01T23:59:59.999Z').given('FormCircle', { name: 'Kitchen', purpose: 'x' }, ada)
    await book.at('2026-03-02T00:00:00Z').given('FormCircle', { name: 'Garden', purpose: 'x' }, ada)
    const asOf = '2026-03-03'
    expect(await book.at('2026-03-04T00:00:00Z').ask('circles', {}, { asOf, asKnownAt: '2026-03-01' })).toMatchObject({
      circles: [{ name: 'Kitchen' }],
    })
    expect(await book.ask('circles', {}, { asOf, asKnownAt: '2026-03-02T00:00:00Z' })).toMatchObject({ count: 2 })
  })

  it.each([
    [{ asOf: '2026' }, '/asOf'],
    [{ asOf: '2026-02-30' }, '/asOf'],
    [{ asKnownAt: '2026-03' }, '/asKnownAt'],
    [{ asKnownAt: '2026-03-01', atRevision: 0 }, '/atRevision'],
    [{ atRevision: 2 }, '/atRevision'],
  ])('%j is refused at %s', async (point, pointer) => {
    expect(await book.ask('circles', {}, point)).toMatchObject({ code: 'VALIDATION_FAILED', pointer })
  })
})

describe('a chair who stepped down on 22 Sep 2021, said from 28 Feb 2022 on (case B)', () => {
  it('was chair on 1 Dec 2021 as known then, and was not as known now', async () => {
    book = await Scenario.founded([], { at: '2021-06-01T09:00:00Z' })
    await importedHolding(book)
    book.at('2022-02-28T09:00:00Z')
    await book.given('ImportHoldings', { importId: 'minutes', rows: [holdingRow({ to: '2021-09-22' })] })
    const asOf = '2021-12-01'
    expect(await book.ask('holders', {}, { asOf, asKnownAt: '2021-12-01' })).toMatchObject({ count: 1 })
    expect(await book.ask('holders', {}, { asOf })).toMatchObject({ count: 0 })
  })
})

describe('two spells of a circle with vague ends', () => {
  it('are shown by the one that certainly holds', async () => {
    const rows = [
      circleRow('table', { from: '2020-01-01', to: '2021', name: 'Old table' }),
      circleRow('table', { from: '2021-03-01', name: 'New table' }),
    ]
    await book.given('ImportCircles', { importId: 'minutes', rows })
    const { circles } = await book.ask<{ circles: readonly object[] }>('circles', {}, { asOf: '2021-06-01' })
    expect(circles).toMatchObject([{ name: 'New table', certainty: 'certain' }])
  })
})

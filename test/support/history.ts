import fc from 'fast-check'
import { circleRow, formedCircle, holdingRow } from './book.ts'
import { personNamed, type Scenario } from './scenario.ts'

/** One step of a history; numbers choose among what is there when it comes. */
export type Step =
  | { readonly do: 'import-holdings'; readonly importId: string; readonly rows: readonly Row[] }
  | { readonly do: 'import-circle'; readonly importId: string; readonly row: CircleRow }
  | { readonly do: 'correct'; readonly nth: number; readonly change: Readonly<Record<string, unknown>> | null }
  | { readonly do: 'withdraw'; readonly importId: string }
  | { readonly do: 'close' | 'reopen' | 'amend'; readonly nth: number }
  | { readonly do: 'pass-time'; readonly days: number }
  | { readonly do: 'join' | 'dispute' | 'attest'; readonly nth: number }

interface Row {
  readonly memberId: string
  readonly memberName: string
  readonly role: string
  readonly circle: string
  readonly from: string
  readonly to?: string
}

interface CircleRow {
  readonly circle: string
  readonly from: string
  readonly to?: string
}

const FROM = ['2020-01-01', '2020', '2021-03', '2021-03-10', '2022-06-30', '2022-06-30T12:00:00+02:00'] as const
const TO = ['2020-06-01', '2021', '2021-03-10', '2022-07', '2023', '2024-01-01'] as const
const IMPORTS = ['minutes', 'wiki'] as const
const KEYS = ['table', 'garden'] as const

const from = fc.constantFrom(...FROM)
const to = fc.option(fc.constantFrom(...TO), { nil: undefined })
const importId = fc.constantFrom(...IMPORTS)
const nth = fc.nat(30)

// A field that is undefined would not be the same request as one that is left out.
function without<T extends object>(row: T): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as T
}

const row: fc.Arbitrary<Row> = fc
  .record({
    memberId: fc.constantFrom('ada', 'ben', 'cyd'),
    role: fc.constantFrom('chair', 'scribe'),
    circle: fc.constantFrom(...KEYS),
    from,
    to,
  })
  .map((each) => without({ ...each, memberName: each.memberId.toUpperCase() }) as Row)

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('import-holdings' as const),
      importId,
      rows: fc.array(row, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('import-circle' as const),
      importId,
      row: fc.record({ circle: fc.constantFrom(...KEYS), from, to }).map((each) => without(each) as CircleRow),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('correct' as const),
      nth,
      change: fc.option(
        fc.record({ from: fc.option(from, { nil: undefined }), to }).map((each) => without(each)),
        { nil: null },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), importId }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('close', 'reopen', 'amend'), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass-time' as const), days: fc.integer({ min: 1, max: 40 }) }) },
)

/** Histories of imports, corrections, withdrawals, closings and reopenings. */
export const histories = fc.array(step, { minLength: 3, maxLength: 16 })

const said: fc.Arbitrary<Step> = fc.record({ do: fc.constantFrom('join', 'dispute', 'attest'), nth })

/** As {@link histories}, in which people join, dispute what is said of them, and attest what is so. */
export const disputedHistories = fc.array(fc.oneof({ weight: 2, arbitrary: step }, { weight: 1, arbitrary: said }), {
  minLength: 5,
  maxLength: 20,
})

/** Moments worth asking about: around every border a history can have, and the days it was recorded on. */
export const MOMENTS = [
  '2019-12-31',
  '2020-01-01',
  '2020-06-01',
  '2021-01-01',
  '2021-03-10',
  '2021-12-31',
  '2022-06-30',
  '2022-06-30T11:00:00Z',
  '2022-07-15',
  '2023-06-01',
  '2026-03-01T10:00:00Z',
  '2026-04-01',
  '2027-01-01',
] as const

/** Does the steps, those that are refused too; `after` is told after each. */
export async function live(book: Scenario, steps: readonly Step[], after?: () => Promise<void>): Promise<void> {
  const own = [await formedCircle(book, personNamed('ada')), await formedCircle(book, personNamed('ada'))]
  for (const importId of IMPORTS) {
    const rows = KEYS.map((key) => circleRow(`${importId}-${key}`))
    await book.given('ImportCircles', { importId, rows: [...rows, ...KEYS.map((key) => circleRow(key))] })
  }
  for (const each of steps) {
    book.later()
    await one(book, each, own)
    await after?.()
  }
}

async function one(book: Scenario, each: Step, own: readonly string[]): Promise<void> {
  switch (each.do) {
    case 'import-holdings':
      await book.when('ImportHoldings', {
        importId: each.importId,
        rows: each.rows.map((row) => holdingRow({ ...row })),
      })
      return
    case 'import-circle':
      await book.when('ImportCircles', { importId: each.importId, rows: [circleRow(each.row.circle, { ...each.row })] })
      return
    case 'correct': {
      const correctable = (await book.events()).filter(({ type }) =>
        /^(Holding|Circle)(Imported|Reimported)$/.test(type),
      )
      const target = correctable[each.nth % correctable.length]
      if (!target) return
      const { to: _, ...data } = target.data
      const replacement = each.change === null ? null : { ...data, ...each.change }
      await book.when('CorrectRecord', { eventId: target.id, replacement, reason: 'It was otherwise.' })
      return
    }
    case 'withdraw':
      await book.when('WithdrawImport', { importId: each.importId })
      return
    case 'pass-time':
      book.later(each.days * 86_400_000)
      return
    case 'join':
    case 'dispute':
    case 'attest':
      await saying(book, each.do, each.nth)
      return
    default:
      await change(book, each.do, each.nth, own)
  }
}

async function change(book: Scenario, what: 'close' | 'reopen' | 'amend', nth: number, own: readonly string[]) {
  const imported = (await book.events()).filter(({ type }) => type === 'CircleImported')
  const ids = [...new Set([...own, ...imported.map(({ data }) => String(data.circleId))])]
  const circleId = ids[nth % ids.length] ?? ''
  const by = own.includes(circleId) ? personNamed('ada') : 'operator'
  if (what === 'amend') await book.when('AmendCircle', { circleId, changes: { name: `Wording ${nth}` } }, by)
  else await book.when(what === 'close' ? 'CloseCircle' : 'ReopenCircle', { circleId }, by)
}

/** What a person of the imported records does of their own: joins, or speaks to a record that names them. */
async function saying(book: Scenario, what: 'join' | 'dispute' | 'attest', nth: number) {
  const events = await book.events()
  if (what === 'join') {
    const known = events.filter(({ type }) => type === 'PersonImported')
    const personId = known[nth % known.length]?.data.personId
    if (typeof personId === 'string') await book.when('JoinCommunity', { displayName: `Known ${nth}` }, personId)
    return
  }
  const joined = new Set(events.flatMap(({ type, actor }) => (type === 'MemberJoined' ? [actor] : [])))
  const named = events.filter(
    ({ type, data }) => joined.has(String(data.personId)) && ['HoldingImported', 'HoldingReimported'].includes(type),
  )
  const waiting = events.filter(({ type }) => type === 'CorrectionProposed')
  const record = [...named, ...waiting][nth % (named.length + waiting.length)]
  if (!record) return
  const [needed] = (record.data.needs ?? []) as readonly string[]
  const by = needed ?? String(record.data.personId)
  if (what === 'attest') await book.when('AttestRecord', { eventId: record.id }, by)
  else await book.when('DisputeRecord', { eventId: record.id, text: 'It was not so.' }, by)
}

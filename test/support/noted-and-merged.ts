import { holdingRow } from './book.ts'
import { doing } from './doing.ts'
import { aRole } from './lived-roles.ts'
import type { Scenario } from './scenario.ts'

/** A holding of Ben's that Ada notes and Ben witnesses, a decision that somebody did not agree to, and a person known twice. */
export async function notedAndMerged(book: Scenario, ada: string, ben: string): Promise<void> {
  const there = doing(book)
  const roleId = await aRole(there, ada, { name: 'minute taker' })
  const holding = { personId: ben, roleId, from: '2025-05-01', words: 'We asked, and he said yes.' }
  const { noteId } = await there.does(ada, 'NoteHolding', holding)
  await there.does(ben, 'WitnessNote', { noteId })
  const decision = { title: 'We eat at seven.', text: 'From now on we eat at seven.', decidedOn: '2025-06-01' }
  const noted = await there.does(ada, 'NoteDecision', decision)
  await there.does(ben, 'SayNotAgreed', { noteId: noted.noteId, text: 'It was half past six.' })
  const rows = ['sam k', 'samuel kim'].map((memberId) => holdingRow({ memberId, memberName: memberId }))
  const imported = await book.given('ImportHoldings', { importId: 'two-lists', rows })
  const [keep, merge] = imported.flatMap(({ type, data }) =>
    type === 'PersonImported' ? [(data as { personId: string }).personId] : [],
  )
  await book.given('MergePeople', { keep, merge })
}

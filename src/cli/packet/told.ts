import type { OfflineBook } from '../../engine/offline-book.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { CliError, EXIT } from '../exits.ts'
import type { DifferencesTold, HoldingTold, WalkTold } from '../replay/answers.ts'
import type { PacketHeader } from './packet-file.ts'

const STEPS_A_PAGE = 500

/** The roster of a date. */
export interface DateTold {
  readonly date: string
  readonly then: readonly HoldingTold[]
  readonly now: readonly HoldingTold[]
  readonly apart: DifferencesTold['differences']
}

/** The roster of each chosen date: as the record had it on that date, as it has it now, and why they differ. */
export async function datesOf({ dates, ...scope }: PacketHeader, book: OfflineBook): Promise<readonly DateTold[]> {
  const told: DateTold[] = []
  for (const date of dates) {
    const params = { ...scopeParams(scope), thenAsOf: date }
    const asked = await ask<DifferencesTold>(book, 'differences', params, { asOf: date, asKnownAt: date })
    const walk = { ...scopeParams(scope), from: date, through: date, limit: 1 }
    const { opening } = await ask<WalkTold>(book, 'replay-window', walk)
    // A day ends after it began: what was recorded on it is known by its end, not as it begins.
    const then = applied(opening.so, asked.differences)
    told.push({ date, then, now: opening.so, apart: asked.differences })
  }
  return told
}

/** The roster of which the differences make this one. */
function applied(now: readonly HoldingTold[], differences: DifferencesTold['differences']): readonly HoldingTold[] {
  const before = new Map(now.map((holding) => [holding.holdingId, holding]))
  for (const { before: was, after } of differences) {
    if (was) before.set(was.holdingId, was)
    else if (after) before.delete(after.holdingId)
  }
  return [...before.values()].sort((a, b) => (a.holdingId < b.holdingId ? -1 : 1))
}

/** A walk of all its pages. */
export async function wholeWalk({ from, through, ...scope }: PacketHeader, book: OfflineBook): Promise<WalkTold> {
  const params = { ...scopeParams(scope), from, through, limit: STEPS_A_PAGE }
  let walk = await ask<WalkTold>(book, 'replay-window', params)
  while (walk.next !== null) {
    const page = await ask<WalkTold>(book, 'replay-window', { ...params, after: walk.next })
    walk = { ...page, opening: walk.opening, steps: [...walk.steps, ...page.steps] }
  }
  return walk
}

function scopeParams({ people, roles, circles }: Pick<PacketHeader, 'people' | 'roles' | 'circles'>) {
  return { person: people, role: roles, circle: circles }
}

async function ask<A>(book: OfflineBook, name: string, params: object, point: object = {}): Promise<A> {
  const answer = await book.ask(name, params, point)
  if (isRefusal(answer)) throw new CliError(`${answer.code}: ${answer.message}`, EXIT.usage)
  return answer as A
}

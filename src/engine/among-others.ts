import { RevisionConflict } from '../ledger/port.ts'
import type { Book } from './book.ts'
import type { Drafted } from './drafting.ts'
import type { ReadingOn } from './reading-on.ts'
import type { Outcome, Submission } from './submission.ts'

/** How often a command that lost the race to another node is decided again. */
const DECIDED_AGAIN = 3

/** What a command comes to on the state as it is: an answer already, or events to be appended. */
export type Considered = { readonly outcome: Outcome } | ToAppend

export interface ToAppend {
  readonly drafted: readonly Drafted[]
  readonly book: Book
  readonly now: number
}

/** The community that a command is decided for. */
export interface Deciding {
  readonly others: ReadingOn
  /** Decides the command on the state as it is, and changes nothing. */
  consider(): Promise<Considered>
  append(decided: ToAppend): Promise<unknown>
  /** Takes into account what is durable by now. */
  take(decided: ToAppend): Promise<Outcome>
}

/**
 * Decides a command where other nodes write too. What they wrote may make a refusal wrong, so none is given before the
 * books were read on; what is allowed is guarded by the revision it is appended at. A lost race is decided again, but not
 * for a caller who said which version they saw.
 * @throws RevisionConflict where the race was lost too often.
 */
export async function decideAmongOthers(
  { command, ifMatch }: Submission,
  { others, consider, append, take }: Deciding,
): Promise<Outcome> {
  // A private act and a yes rest on both books, and the append guards its own alone.
  const onBoth = command.book === 'private' || command.yes === true
  const readOn = () => (onBoth ? others.both() : others.one('open'))
  await others.makeRoom()
  if (others.isBehind) await others.both()
  else if (onBoth) await others.one(command.book === 'open' ? 'private' : 'open')
  let current = false
  for (let lost = 0; ; ) {
    const decided = await consider()
    if ('outcome' in decided) {
      if (current || !mayBeOutdated(decided.outcome)) return decided.outcome
      current = true
      await readOn()
      continue
    }
    try {
      await append(decided)
    } catch (error) {
      if (!(error instanceof RevisionConflict)) {
        others.fellBehind()
        throw error
      }
      await readOn()
      current = true
      if (++lost > DECIDED_AGAIN) throw error
      if (ifMatch === undefined || command.wayOut) continue
      const again = await consider()
      if ('outcome' in again) return again.outcome
      throw error
    }
    others.appended()
    return take(decided)
  }
}

/** An answer that records of other nodes may make wrong. */
function mayBeOutdated(outcome: Outcome): boolean {
  return outcome.kind === 'refused' || (outcome.kind === 'done' && outcome.events.length === 0)
}

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
  await others.makeRoom()
  if (others.isBehind) await others.both()
  // The append guards its own book; a private act and a yes rest on the other one too.
  else if (command.book === 'private') await others.one('open')
  else if (command.yes) await others.one('private')
  let current = false
  for (let lost = 0; ; ) {
    const decided = await consider()
    if ('outcome' in decided) {
      if (current || !mayBeOutdated(decided.outcome)) return decided.outcome
      current = true
      await others.both()
      continue
    }
    try {
      await append(decided)
    } catch (error) {
      others.fellBehind()
      if (!(error instanceof RevisionConflict)) throw error
      await others.both()
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

import { dateBounds, NEVER } from '../../src/kernel/dates.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import type { Entry, Fact, FactFold } from '../../src/kernel/fact-log.ts'
import type {
  AgreementRecorded,
  AgreementReviewed,
  AgreementReviewProposed,
  ResponsibilityAccepted,
  ResponsibilityEnded,
} from './events.ts'

type Recorded = Stored<(typeof AgreementRecorded)['fields']>
type Reviewed = Stored<(typeof AgreementReviewed)['fields']>
type Proposed = Stored<(typeof AgreementReviewProposed)['fields']>
type Carrying = Stored<(typeof ResponsibilityAccepted | typeof ResponsibilityEnded)['fields']>

/** What is so of an agreement for an interval; the interval ends where it is no longer in force. */
export interface AgreementFact {
  readonly recorded: Recorded
  /** When it came into force. */
  readonly recordedAt: string
  /** Day of the next review, as recorded or as the last review said. */
  readonly reviewDate: string
  /** Who carries it, by their own word, as long as they are members. */
  readonly carriedBy: readonly string[]
  /** That it goes on as it is, said by one of those and waiting for a second. */
  readonly proposedReview?: { readonly by: string; readonly reviewDate: string }
  /** When it was kept, oldest first. */
  readonly keptAt: readonly string[]
}

/** What an agreement's events say over time: one fact from each of them to the next, as long as it is in force. */
export const agreementFold: FactFold<AgreementFact> = (entries) => {
  const [first, ...later] = entries as readonly Entry<Recorded>[]
  if (first?.type !== 'AgreementRecorded') return []
  const { data } = first
  let fact: AgreementFact = {
    recorded: data,
    recordedAt: first.effective.text,
    reviewDate: data.reviewDate,
    carriedBy: data.carriedBy,
    keptAt: [],
  }
  let from = first.effective
  let evidence: readonly string[] = first.sources
  let to = data.endsAt === undefined ? NEVER : dateBounds(data.endsAt)
  const facts: Fact<AgreementFact>[] = []
  for (const entry of later) {
    if (entry.effective.earliest >= to.earliest) break
    const next = after(fact, entry)
    facts.push({ from, to: entry.effective, fact, evidence })
    from = entry.effective
    evidence = [...evidence, ...entry.sources]
    if (!next) {
      to = entry.effective
      break
    }
    fact = next
  }
  facts.push({ from, to, fact, evidence })
  return facts.filter((each) => each.from.earliest < each.to.latest)
}

/** The fact after an event; undefined where the agreement is no longer in force. */
function after(fact: AgreementFact, { type, data, effective }: Entry<unknown>): AgreementFact | undefined {
  const { proposedReview: _, ...settled } = fact
  switch (type) {
    case 'ResponsibilityAccepted':
      return { ...fact, carriedBy: [...new Set([...fact.carriedBy, (data as Carrying).personId])] }
    case 'ResponsibilityEnded':
    case 'MemberLeft':
    case 'MembershipEnded':
      return { ...fact, carriedBy: fact.carriedBy.filter((id) => id !== (data as Carrying).personId) }
    case 'AgreementReviewProposed': {
      const { personId: by, reviewDate } = data as Proposed
      return { ...fact, proposedReview: { by, reviewDate } }
    }
    case 'AgreementReviewed': {
      const { outcome, reviewDate } = data as Reviewed
      if (outcome !== 'keep') return undefined
      return { ...settled, reviewDate: reviewDate ?? fact.reviewDate, keptAt: [...fact.keptAt, effective.text] }
    }
    default:
      return undefined
  }
}

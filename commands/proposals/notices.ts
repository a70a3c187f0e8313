import { DAY_MS, instantText } from '../../src/kernel/dates.ts'
import { defineNotices, type Notice } from '../../src/kernel/define-notices.ts'
import { CompanyOffered, ProposalLapsed } from './notice-events.ts'
import { lapsesAt, openObjections, type Round } from './round-facts.ts'
import { aloneSince } from './setting-aside-facts.ts'
import { proposalsSlice } from './state.ts'

/** Proposals in which nothing moves for so long that they lapse. */
export const lapseNotices = defineNotices({
  name: 'proposal-lapses',
  book: 'open',
  reads: { proposals: proposalsSlice },
  due: ({ proposals }) =>
    undecided(proposals.rounds).map((round) => {
      const { proposalId } = round.submitted
      const dueAt = lapsesAt(round)
      return { about: proposalId, dueAt, event: ProposalLapsed.of({ proposalId, lapsedAt: instantText(dueAt) }) }
    }),
})

/** Company is offered to whoever objects alone, from the moment they stand alone, where the community asks for it. */
export const companyNotices = defineNotices({
  name: 'company-for-a-lone-objector',
  book: 'open',
  reads: { proposals: proposalsSlice },
  due: ({ proposals }) => undecided(proposals.rounds).flatMap(companyFor),
})

function companyFor(round: Round): readonly Notice[] {
  const { proposalId, snapshot } = round.submitted
  if (snapshot.loneObjectorSupport === 'off') return []
  // What is set aside from a later moment on leaves somebody alone from then on.
  return openObjections(round, Number.MAX_SAFE_INTEGER).flatMap((objection) => {
    const { objectionId, objectorId, allowed } = objection
    const since = aloneSince(round, objection, Number.MAX_SAFE_INTEGER)
    if (since === undefined || allowed || since >= lapsesAt(round)) return []
    const until = instantText(since + snapshot.loneObjectorSupportDays * DAY_MS)
    const event = CompanyOffered.of({ proposalId, objectionId, objectorId, since: instantText(since), until })
    return [{ about: objectionId, dueAt: since, event }]
  })
}

function undecided(rounds: ReadonlyMap<string, Round>): readonly Round[] {
  return [...rounds.values()].filter(({ decided }) => !decided)
}

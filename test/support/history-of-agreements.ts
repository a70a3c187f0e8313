import { Timer } from '../../src/engine/timer.ts'
import { adopted, agreedOn, type Deciding } from './decided.ts'
import type { Doing } from './doing.ts'
import { personNamed, type Scenario } from './scenario.ts'

const DAY_MS = 86_400_000

/** A scenario as whatever decides together. */
export function deciding(book: Scenario, there: Doing): Deciding {
  return {
    does: (by, name, input, effectiveAt) => there.does(by, name, input, effectiveAt),
    later: (days) => book.later(days * DAY_MS),
    day: (days) => new Date(book.now + days * DAY_MS).toISOString(),
  }
}

/** What becomes of agreements: carried, kept and retired; and what they carry: offers, and ends of terms and memberships. */
export async function livesOfAgreements(book: Scenario, doing: Doing): Promise<void> {
  const there = deciding(book, doing)
  const [gus, hana, ivo, jun] = ['gus', 'hana', 'ivo', 'jun'].map(personNamed) as [string, string, string, string]
  const people = [gus, hana, ivo, jun]
  const { circleId } = await there.does(gus, 'FormCircle', { name: 'Yard', purpose: 'To sit.' })
  const changes = [
    { command: 'DefineRole', input: { circleId, name: 'steward', purpose: 'To keep it.', weight: 2, seats: 2 } },
    { command: 'OfferRole', input: { roleId: { madeBy: 0 }, toId: ivo } },
    { command: 'OfferRole', input: { roleId: { madeBy: 0 }, toId: jun } },
  ]
  const proposalId = await agreedOn(there, people, { changes, carriedByMe: true })
  const { askId } = await there.does(gus, 'AskToCarry', { proposalId, toId: hana })
  await there.does(hana, 'AcceptResponsibility', { askId })
  const events = await book.given('AdoptProposal', { proposalId, version: 1 }, gus)
  const offers = events
    .filter(({ type }) => type === 'RoleOfferAdopted')
    .map(({ data }) => data as Record<string, string>)
  await there.does(ivo, 'DeclineAsk', { askId: offers[0]?.askId, note: 'Not this year.' })
  const roleId = offers[1]?.roleId
  await there.does(jun, 'AcceptRole', { roleId, proposalId })
  const { agreementId = '' } = (book.command('AdoptProposal').result?.(events) ?? {}) as { agreementId?: string }
  await there.does(hana, 'EndResponsibility', { agreementId })
  await there.does(gus, 'ReviewAgreement', { agreementId, outcome: 'keep', nextReviewAfterDays: 30 })
  await there.does(ivo, 'SecondAgreementReview', { agreementId })
  await there.later(31)
  await new Timer(book.engine).run()
  const recall = [
    { command: 'RecallFromRole', input: { roleId, memberId: jun } },
    { command: 'EndMembership', input: { memberId: jun } },
  ]
  await adopted(there, [gus, hana, ivo], { decisionClass: 'recall', changes: recall })
  const retiring = await adopted(there, [gus, hana, ivo])
  await there.does(ivo, 'ReviewAgreement', { agreementId, outcome: 'retire', proposalId: retiring.proposalId })
}

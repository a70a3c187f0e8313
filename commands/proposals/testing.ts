import { instantText } from '../../src/kernel/dates.ts'
import type { DecideContext } from '../../src/kernel/define-command.ts'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import type { Guards } from '../community/guards.ts'
import type { Objection } from './objection-facts.ts'
import type { Round } from './round-facts.ts'
import { personOf } from './rounds.ts'
import { heldBackBy } from './setting-aside-facts.ts'

export const TESTER_CONFLICTED = 'Whoever made the proposal, or objects to it, does not say what an argument is worth.'
const OBJECTION_STANDS = 'Somebody has taken the objection up, or sees it too: it stands until it is met.'
const TIME_ASKED_FOR = 'Somebody has asked for time; no objection is set aside meanwhile.'
const LONE_OBJECTOR_NEEDS_SUPPORT =
  'Whoever objects alone is offered company first. They may have it, waive it, or be silent for some days.'
export const SETTING_ASIDE_REFUSALS = {
  TESTER_CONFLICTED,
  OBJECTION_STANDS,
  TIME_ASKED_FOR,
  LONE_OBJECTOR_NEEDS_SUPPORT,
}

/** Refuses the proposer and the objector: neither tests the argument. */
export function conflicted(
  round: Round,
  objection: Objection,
  actor: Pick<DecideContext, 'actor'>,
): Refusal | undefined {
  const personId = personOf(actor)
  if (personId !== round.submitted.proposerId && personId !== objection.objectorId) return undefined
  return refuse('TESTER_CONFLICTED', { message: TESTER_CONFLICTED })
}

/**
 * Refuses that an objection be set aside, or seconded, now. Company is asked for in the mode of the community's rule; in
 * the mode `warn` it is noted in `guards`.
 */
export function mayNotSetAside(
  round: Round,
  objection: Objection,
  context: Pick<DecideContext, 'actor' | 'now'>,
  guards: Guards,
): Refusal | undefined {
  const refusal = conflicted(round, objection, context)
  if (refusal) return refusal
  const held = heldBackBy(round, objection, context.now)
  if (!held) return undefined
  const { code, until } = held
  const facts = until === undefined ? {} : { until: instantText(until) }
  const refused = refuse(code, { facts, message: SETTING_ASIDE_REFUSALS[code] })
  if (code !== 'LONE_OBJECTOR_NEEDS_SUPPORT') return refused
  return guards.check(round.submitted.snapshot.loneObjectorSupport, () => refused)
}

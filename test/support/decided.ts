import type { Doing } from './doing.ts'

/** Whatever gives commands and lets days pass. */
export interface Deciding extends Doing {
  later(days: number): unknown
  day(days: number): string
}

/** What is proposed: a class and what it says, with what adopting it does. */
export interface Wanted {
  readonly decisionClass?: string
  readonly changes?: readonly { readonly command: string; readonly input: object }[]
  readonly text?: string
  readonly carriedByMe?: boolean
  readonly reviewAfterDays?: number
  readonly evaluationCriteria?: readonly string[]
}

// Longer than the window of any class.
const DAYS = 15

/** Submits a proposal that the others consent to, and lets its window pass. @returns its id. */
export async function agreedOn(
  there: Deciding,
  [proposer = '', ...others]: readonly string[],
  wanted: Wanted = {},
): Promise<string> {
  const { proposalId = '' } = await there.does(proposer, 'SubmitProposal', {
    title: 'A change',
    driver: 'Nobody knows who does it.',
    text: 'We do it together.',
    ...wanted,
  })
  for (const personId of others) await there.does(personId, 'GiveConsent', { proposalId, version: 1 })
  await there.later(DAYS)
  return proposalId
}

/** As {@link agreedOn}, and adopts it. @returns its id, and that of the agreement. */
export async function adopted(there: Deciding, members: readonly string[], wanted: Wanted = {}) {
  const proposalId = await agreedOn(there, members, wanted)
  const { agreementId = '' } = await there.does(members[0] ?? '', 'AdoptProposal', { proposalId, version: 1 })
  return { proposalId, agreementId }
}

/** An agreement on trial for so many days from its adoption on. */
export async function onTrial(there: Deciding, [proposer = '', ...others]: readonly string[], days: number) {
  const { proposalId = '' } = await there.does(proposer, 'SubmitProposal', {
    title: 'A trial',
    driver: 'Nobody knows whether it works.',
    text: 'We try it.',
    carriedByMe: true,
  })
  await there.does(proposer, 'ProposeTrial', { proposalId, until: there.day(DAYS + days) })
  for (const personId of others) await there.does(personId, 'GiveConsent', { proposalId, version: 2 })
  await there.later(DAYS)
  const { agreementId = '' } = await there.does(proposer, 'AdoptProposal', { proposalId, version: 2 })
  return { proposalId, agreementId }
}

import { Timer } from '../../src/engine/timer.ts'
import type { Doing } from './doing.ts'
import { objected, setAside, submitted } from './rounds.ts'
import { personNamed, type Scenario } from './scenario.ts'

const DAY_MS = 86_400_000

/** Every turn a proposal takes, from the first question to adoption, withdrawal and lapse; four people who join for it. */
export async function proposalRounds(book: Scenario, there: Doing): Promise<void> {
  const [gus, hana, ivo, jun] = ['gus', 'hana', 'ivo', 'jun'].map(personNamed) as [string, string, string, string]
  for (const person of [gus, hana, ivo, jun]) await there.does(person, 'JoinCommunity', { displayName: 'Somebody new' })
  const proposalId = await submitted(there, gus, { evaluationCriteria: ['Somebody sits there.'], carriedByMe: true })
  const { questionId } = await there.does(hana, 'AskClarifyingQuestion', { proposalId, text: 'Of wood?' })
  await there.does(gus, 'AnswerQuestion', { proposalId, questionId, text: 'Of oak.' })
  await there.does(hana, 'GiveConsent', { proposalId, version: 1 })
  await there.does(hana, 'RevokeConsent', { proposalId })
  await there.does(hana, 'StandAside', { proposalId, version: 1 })
  await there.does(jun, 'RaiseConcern', { proposalId, text: 'The rain.' })
  await there.does(jun, 'AskForTime', { proposalId })
  const which = await objected(there, proposalId, ivo)
  await new Timer(book.engine).run()
  const { askId: offer } = await there.does(hana, 'OfferObjectorSupport', { objectionId: which.objectionId })
  await there.does(ivo, 'AcceptObjectorSupport', { askId: offer })
  await there.does(ivo, 'AskForCompany', { objectionId: which.objectionId, toId: jun })
  await there.does(hana, 'TakeUpObjection', { ...which })
  const amended = { proposalId, text: 'A bench behind the house.', addressesObjectionIds: [which.objectionId] }
  await there.does(gus, 'AmendProposal', amended)
  await there.does(ivo, 'ResolveObjection', { ...which })
  await there.does(gus, 'ProposeTrial', { proposalId, until: new Date(book.now + 60 * DAY_MS).toISOString() })
  for (const person of [hana, ivo, jun]) await there.does(person, 'GiveConsent', { proposalId, version: 3 })
  book.later(9 * DAY_MS)
  await there.does(jun, 'AdoptProposal', { proposalId, version: 3 })
  const aside = await setAside(there, gus, ivo, jun, hana)
  await there.does(jun, 'SeeItToo', { ...aside })
  await there.does(ivo, 'WithdrawObjection', { ...aside })
  await there.does(gus, 'WithdrawProposal', { proposalId: aside.proposalId })
  await submitted(there, gus)
  book.later(31 * DAY_MS)
  await new Timer(book.engine).run()
}

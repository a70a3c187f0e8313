import { HttpCommunity } from '../support/http-community.ts'
import { objected, setAside, submitted, testable, type Which } from '../support/rounds.ts'
import type { House } from './house.ts'
import type { Example } from './operations.ts'

/** Ids of what is proposed in `hearth`: by Ada unless said, with Ben as the one who objects. */
export interface Rounds {
  readonly proposalId: string
  readonly questionId: string
  /** An objection that others may test. */
  readonly tested: Which
  /** One that somebody says is none, and one that a second has set aside. */
  readonly proposedAside: Which
  readonly setAside: Which
  /** What Ada offers Ben, who objects to a proposal of Dov's: to stand beside him. */
  readonly company: string
}

/** Lets proposals of every state be under way. Two more members test what Ben says. */
export async function prepareRounds(house: House, dov: string): Promise<Rounds> {
  const there = HttpCommunity.at(house.server, 'hearth')
  const [ada, ben] = [house.dweller('ada').id, house.dweller('ben').id]
  const [eve, fay] = ['e', 'f'].map((letter) => `person_${letter.repeat(22)}`) as [string, string]
  for (const person of [eve, fay]) await there.does(person, 'JoinCommunity', { displayName: person.slice(7, 10) })
  const proposalId = await submitted(there, ada)
  const { questionId = '' } = await there.does(eve, 'AskClarifyingQuestion', { proposalId, text: 'Of wood?' })
  const { objectionId } = await objected(there, await submitted(there, dov), ben)
  const { askId: company = '' } = await there.does(ada, 'OfferObjectorSupport', { objectionId })
  return {
    proposalId,
    questionId,
    tested: await testable(there, ada, ben),
    proposedAside: await setAside(there, ada, ben, eve),
    setAside: await setAside(there, ada, ben, eve, fay),
    company,
  }
}

/** A request of every operation on proposals, good for whoever of Ada, Ben and Dov it is for. */
export function roundExamples(known: Rounds, dov: string): Readonly<Record<string, Example>> {
  const path = { proposalId: known.proposalId }
  const on = (body: object = {}) => ({ path, body })
  const about = (which: Which, body: object = {}) => ({ path: { ...which }, body })
  const { objectionId } = known.tested
  return {
    SubmitProposal: { body: { title: 'A bench', driver: 'Nobody can sit.', text: 'We build one.' } },
    AskClarifyingQuestion: on({ text: 'How long?' }),
    AnswerQuestion: { path: { ...path, questionId: known.questionId }, body: { text: 'Of oak.' } },
    GiveConsent: on({ version: 1 }),
    StandAside: on({ version: 1 }),
    RevokeConsent: on(),
    RaiseConcern: on({ text: 'The rain.' }),
    RaiseObjection: on({ version: 1, argument: "I can't say yet why." }),
    AskForTime: on(),
    AmendProposal: on({ text: 'We build two.' }),
    ProposeTrial: on({ until: '2026-08-01' }),
    WithdrawProposal: on(),
    AdoptProposal: on({ version: 1 }),
    TakeUpObjection: about(known.tested),
    AllowSettingAside: about(known.tested),
    SetObjectionAside: about(known.tested, { reason: 'It is loud everywhere.' }),
    SecondSettingAside: about(known.proposedAside),
    SeeItToo: about(known.setAside),
    ResolveObjection: about(known.tested),
    WithdrawObjection: about(known.tested),
    OfferObjectorSupport: { body: { objectionId } },
    AskForCompany: { body: { objectionId, toId: dov } },
    AcceptObjectorSupport: { path: { askId: known.company }, body: {} },
    proposal: { path: { proposal: known.proposalId } },
  }
}

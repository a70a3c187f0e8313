import { agreedOn } from '../support/decided.ts'
import { HttpCommunity } from '../support/http-community.ts'
import type { House } from './house.ts'
import type { Example } from './operations.ts'

/** Ids of what `hearth` has agreed on: Ada carries it, and has said that it should go on. */
export interface Agreed {
  readonly agreementId: string
  /** That she asks Ben to carry it with her. */
  readonly carrying: string
}

/** Lets something be adopted, for which its window has to pass: everything else comes after it. */
export async function prepareAgreements(house: House, dov: string): Promise<Agreed> {
  const there = HttpCommunity.at(house.server, 'hearth')
  const [ada, ben] = [house.dweller('ada').id, house.dweller('ben').id]
  const proposalId = await agreedOn(there, [ada, ben, dov], { carriedByMe: true })
  const { agreementId = '' } = await there.does(ada, 'AdoptProposal', { proposalId, version: 1 })
  const { askId: carrying = '' } = await there.does(ada, 'AskToCarry', { agreementId, toId: ben })
  await there.does(ada, 'ReviewAgreement', { agreementId, outcome: 'keep' })
  return { agreementId, carrying }
}

/** A request of every operation on agreements, good for whoever of Ada and Ben it is for. */
export function agreementExamples({ agreementId, carrying }: Agreed, roleId: string, dov: string) {
  const path = { agreementId }
  return {
    AskToCarry: { body: { agreementId, toId: dov } },
    AcceptResponsibility: { body: { askId: carrying } },
    EndResponsibility: { path, body: {} },
    ReviewAgreement: { path, body: { outcome: 'keep' } },
    SecondAgreementReview: { path, body: {} },
    RecallFromRole: { path: { roleId }, body: { memberId: dov } },
    EndMembership: { path: { memberId: dov }, body: {} },
    agreement: { path: { agreement: agreementId } },
  } satisfies Readonly<Record<string, Example>>
}

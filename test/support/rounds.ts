import type { Doing } from './doing.ts'

type More = Readonly<Record<string, unknown>>

/** Submits a proposal. @returns its id. */
export async function submitted(there: Doing, by: string, more: More = {}): Promise<string> {
  const proposal = { title: 'A bench', driver: 'Nobody can sit in the yard.', text: 'We put a bench there.', ...more }
  return idIn(await there.does(by, 'SubmitProposal', proposal), 'proposalId')
}

/** An objection of somebody to a proposal, as commands name it. */
export interface Which {
  readonly proposalId: string
  readonly objectionId: string
}

/** Objects to a version of a proposal, the first unless said. */
export async function objected(there: Doing, proposalId: string, by: string, version = 1): Promise<Which> {
  const objection = { proposalId, version, argument: 'It is too loud there.' }
  return { proposalId, objectionId: idIn(await there.does(by, 'RaiseObjection', objection), 'objectionId') }
}

/** Submits a proposal to which somebody objects, who says that others may test it. */
export async function testable(there: Doing, proposer: string, objector: string): Promise<Which> {
  const which = await objected(there, await submitted(there, proposer), objector)
  await there.does(objector, 'AllowSettingAside', { ...which })
  return which
}

/** As {@link testable}, and somebody says that it is no objection, and somebody else seconds, where there is one. */
export async function setAside(there: Doing, proposer: string, objector: string, by: string, second?: string) {
  const which = await testable(there, proposer, objector)
  await there.does(by, 'SetObjectionAside', { ...which, reason: 'It is loud everywhere.' })
  if (second !== undefined) await there.does(second, 'SecondSettingAside', { ...which })
  return which
}

function idIn(made: Readonly<Record<string, string>>, name: string): string {
  const id = made[name]
  if (id === undefined) throw new Error(`nothing with a ${name} was made`)
  return id
}

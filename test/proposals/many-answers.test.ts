import { beforeAll, describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/engine/submission.ts'
import { doing } from '../support/doing.ts'
import { submitted } from '../support/rounds.ts'
import { personNamed, Scenario } from '../support/scenario.ts'

const DAY_MS = 86_400_000
const named = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${1000 + i}`)
const MEMBERS = named('m', 200)
const LATECOMERS = named('late', 20)
const ROUNDS = 50
// Of the members the first twenty leave and the next twenty take leave, each in the middle of their answers.
const LEAVING = MEMBERS.slice(0, 20)
const AWAY = MEMBERS.slice(20, 40)
const HALF = ROUNDS / 2

interface Sent {
  readonly round: number
  readonly by: string
  readonly command: string
  readonly outcome: Promise<Outcome>
}

interface Answer {
  readonly electorate: number
  readonly consents: number
  readonly asides: number
  readonly openObjections: number
  readonly answersMissing: number
}

describe('200 members answer 50 proposals at once while people join, leave and take leave', () => {
  let book: Scenario
  let proposals: string[]
  const sent: Sent[] = []

  beforeAll(async () => {
    book = await Scenario.founded(MEMBERS)
    const proposers = MEMBERS.slice(-ROUNDS)
    proposals = await Promise.all(proposers.map((name) => submitted(doing(book), personNamed(name))))
    const moves: Promise<Outcome>[] = []
    const answersOf = (by: string, from: number, to: number) => {
      for (let round = from; round < to; round += 1) {
        const { command, input } = answerOf(Number(by.slice(1)), round)
        const proposalId = proposals[round]
        const outcome = book.when(command, { proposalId, version: 1, ...input }, personNamed(by))
        sent.push({ round, by, command, outcome })
      }
    }
    for (const by of MEMBERS) answersOf(by, 0, HALF)
    for (const by of LATECOMERS) moves.push(book.when('JoinCommunity', { displayName: by }, personNamed(by)))
    for (const by of LEAVING) moves.push(book.when('LeaveCommunity', {}, personNamed(by)))
    for (const by of AWAY) moves.push(book.when('TakeLeave', {}, personNamed(by)))
    for (const by of LATECOMERS) answersOf(by, 0, 5)
    // Those on leave answer no more, and in the first five of the second half all the same.
    for (const by of MEMBERS) {
      if (AWAY.includes(by)) answersOf(by, HALF, HALF + 5)
      else if (!LEAVING.includes(by)) answersOf(by, HALF, ROUNDS)
    }
    await Promise.all(moves)
    await Promise.all(sent.map(({ outcome }) => outcome))
  })

  it('no answer is lost, and none but those of latecomers is refused', async () => {
    const late = new Set(LATECOMERS)
    const refused = new Set<string>()
    for (const { by, outcome } of sent) {
      const done = await outcome
      if (late.has(by)) refused.add(done.kind === 'refused' ? done.refusal.code : done.kind)
      else expect([by, done.kind]).toEqual([by, 'done'])
    }
    expect([...refused]).toEqual(['NOT_ELIGIBLE'])
    const counted = sent.filter(({ by }) => !late.has(by)).length
    const types = ['ConsentGiven', 'StoodAside', 'ObjectionRaised']
    expect((await book.events()).filter(({ type }) => types.includes(type))).toHaveLength(counted)
    expect(counted).toBeGreaterThan(8000)
  })

  it('every round counts the answers that were sent, and its electorate is that of its opening', async () => {
    for (const [round, proposal] of proposals.entries()) {
      const answer = await book.ask<Answer>('proposal', { proposal })
      const own = sent.filter((each) => each.round === round && !LATECOMERS.includes(each.by))
      const of = (command: string) => own.filter((each) => each.command === command).length
      const proposer = MEMBERS[MEMBERS.length - ROUNDS + round]
      const answered = new Set(own.map(({ by }) => by))
      const gone = [...LEAVING, ...AWAY].filter((by) => !answered.has(by)).length
      expect(answer).toMatchObject({
        electorate: MEMBERS.length - gone,
        consents: of('GiveConsent'),
        asides: of('StandAside'),
        openObjections: of('RaiseObjection'),
        answersMissing: MEMBERS.length - gone - new Set([...answered, proposer]).size,
      })
    }
  })

  it('a round without an objection is adopted with just those answers, and one with is not', async () => {
    book.later(6 * DAY_MS)
    const adopt = (round: number) =>
      book.when('AdoptProposal', { proposalId: proposals[round], version: 1 }, personNamed('m1150'))
    const adopted = await adopt(ROUNDS - 1)
    expect(adopted.kind === 'done' && adopted.events[0]?.data).toMatchObject({ tally: { electorate: 160, silent: 0 } })
    expect(await adopt(0)).toMatchObject({ kind: 'refused', refusal: { code: 'UNRESOLVED_OBJECTIONS' } })
  })

  it('a rebuild from the book reaches the same views', async () => {
    const lived = await (await book.hot()).digests()
    expect(await (await book.restarted().hot()).digests()).toEqual(lived)
  })
})

/** Most consent, some stand aside, and a few object to the proposals of the first half. */
function answerOf(person: number, round: number): { readonly command: string; readonly input: object } {
  if (round < HALF && (person + round) % 97 === 0)
    return { command: 'RaiseObjection', input: { argument: "I can't say yet why." } }
  return { command: (person + round) % 5 === 0 ? 'StandAside' : 'GiveConsent', input: {} }
}

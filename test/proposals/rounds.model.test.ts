import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Round } from '../../commands/proposals/round-facts.ts'
import type { ProposalsState } from '../../commands/proposals/state.ts'
import type { AnyCommand } from '../../src/kernel/define-command.ts'
import { TestServer } from '../support/http.ts'
import { HttpCommunity } from '../support/http-community.ts'
import { personNamed } from '../support/scenario.ts'
import { someActs } from './round-acts.ts'
import { RoundModel } from './round-model.ts'

const MEMBERS = ['ada', 'ben', 'cyd', 'dov'].map(personNamed)

/** A fault in the act of adopting: what it takes a round to be, and which version it was asked for. */
type Fault = (round: Round, version: number) => { readonly round: Round; readonly version: number }

const withRule = (round: Round, change: object): Round => ({
  ...round,
  submitted: { ...round.submitted, snapshot: { ...round.submitted.snapshot, ...change } },
})

const FAULTS: Readonly<Record<string, Fault>> = {
  'an open objection is not looked at': (round, version) => ({ round: { ...round, objections: new Map() }, version }),
  'the window is not waited for': (round, version) => ({ round: { ...round, closesAt: 0 }, version }),
  'any number of answers is enough': (round, version) => {
    const { rule } = round.submitted.snapshot
    return { round: withRule(round, { rule: { ...rule, answers: 0 } }), version }
  },
  'any version will do': (round) => ({ round, version: round.version }),
  'silence counts': (round, version) => ({ round: withRule(round, { silenceMeans: 'no-objection' }), version }),
}

describe('proposal rounds over HTTP do what the small model of them does', () => {
  let server: TestServer
  let adopt: { decide: AnyCommand['decide'] }
  let sound: AnyCommand['decide']
  let communities = 0
  let adoptions = 0
  beforeAll(async () => {
    server = await TestServer.start('2026-03-01T09:00:00Z')
    adopt = server.hearthbook.registry.commands.get('AdoptProposal') as { decide: AnyCommand['decide'] }
    sound = adopt.decide
  })
  afterEach(() => {
    adopt.decide = sound
  })
  afterAll(() => server.close())

  const property = () =>
    fc.asyncProperty(someActs(MEMBERS), async (acts) => {
      const there = await HttpCommunity.found(server, `round-${communities++}`, MEMBERS)
      const model = new RoundModel(MEMBERS, server.now)
      await fc.asyncModelRun(() => ({ model, real: there }), acts)
      adoptions += model.rounds.filter(({ adopted }) => adopted).length
    })

  it('nothing is adopted over an objection, before its window, with too few answers, or as it was; silence counts for nobody', async () => {
    await fc.assert(property(), { numRuns: 30, seed: 20260301, endOnFailure: true })
    expect(adoptions).toBeGreaterThan(3) // or nothing would have been put to the test
  })

  it.each(Object.entries(FAULTS))('a planted fault is found: %s', async (_, fault) => {
    adopt.decide = (state, command, context) => {
      const { proposals } = state as { proposals: ProposalsState }
      const { proposalId, version } = command as { proposalId: string; version: number }
      const found = proposals.rounds.get(proposalId)
      if (!found) return sound.call(adopt as AnyCommand, state, command, context)
      const { round, version: asked } = fault(found, version)
      const rounds = new Map([...proposals.rounds, [proposalId, round]])
      const faulty = { ...state, proposals: { ...proposals, rounds } }
      return sound.call(adopt as AnyCommand, faulty, { ...command, version: asked }, context)
    }
    const { failed, errorInstance } = await fc.check(property(), { numRuns: 200, seed: 20260301, endOnFailure: true })
    expect([failed, String(errorInstance)]).toEqual([true, expect.stringContaining('AdoptProposal')])
  })
})

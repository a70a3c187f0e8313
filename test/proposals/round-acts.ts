import fc from 'fast-check'
import { expect } from 'vitest'
import type { HttpCommunity } from '../support/http-community.ts'
import type { Kind, ModelRound, RoundModel } from './round-model.ts'

type Act = fc.AsyncCommand<RoundModel, HttpCommunity>

/** An act on one of the rounds there are. `does` sends it and brings the model along. */
function onARound(
  text: string,
  at: number,
  does: (model: RoundModel, round: ModelRound, there: HttpCommunity) => Promise<void>,
): Act {
  const roundOf = ({ rounds }: Readonly<RoundModel>) => rounds[at % Math.max(1, rounds.length)]
  return {
    check: (model) => roundOf(model) !== undefined,
    run: async (model, there) => {
      const round = roundOf(model)
      if (round) await does(model, round, there)
    },
    toString: () => `${text} in round ${at}`,
  }
}

async function isDone(there: HttpCommunity, by: string, command: string, input: object): Promise<string | undefined> {
  const { status, body } = await there.sends(by, command, input)
  if (status === 422 || status === 403) return undefined
  // 200: there was nothing to do.
  if (status !== 201 && status !== 200) throw new Error(`${command}: ${status} ${body.code}`)
  return body.result?.objectionId ?? ''
}

function submits(by: string, kind: Kind): Act {
  return {
    check: ({ rounds }) => rounds.length < 2,
    run: async (model, there) => {
      const proposal = { title: 'A bench', driver: 'Nobody can sit.', text: 'We build one.', decisionClass: kind }
      const { proposalId = '' } = await there.does(by, 'SubmitProposal', proposal)
      model.submitted(proposalId, kind, by)
    },
    toString: () => `${by} submits a ${kind} proposal`,
  }
}

function answers(at: number, by: string, stance: 'consent' | 'aside', back: number): Act {
  return onARound(`${by}: ${stance} to ${back} versions back`, at, async (model, round, there) => {
    const version = round.version - back
    if (version < 1) return
    const command = stance === 'consent' ? 'GiveConsent' : 'StandAside'
    const done = await isDone(there, by, command, { proposalId: round.id, version })
    expect([command, done !== undefined]).toEqual([command, model.mayAnswer(round, by, version)])
    if (done !== undefined) model.answered(round, by, stance)
  })
}

function objects(at: number, by: string): Act {
  return onARound(`${by} objects`, at, async (model, round, there) => {
    const objection = { proposalId: round.id, version: round.version, argument: "I can't say yet why." }
    const id = await isDone(there, by, 'RaiseObjection', objection)
    expect(['RaiseObjection', id !== undefined]).toEqual(['RaiseObjection', model.isOpen(round)])
    if (id === undefined) return
    round.objections.push({ id, by, ended: false, effectAt: undefined })
    round.answers.delete(by)
    round.movedAt = model.now
  })
}

function endsObjection(at: number, command: 'ResolveObjection' | 'WithdrawObjection', by: string | undefined): Act {
  return onARound(`${by ?? 'the objector'}: ${command}`, at, async (model, round, there) => {
    const objection = round.objections.at(-1)
    if (!objection) return
    const who = by ?? objection.by
    const done = await isDone(there, who, command, { proposalId: round.id, objectionId: objection.id })
    const may = model.isOpen(round) && who === objection.by && model.openObjections(round).includes(objection)
    expect([command, done !== undefined]).toEqual([command, may])
    if (done === undefined) return
    objection.ended = true
    round.movedAt = model.now
  })
}

/** What the others do with an objection. Whether they may is the server's to say; what comes of it, the model follows. */
function tests(at: number, command: string, by: string | undefined): Act {
  return onARound(`${by ?? 'the objector'}: ${command}`, at, async (model, round, there) => {
    const objection = round.objections.at(-1)
    if (!objection) return
    const input = { proposalId: round.id, objectionId: objection.id }
    const reason = command === 'SetObjectionAside' ? { reason: 'It says nothing.' } : {}
    const who = by ?? objection.by
    const head = await there.written()
    if ((await isDone(there, who, command, { ...input, ...reason })) === undefined) return
    expect([command, who]).not.toEqual(['SetObjectionAside', objection.by])
    if ((await there.written()) === head) return
    round.movedAt = model.now
    if (command === 'SecondSettingAside') objection.effectAt = model.now + 3 * 86_400_000
    if (command === 'SeeItToo' || command === 'TakeUpObjection') objection.effectAt = undefined
  })
}

function amends(at: number): Act {
  return onARound('the proposer amends', at, async (model, round, there) => {
    const done = await isDone(there, round.proposer, 'AmendProposal', { proposalId: round.id, text: 'We build two.' })
    expect(['AmendProposal', done !== undefined]).toEqual(['AmendProposal', model.isOpen(round)])
    if (done !== undefined) model.newVersion(round)
  })
}

function asksForTime(at: number, by: string): Act {
  return onARound(`${by} asks for time`, at, async (model, round, there) => {
    const done = await isDone(there, by, 'AskForTime', { proposalId: round.id })
    expect(['AskForTime', done !== undefined]).toEqual(['AskForTime', model.isOpen(round) && !round.timeGiven])
    if (done === undefined) return
    round.timeGiven = true
    round.closesAt = Math.max(round.closesAt, model.now) + 3 * 86_400_000
    round.movedAt = model.now
  })
}

function adopts(at: number, by: string, back: number): Act {
  return onARound(`${by} adopts ${back} versions back`, at, async (model, round, there) => {
    const version = round.version - back
    if (version < 1) return
    const done = await isDone(there, by, 'AdoptProposal', { proposalId: round.id, version })
    expect(['AdoptProposal', done !== undefined]).toEqual(['AdoptProposal', model.mayAdopt(round, version)])
    if (done !== undefined) round.adopted = true
  })
}

function isAway(by: string, away: boolean): Act {
  return {
    check: (model) => model.away.has(by) !== away,
    run: async (model, there) => {
      await there.does(by, away ? 'TakeLeave' : 'ReturnFromLeave')
      if (away) model.away.add(by)
      else model.away.delete(by)
    },
    toString: () => `${by} ${away ? 'takes leave' : 'is back'}`,
  }
}

function passes(days: number): Act {
  return {
    check: () => true,
    run: async (model, there) => {
      await there.later(days)
      model.now = there.server.now
    },
    toString: () => `${days} days pass`,
  }
}

/** Acts of four members on up to two rounds; what leads towards an adoption comes more often. */
export function someActs(members: readonly string[]): fc.Arbitrary<Iterable<Act>> {
  const who = fc.constantFrom(...members)
  const round = fc.nat(1)
  const back = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.constant(1) })
  const kind = fc.constantFrom<Kind>('standard', 'significant')
  const stance = fc.constantFrom<'consent' | 'aside'>('consent', 'consent', 'aside')
  const adoption = fc.tuple(round, who, back).map(([at, by, n]) => adopts(at, by, n))
  const consent = fc.tuple(round, who).map(([at, by]) => answers(at, by, 'consent', 0))
  const tester = fc.tuple(round, fc.constantFrom('SetObjectionAside', 'SecondSettingAside', 'SeeItToo'), who)
  const ending = fc.constantFrom<'ResolveObjection' | 'WithdrawObjection'>('ResolveObjection', 'WithdrawObjection')
  return fc.commands(
    [
      fc.tuple(who, kind).map(([by, each]) => submits(by, each)),
      fc.tuple(who, kind).map(([by, each]) => submits(by, each)),
      ...Array.from({ length: 5 }, () => consent),
      fc.tuple(round, who, stance, back).map(([at, by, each, n]) => answers(at, by, each, n)),
      fc.tuple(round, who).map(([at, by]) => objects(at, by)),
      fc
        .tuple(round, ending, fc.option(who, { nil: undefined, freq: 3 }))
        .map(([at, how, by]) => endsObjection(at, how, by)),
      fc.tuple(round).map(([at]) => tests(at, 'AllowSettingAside', undefined)),
      tester.map(([at, command, by]) => tests(at, command, by)),
      tester.map(([at, command, by]) => tests(at, command, by)),
      round.map(amends),
      fc.tuple(round, who).map(([at, by]) => asksForTime(at, by)),
      fc.tuple(who, fc.boolean()).map(([by, away]) => isAway(by, away)),
      fc.constantFrom(1, 3, 5, 8).map(passes),
      fc.constantFrom(3, 5, 8).map(passes),
      adoption,
      adoption,
      adoption,
    ],
    { maxCommands: 60, size: 'max' },
  )
}

import { z } from 'zod'
import { openObjections, type Round, roundStatus } from '../../commands/proposals/round-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { instantText } from '../../src/kernel/dates.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import { inOrder } from '../roster/in-order.ts'
import { roundAt } from './projection.ts'
import { hereAt, roundReads } from './round-answers.ts'

const MY_ANSWERS = ['none', 'consent', 'aside', 'objection', 'to-an-earlier-version'] as const

const round = z.object({
  proposalId: z.string(),
  title: z.string(),
  version: z.int(),
  closesAt: z.string(),
  isMine: z.boolean().meta({ description: 'You made the proposal' }),
  myAnswer: z.enum(MY_ANSWERS),
  waitsForMe: z.boolean().meta({ description: 'Nobody has to answer; it is open to you, and you have not' }),
})

export const myRounds = defineQuestion({
  name: 'my-rounds',
  summary: 'The proposals you may answer, and what you have said: those that wait for you first.',
  reads: roundReads,
  params: z.strictObject({
    waiting: z.boolean().default(false).meta({ description: 'Only what waits for your answer' }),
  }),
  answer: classed(2, z.object({ rounds: z.array(round), count: z.int(), waiting: z.int() })),
  timed: false,
  own: true,
  public: false,
  http: { path: '/mine/rounds' },
  cli: { verb: 'my-rounds' },
  ask({ people, proposals }, { waiting }, context) {
    const { viewer = '' } = context
    // Whoever is on leave is not waited for; they may answer all the same.
    const isHere = hereAt(people, context)(viewer)
    const open = [...proposals.steps.keys()].flatMap((id) => {
      const found = roundAt(proposals, id, context)
      if (!found || roundStatus(found, context.asOf) !== 'open' || !found.eligible.has(viewer)) return []
      return [answerOf(found, viewer, isHere, context)]
    })
    const sorted = inOrder(open, (each) => [each.waitsForMe ? 0 : 1, Date.parse(each.closesAt), each.proposalId])
    const waits = sorted.filter((each) => each.waitsForMe)
    const rounds = waiting ? waits : sorted
    return { rounds, count: rounds.length, waiting: waits.length }
  },
})

function answerOf(found: Round, viewer: string, isHere: boolean, { asOf }: AskContext): z.output<typeof round> {
  const { proposalId, title, proposerId } = found.submitted
  const position = found.positions.get(viewer)
  const objects = openObjections(found, asOf).some(({ objectorId }) => objectorId === viewer)
  const said = position && (position.version === found.version ? position.stance : 'to-an-earlier-version')
  const myAnswer = objects ? 'objection' : (said ?? 'none')
  const isMine = proposerId === viewer
  return {
    proposalId,
    title,
    version: found.version,
    closesAt: instantText(found.closesAt),
    isMine,
    myAnswer,
    waitsForMe: isHere && !isMine && (myAnswer === 'none' || myAnswer === 'to-an-earlier-version'),
  }
}

import { z } from 'zod'
import { isGathering, overAt } from '../../commands/gatherings/hosting.ts'
import { REFLECTED, reflectionsSlice } from '../../commands/gatherings/reflection-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { line } from '../../src/kernel/text.ts'
import { invitationsProjection } from '../invitations/projection.ts'
import { lifeAt } from '../invitations/view.ts'
import { policiesAt, policiesProjection } from '../policies/projection.ts'

const median = z.number().nullable()

export const hostingReflections = defineQuestion({
  name: 'hosting-reflections',
  summary:
    'How guests of a gathering you hosted say they were hosted: medians alone, once it is over and enough have answered. Nobody else is told.',
  reads: { invitations: invitationsProjection, policies: policiesProjection },
  sums: [reflectionsSlice],
  params: z.strictObject({ gathering: line(60).meta({ description: 'The id of the invitation it is' }) }),
  answer: classed(
    2,
    z.object({
      invitationId: z.string(),
      dignity: median,
      wellbeing: median,
      autonomy: median,
      couldSayNo: median,
      reason: z.string().nullable().meta({ description: 'Why there are none' }),
      neededAnswers: z.int(),
    }),
  ),
  timed: false,
  own: true,
  public: false,
  http: { path: '/mine/gatherings/{gathering}/reflections' },
  ask({ invitations, policies }, { gathering }, context) {
    const life = lifeAt(invitations, gathering, context)?.life
    const hosted = life?.hosts.some(({ personId }) => personId === context.viewer)
    if (!life || !hosted || !isGathering(life)) return undefined
    const { kAnonymity } = policiesAt(policies, context).values
    const answers = context.sumOf(reflectionsSlice).get(gathering)
    // While it goes on the hosts would see each answer move the figures.
    const running = (overAt(life) ?? 0) > context.asOf
    const few = (answers?.dignity.length ?? 0) < kAnonymity
    const reason = running ? 'not-over-yet' : few ? 'too-few-answers' : null
    const medians = REFLECTED.map((each) => [each, reason === null ? medianOf(answers?.[each] ?? []) : null])
    return {
      invitationId: gathering,
      ...(Object.fromEntries(medians) as Record<(typeof REFLECTED)[number], number | null>),
      reason,
      neededAnswers: kAnonymity,
    }
  },
})

function medianOf(answers: readonly number[]): number | null {
  const sorted = answers.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

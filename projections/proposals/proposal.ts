import { z } from 'zod'
import { changesSchema, tallySchema } from '../../commands/proposals/decision-facts.ts'
import type { ProposalAdopted, ProposalAmended, TrialProposed } from '../../commands/proposals/events.ts'
import { classed } from '../../src/kernel/data-class.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import { line } from '../../src/kernel/text.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import type { PeopleView } from '../people/view.ts'
import { objectionAnswer, objectionAnswers } from './objection-answers.ts'
import { roundAt, type Step, sealedIn, stepsAt } from './projection.ts'
import { roundAnswer, roundAnswerOf, roundReads } from './round-answers.ts'

const text = z.string().nullable().meta({ description: 'null where its author was erased' })
const said = { by: personRef, at: z.string(), text }

const version = z.object({
  version: z.int(),
  at: z.string(),
  text: z.string(),
  trialUntil: z.string().nullable(),
  closesAt: z.string(),
  addresses: z.array(z.string()).meta({ description: 'Objections it meant to meet' }),
})

const answer = classed(
  1,
  z.object({
    ...roundAnswer.shape,
    objections: z.array(objectionAnswer),
    versions: z.array(version).meta({ description: 'Every version, the one that is answered now last' }),
    driver: z.string(),
    carriedByProposer: z.boolean(),
    reviewAfterDays: z.int(),
    evaluationCriteria: z.array(z.string()),
    changes: z.array(changesSchema.element).meta({ description: 'What adopting does beside recording it' }),
    about: z.array(personRef).meta({ description: 'Whose role or membership it would end' }),
    concerns: z.array(z.object({ concernId: z.string(), version: z.int(), ...said })),
    questions: z.array(
      z.object({ questionId: z.string(), ...said, answers: z.array(z.object({ at: z.string(), text })) }),
    ),
    adopted: z
      .object({ at: z.string(), by: personRef, version: z.int(), tally: tallySchema, agreementId: z.string() })
      .nullable(),
  }),
)
type Answer = z.output<typeof answer>

export const proposalQuestion = defineQuestion({
  name: 'proposal',
  summary:
    'One proposal: its objections first, its versions side by side, how it is answered, how many answers are missing (never whose), and what adoption still needs.',
  reads: roundReads,
  params: z.strictObject({ proposal: line(60).meta({ description: 'The id of a proposal' }) }),
  answer,
  timed: true,
  resource: ({ proposalId }) => `proposal:${proposalId}`,
  public: false,
  http: { path: '/proposals/{proposal}' },
  cli: { verb: 'proposal', positional: ['proposal'], aliases: { on: 'asOf' } },
  ask(views, { proposal: id }, context) {
    const { people, proposals } = views
    const round = roundAt(proposals, id, context)
    if (!round) return undefined
    const steps = stepsAt(proposals, id, context)
    const { submitted } = round
    return {
      ...roundAnswerOf(views, round, context),
      objections: [...objectionAnswers(people, round, steps, context)],
      versions: versionsOf(steps, submitted.text),
      driver: submitted.driver,
      carriedByProposer: submitted.carriedByMe,
      reviewAfterDays: submitted.reviewAfterDays,
      evaluationCriteria: [...submitted.evaluationCriteria],
      changes: [...(submitted.changes ?? [])],
      about: submitted.concernsIds.map((personId) => refOf(people, personId, context)),
      concerns: of(steps, 'ConcernRaised').map((step) => ({
        concernId: data(step).concernId ?? '',
        version: Number(data(step).version),
        ...saidIn(people, step, context),
      })),
      questions: of(steps, 'QuestionAsked').map((step) => ({
        questionId: data(step).questionId ?? '',
        ...saidIn(people, step, context),
        answers: of(steps, 'QuestionAnswered')
          .filter((each) => data(each).questionId === data(step).questionId)
          .map((each) => ({ at: each.recordedAt, text: wordsOf(each, context) })),
      })),
      adopted: adoptedOf(people, steps, proposals.agreements.get(id)?.agreementId ?? '', context),
    }
  },
})

function of(steps: readonly Step[], type: string): readonly Step[] {
  return steps.filter((step) => step.type === type)
}

function data(step: Step): Readonly<Record<string, string | undefined>> {
  return step.data as Readonly<Record<string, string | undefined>>
}

function wordsOf(step: Step, context: AskContext): string | null {
  const sealed = sealedIn(step, 'text')
  return (sealed && context.open(sealed)) ?? null
}

function saidIn(people: PeopleView, step: Step, context: AskContext) {
  return { by: refOf(people, step.actor, context), at: step.recordedAt, text: wordsOf(step, context) }
}

type Amended = Stored<(typeof ProposalAmended)['fields']>
type Trial = Stored<(typeof TrialProposed)['fields']>

function versionsOf(steps: readonly Step[], firstText: string): Answer['versions'] {
  const versions: Answer['versions'] = []
  for (const { type, recordedAt: at, data: said } of steps) {
    const last = versions.at(-1)
    if (type === 'TimeAskedFor' && last) last.closesAt = (said as { closesAt: string }).closesAt
    if (type !== 'ProposalSubmitted' && type !== 'ProposalAmended' && type !== 'TrialProposed') continue
    const { version: number, closesAt } = said as { version: number; closesAt: string }
    versions.push({
      version: number,
      at,
      text: type === 'ProposalAmended' ? (said as Amended).text : (last?.text ?? firstText),
      trialUntil: type === 'TrialProposed' ? (said as Trial).until : (last?.trialUntil ?? null),
      closesAt,
      addresses: type === 'ProposalAmended' ? [...(said as Amended).addressesObjectionIds] : [],
    })
  }
  return versions
}

type Adopted = Stored<(typeof ProposalAdopted)['fields']>

function adoptedOf(
  people: PeopleView,
  steps: readonly Step[],
  agreementId: string,
  context: AskContext,
): Answer['adopted'] {
  const [step] = of(steps, 'ProposalAdopted')
  if (!step) return null
  const { personId, version: number, tally } = step.data as Adopted
  return { at: step.recordedAt, by: refOf(people, personId, context), version: number, tally, agreementId }
}

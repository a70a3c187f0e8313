import { z } from 'zod'
import { countOf, lacksOf, type RoundCount } from '../../commands/proposals/count-facts.ts'
import { DECISION_CLASSES } from '../../commands/proposals/decision-facts.ts'
import {
  lapsesAt,
  lastMoment,
  lastWindowEnds,
  openObjections,
  type Round,
  roundStatus,
} from '../../commands/proposals/round-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { instantText } from '../../src/kernel/dates.ts'
import type { AskContext, Point } from '../../src/kernel/define-question.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { peopleProjection } from '../people/projection.ts'
import { leaveAt, type PeopleView, wasMember } from '../people/view.ts'
import { type ProposalsView, proposalsProjection } from './projection.ts'

export const roundReads = { people: peopleProjection, proposals: proposalsProjection }
export interface RoundViews {
  readonly people: PeopleView
  readonly proposals: ProposalsView
}

export const ROUND_STATUSES = ['to-open', 'open', 'adopted', 'withdrawn', 'lapsed'] as const

const lack = z.object({
  code: z.string().meta({ description: 'As adopting would be refused with now' }),
  facts: z.record(z.string(), z.unknown()),
})

/** A round in an answer: how it stands, counted. Who has not answered is nowhere said. */
export const roundAnswer = classed(
  1,
  z.object({
    proposalId: z.string(),
    title: z.string(),
    decisionClass: z.enum(DECISION_CLASSES),
    proposer: personRef,
    status: z.enum(ROUND_STATUSES),
    version: z.int(),
    submittedAt: z.string(),
    opensAt: z.string(),
    closesAt: z.string().meta({ description: 'Until when the version is open at least' }),
    secondWindowUntil: z
      .string()
      .nullable()
      .meta({ description: 'From when on fewer answers are enough, where the class has a second window' }),
    trialUntil: z.string().nullable(),
    hoursLeft: z.number().nullable().meta({ description: 'Until the window closes; none where nothing waits for it' }),
    lapsesAt: z.string().nullable().meta({ description: 'When it lapses if nothing moves' }),
    electorate: z.int().meta({ description: 'Who may answer and is here, and who did answer' }),
    consents: z.int().meta({ description: 'To this version' }),
    asides: z.int(),
    openObjections: z.int(),
    answersMissing: z.int().meta({ description: 'How many of the others have not answered this version; never whose' }),
    adoptable: z.boolean(),
    lacks: z.array(lack).meta({ description: 'What adoption still needs, while it is not decided' }),
  }),
)
export type RoundAnswer = z.output<typeof roundAnswer>

/** Who was here to answer at a point. */
export function hereAt(people: PeopleView, point: Point): (personId: string) => boolean {
  return (personId) => {
    const person = people.people.get(personId)
    return person !== undefined && wasMember(person, point) && leaveAt(people, personId, point) === undefined
  }
}

export function roundAnswerOf({ people, proposals }: RoundViews, round: Round, context: AskContext): RoundAnswer {
  const { asOf } = context
  const { submitted } = round
  const moment = lastMoment(round, asOf)
  const counted: RoundCount = countOf(round, moment, hereAt(people, { ...context, asOf: moment }))
  const status = roundStatus(round, asOf)
  const waiting = status === 'open' || status === 'to-open'
  const lacks = waiting ? lacksOf(round, counted, asOf) : []
  const [first] = proposals.steps.get(submitted.proposalId) ?? []
  const second = submitted.snapshot.rule.participation && instantText(lastWindowEnds(round))
  return {
    proposalId: submitted.proposalId,
    title: submitted.title,
    decisionClass: submitted.decisionClass,
    proposer: refOf(people, submitted.proposerId, context),
    status,
    version: round.version,
    submittedAt: first?.recordedAt ?? submitted.opensAt,
    opensAt: submitted.opensAt,
    closesAt: instantText(round.closesAt),
    secondWindowUntil: second ?? null,
    trialUntil: round.trialUntil ?? null,
    hoursLeft: waiting ? Math.max(0, Math.ceil((round.closesAt - asOf) / 3_600_000)) : null,
    lapsesAt: waiting || status === 'lapsed' ? instantText(lapsesAt(round)) : null,
    electorate: counted.tally.electorate,
    consents: counted.tally.consents,
    asides: counted.tally.asides,
    openObjections: openObjections(round, moment).length,
    answersMissing: counted.tally.silent,
    adoptable: status === 'open' && lacks.length === 0,
    lacks: lacks.map(({ code, facts }) => ({ code, facts: { ...facts } })),
  }
}

import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { DAY_MS, dateBounds } from '../../src/kernel/dates.ts'
import type { AskContext, Point } from '../../src/kernel/define-question.ts'
import { isKnownAt } from '../../src/kernel/fact-log.ts'
import { circleRef, circleRefOf } from '../circles/circle-refs.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { roleRef, roleRefOf } from '../roles/role-refs.ts'
import { type RosterViews, rosterReads } from '../roster/selecting.ts'
import { type Handover, handoversProjection } from './projection.ts'

export const handoverReads = { ...rosterReads, handovers: handoversProjection }
type Views = RosterViews & { readonly handovers: ReadonlyMap<string, Handover> }

/** A handover in an answer: whatever is left of it stays in sight, also long after the date. */
export const handoverAnswer = classed(
  1,
  z.object({
    holdingId: z.string().meta({ description: 'The holding that began with it' }),
    role: roleRef,
    circle: circleRef,
    from: personRef,
    to: personRef,
    acceptedAt: z.string(),
    overlapFrom: z.string(),
    handoverAt: z.string(),
    state: z
      .enum(['to-come', 'overlap', 'handed-over', 'given-up'])
      .meta({ description: 'given-up: whoever was to take the role stepped back before the date' }),
    steps: z.array(
      z.object({
        step: z.int(),
        title: z.string(),
        done: z.boolean(),
        doneAt: z.string().nullable(),
        by: personRef.nullable(),
      }),
    ),
    openSteps: z.int(),
    completed: z.boolean().meta({ description: 'Past its date, with every step done' }),
    daysOpen: z.int().nullable().meta({ description: 'Days since the date, where steps remain' }),
  }),
)
export type HandoverAnswer = z.output<typeof handoverAnswer>

/** Whether a handover had been agreed by a point. A yes may be given after the fact, and the overlap have begun before. */
export function wasAgreed({ data, revision, acceptedAt }: Handover, point: Point): boolean {
  const from = Math.min(Date.parse(acceptedAt), dateBounds(data.overlapFrom).earliest)
  return revision <= point.revision && from <= point.asOf
}

/** A handover as it stood at the point asked about. */
export function handoverAnswerOf(views: Views, handover: Handover, context: AskContext): HandoverAnswer {
  const { asOf, revision } = context
  const { data, acceptedAt } = handover
  const at = dateBounds(data.handoverAt).earliest
  const done = handover.done.filter((step) => step.revision <= revision && Date.parse(step.at) <= asOf)
  const steps = data.steps.map((title, i) => {
    const ticked = done.find(({ step }) => step === i + 1)
    const by = ticked ? refOf(views.people, ticked.by, context) : null
    return { step: i + 1, title, done: ticked !== undefined, doneAt: ticked?.at ?? null, by }
  })
  const openSteps = steps.filter((step) => !step.done).length
  const state = stateAt(views, handover, context)
  return {
    holdingId: data.holdingId,
    role: roleRefOf(views.roles, data.roleId, context),
    circle: circleRefOf(views.circles, data.circleId, context),
    from: refOf(views.people, data.from, context),
    to: refOf(views.people, data.personId, context),
    acceptedAt,
    overlapFrom: data.overlapFrom,
    handoverAt: data.handoverAt,
    state,
    steps,
    openSteps,
    completed: state === 'handed-over' && openSteps === 0,
    daysOpen: state === 'handed-over' && openSteps > 0 ? Math.floor((asOf - at) / DAY_MS) : null,
  }
}

/** Whether something of it is still to come or to do. */
export function isOpen({ completed, state }: HandoverAnswer): boolean {
  return !completed && state !== 'given-up'
}

function stateAt(views: Views, { data }: Handover, { asOf, revision }: Point): HandoverAnswer['state'] {
  const at = dateBounds(data.handoverAt).earliest
  const begun = views.roster.holdings.facts.versions(data.holdingId).find((version) => isKnownAt(version, revision))
  const end = begun?.to.earliest ?? dateBounds(data.overlapFrom).earliest
  if (end < at && end <= asOf) return 'given-up'
  if (at <= asOf) return 'handed-over'
  return dateBounds(data.overlapFrom).earliest <= asOf ? 'overlap' : 'to-come'
}

import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { dateBounds, instantText } from '../../src/kernel/dates.ts'
import type { AskContext, Point } from '../../src/kernel/define-question.ts'
import { isRefusal, type Refusal } from '../../src/kernel/refusal.ts'
import { momentForm } from '../../src/kernel/text.ts'
import { auditEntry, entryOf } from '../audit-trail/entries.ts'
import { circleRef, circleRefOf } from '../circles/circle-refs.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { roleRef, roleRefOf } from '../roles/role-refs.ts'
import { holdingAnswer } from '../roster/holding-answers.ts'
import type { RosterViews } from '../roster/selecting.ts'
import { bearingEvents, bearingOf } from './bearing.ts'
import { difference, differencesOf, type Roster, rosterAt } from './differing.ts'
import { Explaining, explained } from './explaining.ts'
import { momentsOf } from './moments.ts'
import { type AskedScope, type Scope, scopeOf, selectionAt } from './scope.ts'
import { windowOf } from './window.ts'

const MOST_STEPS = 500

/** How a window is asked for, beside whom it is about. */
export const pageParams = {
  after: momentForm().optional().meta({ description: 'Only moments after this one: `next` of the page before' }),
  limit: z.int().min(1).max(MOST_STEPS).default(100).meta({ description: 'How many moments' }),
}

const atMoment = z.object({
  at: z.string(),
  so: z.array(holdingAnswer).meta({ description: 'Who held what then, by all that is known now' }),
  shown: z.array(holdingAnswer).meta({ description: 'Who held what then, by what the record said at that moment' }),
})

const step = z.object({
  at: z.string(),
  recorded: z.array(auditEntry).meta({ description: 'What was recorded at this moment' }),
  so: z
    .array(difference)
    .meta({ description: 'In what it was otherwise than at the moment before, by all that is known now' }),
  shown: z
    .array(difference)
    .meta({ description: 'In what the record showed something else than it had at the moment before' }),
  apart: z.array(explained).meta({
    description: 'In what the record of that moment (before) and what is known now (after) are apart, and why',
  }),
})

export const walkAnswer = classed(
  1,
  z.object({
    window: z.object({ from: z.string(), to: z.string().meta({ description: 'The first moment no longer in it' }) }),
    about: z.object({ people: z.array(personRef), roles: z.array(roleRef), circles: z.array(circleRef) }),
    opening: atMoment.meta({ description: 'How it was, and what the record showed, as the window begins' }),
    steps: z.array(step),
    closing: atMoment.meta({ description: 'The same after the last step given' }),
    next: z.string().nullable().meta({ description: 'The last moment given, where there are more' }),
  }),
)
export type Walk = z.output<typeof walkAnswer>

export interface AskedWalk extends AskedScope {
  readonly from: string
  readonly through: string
  readonly after?: string | undefined
  readonly limit: number
}

interface Standing {
  readonly so: Roster
  readonly shown: Roster
  readonly point: Point
}

/**
 * Walks a window moment by moment on both axes: what was so, what the record showed, what was recorded, and in what the
 * two were apart. Between two moments given nothing changes.
 */
export async function walkOf(views: RosterViews, asked: AskedWalk, context: AskContext): Promise<Walk | Refusal> {
  const window = windowOf(asked)
  if (isRefusal(window)) return window
  const scope = scopeOf(views, asked, context)
  if (isRefusal(scope)) return scope
  const bearing = bearingOf(views, scope, context.revision)
  const events = await bearingEvents(bearing, context)
  const explaining = new Explaining(views, events)
  const standingAt = standings(views, scope, context)
  const after = asked.after === undefined ? Number.NEGATIVE_INFINITY : dateBounds(asked.after).earliest
  const recorded = Map.groupBy(events, ({ event }) => Date.parse(event.recordedAt))
  const opening = standingAt(Math.max(window.from, after))
  // What is there as the window begins is the opening; the moment itself is a step only if something was recorded at it.
  const moments = momentsOf(views, bearing, events, window).filter((t) => t > after)
  let last = opening
  let lastAt = Math.max(window.from, after)
  let more = false
  const steps: Walk['steps'] = []
  for (const t of moments) {
    const now = standingAt(t)
    const so = [...differencesOf(last.so, now.so)]
    const shown = [...differencesOf(last.shown, now.shown)]
    const here = recorded.get(t) ?? []
    if (so.length + shown.length + here.length === 0) continue
    if (steps.length === asked.limit) {
      more = true
      break
    }
    const known = { asOf: t, revision: context.revision }
    steps.push({
      at: instantText(t),
      recorded: here.map((each) => entryOf(each.event, views, each.touches, context)),
      so,
      shown,
      apart: explaining.explain(differencesOf(now.shown, now.so), now.point, known),
    })
    last = now
    lastAt = t
  }
  return {
    window: { from: instantText(window.from), to: instantText(window.to) },
    about: namesOf(views, scope, context),
    opening: momentAnswer(Math.max(window.from, after), opening),
    steps,
    closing: momentAnswer(lastAt, last),
    next: more ? instantText(lastAt) : null,
  }
}

function standings(views: RosterViews, scope: Scope, context: AskContext): (t: number) => Standing {
  return (t) => {
    const at = instantText(t)
    const shownAt = context.pointAt(at, at, undefined)
    const revision = isRefusal(shownAt) ? -1 : Math.min(shownAt.revision, context.revision)
    const point = { asOf: t, revision }
    return {
      point,
      so: rosterAt(
        views,
        selectionAt(views, scope, context.revision),
        { ...point, revision: context.revision },
        context,
      ),
      shown: rosterAt(views, selectionAt(views, scope, revision), point, context),
    }
  }
}

function momentAnswer(t: number, { so, shown }: Standing) {
  return { at: instantText(t), so: [...so.values()], shown: [...shown.values()] }
}

function namesOf(views: RosterViews, { personIds, roleIds, circleIds }: Scope, context: AskContext) {
  return {
    people: [...(personIds ?? [])].map((id) => refOf(views.people, id, context)),
    roles: [...(roleIds ?? [])].map((id) => roleRefOf(views.roles, id, context)),
    circles: [...(circleIds ?? [])].map((id) => circleRefOf(views.circles, id, context)),
  }
}

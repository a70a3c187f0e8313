import { z } from 'zod'
import { momentText } from '../../commands/roles/holding-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { DAY_MS } from '../../src/kernel/dates.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import { isKnownAt } from '../../src/kernel/fact-log.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { circleRef, circleRefOf } from '../circles/circle-refs.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { type PolicyVersion, policiesAt, policiesProjection } from '../policies/projection.ts'
import { roleRef, roleRefOf, roleThen } from '../roles/role-refs.ts'
import { inOrder } from '../roster/in-order.ts'
import { holdersAlone, isRunning, needsSecond } from '../roster/second-person.ts'
import { optionalCircle, type RosterViews, rosterReads, selectionOf } from '../roster/selecting.ts'

const learning = z.object({
  person: personRef,
  holdingId: z.string(),
  since: z.string(),
  days: z.int(),
  ready: z.boolean().meta({ description: 'Long enough to take the role over without a mandate' }),
})

const pipelineRole = z.object({
  role: roleRef,
  circle: circleRef,
  weight: z.number(),
  needsSecond: z.boolean(),
  understudies: z.array(learning),
  withoutSecond: z
    .array(z.object({ person: personRef, since: z.string() }))
    .meta({ description: 'Who holds it alone although it carries much, and since when' }),
})
type PipelineRole = z.output<typeof pipelineRole>

export const understudies = defineQuestion({
  name: 'understudies',
  summary: 'Who learns which role and since when, who is ready to take a turn, and which roles have no second person.',
  reads: { ...rosterReads, policies: policiesProjection },
  params: z.strictObject(optionalCircle),
  answer: classed(
    1,
    z.object({
      roles: z.array(pipelineRole).meta({ description: 'Roles somebody learns, and those without a second person' }),
      ready: z.array(z.object({ person: personRef, role: roleRef, circle: circleRef, days: z.int() })),
      readyAfterDays: z.int(),
      withoutSecond: z.array(z.object({ role: roleRef, circle: circleRef })),
    }),
  ),
  timed: true,
  public: false,
  http: { path: '/understudies' },
  cli: { verb: 'understudies', aliases: { on: 'asOf' } },
  rows: ({ roles }) =>
    roles.flatMap(({ role, circle, understudies: own, withoutSecond }) => {
      const which = { role: role.name, circle: circle.key ?? circle.name }
      const named = ({ name }: { name: string | null }) => name ?? '(erased)'
      return [
        ...own.map(({ person, since, days, ready }) => ({ ...which, understudy: named(person), since, days, ready })),
        ...withoutSecond.map(({ person, since }) => ({ ...which, heldAloneBy: named(person), since })),
      ].map((row) => ({ ...EMPTY, ...row }))
    }),
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection
    const policy = policiesAt(views.policies, context)
    const found = [...(selection.roleIds ?? views.roles.facts.subjects())].flatMap((roleId) =>
      selection.circleId === undefined || views.roles.circleOf.get(roleId) === selection.circleId
        ? pipelineOf(views, roleId, policy, context)
        : [],
    )
    const roles = inOrder(found, ({ role, circle }) => [role.name, circle.name, role.id])
    return {
      roles,
      ready: roles.flatMap(({ role, circle, understudies: own }) =>
        own.flatMap(({ person, days, ready }) => (ready ? [{ person, role, circle, days }] : [])),
      ),
      readyAfterDays: policy.values.handoverKnownDays,
      withoutSecond: roles.flatMap(({ role, circle, withoutSecond }) =>
        withoutSecond.length > 0 ? [{ role, circle }] : [],
      ),
    }
  },
})

const EMPTY = { role: null, circle: null, understudy: null, heldAloneBy: null, since: null, days: null, ready: null }

function pipelineOf(
  views: RosterViews,
  roleId: string,
  { values: policies }: PolicyVersion,
  context: AskContext,
): readonly PipelineRole[] {
  const { asOf, revision } = context
  const role = roleThen(views.roles, roleId, context)
  if (!role) return []
  const versions = views.roster.of('roleId', roleId).filter((version) => isKnownAt(version, revision))
  const learn = versions.filter((version) => version.fact.kind === 'understudy' && isRunning(version, asOf))
  const needed = needsSecond(role, policies)
  const alone = needed ? holdersAlone(versions, asOf) : []
  if (learn.length === 0 && alone.length === 0) return []
  const byStart = learn.toSorted((a, b) => a.from.earliest - b.from.earliest)
  const answer = {
    role: roleRefOf(views.roles, roleId, context),
    circle: circleRefOf(views.circles, role.circleId, context),
    weight: role.weight,
    needsSecond: needed,
    understudies: byStart.map(({ fact, from }) => {
      const days = Math.max(0, Math.floor((asOf - from.latest) / DAY_MS))
      const person = refOf(views.people, fact.personId, context)
      const ready = asOf - from.latest >= policies.handoverKnownDays * DAY_MS
      return { person, holdingId: fact.holdingId, since: from.text, days, ready }
    }),
    withoutSecond: alone.map(({ holding, since }) => ({
      person: refOf(views.people, holding.fact.personId, context),
      since: momentText(since),
    })),
  }
  return [answer]
}

import { z } from 'zod'
import { momentText } from '../../commands/roles/holding-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import { isKnownAt } from '../../src/kernel/fact-log.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { circleRefOf, isOpenCircle } from '../circles/circle-refs.ts'
import { type PolicyVersion, policiesAt, policiesProjection } from '../policies/projection.ts'
import { roleFacts, roleRefOf, roleThen } from '../roles/role-refs.ts'
import { inOrder } from '../roster/in-order.ts'
import { isRunning } from '../roster/second-person.ts'
import { optionalCircle, type RosterViews, rosterReads, selectionOf } from '../roster/selecting.ts'
import { type HorizonRole, horizonRole, horizonRows, statesOf } from './horizon-answers.ts'
import { type RoleStanding, standingOf } from './standing.ts'

export const horizon = defineQuestion({
  name: 'horizon',
  summary:
    'What lies ahead, role by role: terms that end soon, held over, vacant, without a second person, on leave. No role is left out, so that none is forgotten.',
  reads: { ...rosterReads, policies: policiesProjection },
  params: z.strictObject({
    within: z.int().min(0).max(3650).default(90).meta({ description: 'Terms that end within so many days' }),
    ...optionalCircle,
  }),
  answer: classed(1, z.object({ roles: z.array(horizonRole), count: z.int() })),
  timed: true,
  public: false,
  http: { path: '/horizon' },
  cli: { verb: 'horizon', aliases: { on: 'asOf' } },
  rows: ({ roles }) => roles.flatMap(horizonRows),
  ask(views, { within, circle }, context) {
    const selection = selectionOf(views, { circle }, context)
    if (isRefusal(selection)) return selection
    const policy = policiesAt(views.policies, context)
    const found = [...(selection.roleIds ?? views.roles.facts.subjects())].flatMap((roleId) =>
      selection.circleId === undefined || views.roles.circleOf.get(roleId) === selection.circleId
        ? roleOf(views, roleId, within, policy, context)
        : [],
    )
    const sorted = inOrder(found, ({ date, answer: { role, circle: within } }) => [
      date,
      role.name,
      within.name,
      role.id,
    ])
    return { roles: sorted.map(({ answer }) => answer), count: sorted.length }
  },
})

/** A role that is not retired; one of an imported record counts once somebody held it. */
function roleOf(
  views: RosterViews,
  roleId: string,
  withinDays: number,
  { values: policies }: PolicyVersion,
  context: AskContext,
): readonly { date: number | null; answer: HorizonRole }[] {
  const { asOf, revision } = context
  const role = roleThen(views.roles, roleId, context)
  if (!role) return []
  const versions = views.roster.of('roleId', roleId).filter((version) => isKnownAt(version, revision))
  const defined = roleFacts(views.roles, roleId, revision).find(({ fact }) => fact.definition !== undefined)
  if (!defined && !versions.some(({ from }) => from.earliest <= asOf)) return []
  const isHeld = versions.some((version) => isRunning(version, asOf))
  if (!isHeld && !isOpenCircle(views.circles, role.circleId, context)) return []
  const standing = standingOf(role, defined?.from.earliest, versions, { asOf, withinDays, policies })
  const date = firstDate(standing)
  const answer = {
    role: roleRefOf(views.roles, roleId, context),
    circle: circleRefOf(views.circles, role.circleId, context),
    weight: role.weight,
    imported: role.imported,
    date: date === null ? null : momentText(date),
    ...statesOf(views.people, standing, policies.understudyGraceDays, context),
  }
  return [{ date, answer }]
}

function firstDate({ ending, heldOver, vacant, alone, away }: RoleStanding): number | null {
  const dates = [
    ...ending.map(({ end }) => end),
    ...heldOver.map(({ fact }) => fact.terms?.at(-1)?.end ?? 0),
    ...[...vacant, ...alone].map(({ since }) => since),
    ...away.map(({ from }) => from),
  ]
  return dates.length > 0 ? Math.min(...dates) : null
}

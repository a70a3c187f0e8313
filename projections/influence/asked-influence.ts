import { z } from 'zod'
import type { Policies } from '../../commands/community/policy-table.ts'
import { COMPONENTS, type Component, type InfluenceParameters } from '../../commands/influence/component-facts.ts'
import { parametersOf } from '../../commands/influence/parameter-facts.ts'
import { DAY_MS } from '../../src/kernel/dates.ts'
import type { AskContext, Point } from '../../src/kernel/define-question.ts'
import { isRefusal, type Refusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { circleParam, findCircle } from '../circles/circle-refs.ts'
import { type CirclesView, circlesProjection } from '../circles/projection.ts'
import { findPerson, personParam } from '../people/person-refs.ts'
import { peopleProjection } from '../people/projection.ts'
import { type PeopleView, personIdAt } from '../people/view.ts'
import { type PoliciesView, policiesAt, policiesProjection } from '../policies/projection.ts'
import { type RolesView, rolesProjection } from '../roles/projection.ts'
import { type InfluenceView, influenceProjection } from './projection.ts'

/** What every question about influence reads. */
export const influenceReads = {
  influence: influenceProjection,
  people: peopleProjection,
  policies: policiesProjection,
  circles: circlesProjection,
  roles: rolesProjection,
}

export interface InfluenceViews {
  readonly influence: InfluenceView
  readonly people: PeopleView
  readonly policies: PoliciesView
  readonly circles: CirclesView
  readonly roles: RolesView
}

export const POPULATIONS = ['members', 'engaged', 'holders', 'present'] as const
export type PopulationKind = (typeof POPULATIONS)[number]

/** How influence is to be counted, where not by the rules of the community. */
export const countingParams = {
  weights: z
    .enum(['policy', 'unit'])
    .default('policy')
    .meta({ description: 'unit: each role held counts 1, whatever it carries, and nothing else counts' }),
  decay: z
    .string()
    .regex(/^(none|[1-9]\d{0,3})$/, 'must be "none" or a number of days')
    .optional()
    .meta({
      description: 'Half-life in days; "none": what is over leaves nothing. As the rules say unless given',
      examples: ['none'],
    }),
  baseline: z
    .number()
    .min(0)
    .max(5)
    .optional()
    .meta({ description: 'The voice everybody has before they have done anything; as the rules say unless given' }),
  population: z.enum(POPULATIONS).optional().meta({
    description:
      'members; engaged: members with an open act in the last 182 days; holders: whoever holds something (the default where nobody is a member, and for a circle); present: who is at a gathering (the default for one)',
  }),
}

export const scopeParams = {
  circle: circleParam().optional(),
  gathering: z.string().max(200).optional().meta({ description: 'The id of a gathering or other invitation' }),
  component: z.enum(COMPONENTS).optional().meta({ description: 'One kind of influence alone' }),
}

export const memberParam = { member: personParam().optional() }

export interface AskedCounting {
  readonly weights: 'policy' | 'unit'
  readonly decay?: string | undefined
  readonly baseline?: number | undefined
  readonly population?: PopulationKind | undefined
  readonly circle?: string | undefined
  readonly gathering?: string | undefined
  readonly component?: Component | undefined
  readonly member?: string | undefined
}

/** A question about influence with its names read. */
export interface Counting {
  readonly unit: boolean
  /** A number of days, or none; as the rules say where it is undefined. */
  readonly decay: string | undefined
  readonly baseline: number | undefined
  readonly population: PopulationKind | undefined
  readonly circleId: string | undefined
  readonly invitationId: string | undefined
  readonly component: Component | undefined
  readonly memberId: string | undefined
}

/** Counted by the rules of the community, over all of it. */
export const BY_THE_RULES: Counting = {
  unit: false,
  decay: undefined,
  baseline: undefined,
  population: undefined,
  circleId: undefined,
  invitationId: undefined,
  component: undefined,
  memberId: undefined,
}

/** Reads the names in a question. @returns a refusal naming the one that is unknown. */
export function countingOf(views: InfluenceViews, asked: AskedCounting, context: AskContext): Counting | Refusal {
  const { weights, decay, baseline, population, component, gathering } = asked
  const nothing = context.revision < 0
  const circleId = asked.circle === undefined || nothing ? undefined : findCircle(views.circles, asked.circle, context)
  if (isRefusal(circleId)) return circleId
  const member = asked.member === undefined || nothing ? undefined : findPerson(views.people, asked.member, context)
  if (isRefusal(member)) return { ...member, pointer: '/member' }
  if (gathering !== undefined && !nothing && !isKnown(views.influence, gathering, context))
    return unknownReference('/gathering', gathering, 'gathering or other invitation')
  if (population === 'present' && gathering === undefined)
    return refuse('VALIDATION_FAILED', { pointer: '/population', message: 'Who is present, at which gathering?' })
  if (gathering !== undefined && circleId !== undefined)
    return refuse('VALIDATION_FAILED', {
      pointer: '/gathering',
      message: 'A gathering is of no circle: name one of them.',
    })
  return {
    unit: weights === 'unit',
    decay,
    baseline,
    population: population ?? (gathering === undefined ? (circleId && 'holders') || undefined : 'present'),
    circleId,
    invitationId: gathering,
    component,
    memberId: member?.id,
  }
}

function isKnown({ live }: InfluenceView, invitationId: string, { revision }: Point): boolean {
  return live.facts.entries(`invitation ${invitationId}`, revision).length > 0
}

/** The rules in force at a point, and how influence is counted by them and by what was asked. */
export function parametersAt(
  views: InfluenceViews,
  counting: Pick<Counting, 'unit' | 'decay' | 'baseline'>,
  point: Point,
): { readonly parameters: InfluenceParameters; readonly policies: Policies; readonly policyVersion: number } {
  const { values, version } = policiesAt(views.policies, point)
  const ruled = parametersOf(values)
  const { decay, unit, baseline } = counting
  const halfLife = decay === undefined ? ruled.halfLife : decay === 'none' ? undefined : Number(decay) * DAY_MS
  const parameters = { weights: ruled.weights, halfLife, baseline: baseline ?? ruled.baseline, unit }
  return { parameters, policies: values, policyVersion: version }
}

/** The person an id stands for at a point: the member who claimed the history of a known person. */
export function resolver(people: PeopleView, { revision }: Point): (personId: string) => string {
  return (personId) => personIdAt(people, personId, revision)
}

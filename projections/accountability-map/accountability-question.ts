import { z } from 'zod'
import { momentText } from '../../commands/roles/holding-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { findPerson, personParam, personRef, refOf } from '../people/person-refs.ts'
import { policiesAt, policiesProjection } from '../policies/projection.ts'
import { isDisputed } from '../records/projection.ts'
import { roleRef, roleRefOf } from '../roles/role-refs.ts'
import { inOrder } from '../roster/in-order.ts'
import { type RosterViews, rosterReads } from '../roster/selecting.ts'
import { type PartnerGap, partnerGapsAt } from './partner-gaps.ts'
import { type Tie, type TiesView, tiesAt, tiesProjection } from './projection.ts'

const partner = z.object({
  accountabilityId: z.string(),
  person: personRef,
  role: roleRef.nullable().meta({ description: 'In which role; null: in all they do here' }),
  since: z.string(),
  disputed: z.boolean(),
})
const mentorship = z.object({
  mentorshipId: z.string(),
  person: personRef,
  topics: z.array(z.string()),
  since: z.string(),
  disputed: z.boolean(),
})
const gap = z.object({ role: roleRef, required: z.int(), have: z.int() })

const entry = z.object({
  person: personRef,
  answersTo: z.array(partner),
  answeredBy: z.array(partner).meta({ description: 'Who answers to them' }),
  mentors: z.array(mentorship),
  mentees: z.array(mentorship).meta({ description: 'Who learns from them' }),
  gaps: z.array(gap).meta({ description: 'Roles in which they would like more people to answer to' }),
})

export const accountabilityQuestion = defineQuestion({
  name: 'accountability',
  summary: 'Who answers to whom, who learns from whom, and who would like one more person to answer to.',
  reads: { ...rosterReads, ties: tiesProjection, policies: policiesProjection },
  params: z.strictObject({ person: personParam().optional() }),
  answer: classed(1, z.object({ people: z.array(entry), count: z.int(), gaps: z.int() })),
  timed: true,
  public: false,
  http: { path: '/accountability' },
  cli: { verb: 'accountability', positional: ['person'], aliases: { on: 'asOf' } },
  rows: ({ people }) =>
    people.flatMap(({ person, answersTo, mentors, gaps }) => {
      const who = person.name ?? '(erased)'
      const name = (other: { name: string | null }) => other.name ?? '(erased)'
      return [
        ...answersTo.map((tie) => ({
          person: who,
          tie: 'answers to',
          to: name(tie.person),
          in: tie.role?.name ?? 'all',
          since: tie.since,
        })),
        ...mentors.map((tie) => ({
          person: who,
          tie: 'learns from',
          to: name(tie.person),
          in: tie.topics.join('; '),
          since: tie.since,
        })),
        ...gaps.map((lack) => ({
          person: who,
          tie: `lacks ${lack.required - lack.have}`,
          to: null,
          in: lack.role.name,
          since: null,
        })),
      ]
    }),
  ask(views, { person: ref }, context) {
    const one = ref === undefined || context.revision < 0 ? undefined : findPerson(views.people, ref, context)
    if (isRefusal(one)) return one
    const { values } = policiesAt(views.policies, context)
    const gaps = partnerGapsAt(views, values, context)
    const mentorships = tiesAt(views.ties.mentorships, context)
    const partners = tiesAt(views.ties.partners, context)
    const ids = [...mentorships, ...partners].flatMap(({ personId, otherId }) => [personId, otherId])
    const who = new Set([...ids, ...gaps.map(({ personId }) => personId)])
    const found = [...(one ? [one.id] : who)].map((id) => entryOf(views, id, { mentorships, partners, gaps }, context))
    const people = inOrder(found, ({ person }) => [person.name, person.id])
    return { people, count: people.length, gaps: people.reduce((sum, each) => sum + each.gaps.length, 0) }
  },
})

type Views = RosterViews & { readonly ties: TiesView }

function entryOf(
  views: Views,
  id: string,
  all: {
    readonly mentorships: readonly Tie[]
    readonly partners: readonly Tie[]
    readonly gaps: readonly PartnerGap[]
  },
  context: AskContext,
): z.output<typeof entry> {
  const shared = (tie: Tie, otherId: string) => ({
    person: refOf(views.people, otherId, context),
    since: momentText(tie.began.at),
    disputed: isDisputed(views.records, [tie.eventId], context.revision),
  })
  const partnerOf = (tie: Tie, otherId: string) => ({
    accountabilityId: tie.id,
    ...shared(tie, otherId),
    role: tie.scope === 'all' ? null : roleRefOf(views.roles, tie.scope, context),
  })
  const mentorshipOf = (tie: Tie, otherId: string) => ({
    mentorshipId: tie.id,
    ...shared(tie, otherId),
    topics: [...tie.topics],
  })
  const own = (ties: readonly Tie[]) => ties.filter((tie) => tie.personId === id)
  const toThem = (ties: readonly Tie[]) => ties.filter((tie) => tie.otherId === id)
  return {
    person: refOf(views.people, id, context),
    answersTo: own(all.partners).map((tie) => partnerOf(tie, tie.otherId)),
    answeredBy: toThem(all.partners).map((tie) => partnerOf(tie, tie.personId)),
    mentors: own(all.mentorships).map((tie) => mentorshipOf(tie, tie.otherId)),
    mentees: toThem(all.mentorships).map((tie) => mentorshipOf(tie, tie.personId)),
    gaps: all.gaps
      .filter(({ personId }) => personId === id)
      .map(({ roleId, required, have }) => ({ role: roleRefOf(views.roles, roleId, context), required, have })),
  }
}

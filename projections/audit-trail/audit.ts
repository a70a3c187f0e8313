import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { DAY_MS, dateBounds } from '../../src/kernel/dates.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { dayForm } from '../../src/kernel/text.ts'
import { circleParam, findCircle } from '../circles/circle-refs.ts'
import { circlesProjection } from '../circles/projection.ts'
import { findPerson, personParam } from '../people/person-refs.ts'
import { peopleProjection } from '../people/projection.ts'
import { personIdsOf } from '../people/view.ts'
import { recordsProjection } from '../records/projection.ts'
import { rolesProjection } from '../roles/projection.ts'
import { findRoles, roleParam } from '../roles/role-refs.ts'
import { type AuditEntry, auditEntry, entryOf, namesAny } from './entries.ts'
import { auditTrailProjection } from './projection.ts'

export const audit = defineQuestion({
  name: 'audit',
  summary:
    'The audit trail: who did what when, by which way and on what basis, with the hash of each record and all that was said about it later.',
  reads: {
    trail: auditTrailProjection,
    people: peopleProjection,
    roles: rolesProjection,
    circles: circlesProjection,
    records: recordsProjection,
  },
  params: z.strictObject({
    person: personParam().optional().meta({ description: 'Acts of this person, or that name them' }),
    role: roleParam().optional(),
    circle: circleParam().optional(),
    type: z.string().max(60).optional().meta({ description: 'Type of event, such as HoldingImported' }),
    from: dayForm().optional().meta({ description: 'Recorded on this day or later' }),
    through: dayForm().optional().meta({ description: 'Recorded on this day or earlier' }),
    after: z
      .int()
      .min(-1)
      .default(-1)
      .meta({ description: 'Only records after this revision: `next` of the page before' }),
    limit: z.int().min(1).max(500).default(100),
  }),
  answer: classed(1, z.object({ entries: z.array(auditEntry), count: z.int(), next: z.int().nullable() })),
  timed: false,
  public: false,
  http: { path: '/audit' },
  cli: { verb: 'audit', aliases: { since: 'from' } },
  rows: ({ entries }) =>
    entries.map(({ revision, recordedAt, type, actor, person, via, effectiveAt, basis, hash, id, remarks }) => ({
      revision,
      recordedAt,
      type,
      by: person?.name ?? actor,
      via,
      effectiveAt,
      basis,
      remarks: remarks.map((remark) => remark.type).join(' '),
      hash,
      id,
    })),
  async ask(views, params, context) {
    const person = params.person === undefined ? undefined : findPerson(views.people, params.person, context)
    if (isRefusal(person)) return person
    const roleIds = params.role === undefined ? undefined : findRoles(views.roles, params.role, context)
    if (isRefusal(roleIds)) return roleIds
    const circleId = params.circle === undefined ? undefined : findCircle(views.circles, params.circle, context)
    if (isRefusal(circleId)) return circleId
    const from = params.from === undefined ? Number.NEGATIVE_INFINITY : dateBounds(params.from).earliest
    const to = params.through === undefined ? Number.POSITIVE_INFINITY : dateBounds(params.through).earliest + DAY_MS
    const ofType = params.type === undefined ? undefined : (views.trail.byType.get(params.type) ?? [])
    const first = ofType === undefined ? params.after + 1 : ofType.find((revision) => revision > params.after)
    const found: AuditEntry[] = []
    if (first === undefined) return { entries: found, count: 0, next: null }
    const personIds = person && personIdsOf(views.people, person, context.revision)
    const [onlyPerson] = personIds?.size === 1 ? personIds : []
    const [onlyRole] = roleIds?.size === 1 ? roleIds : []
    const naming = [params.type, onlyPerson, circleId, onlyRole].filter((id) => id !== undefined)
    for await (const event of context.events(first, naming)) {
      if (params.type !== undefined && event.type !== params.type) continue
      const recorded = Date.parse(event.recordedAt)
      if (recorded < from || recorded >= to) continue
      const touches = context.touches(event)
      if (personIds && !namesAny(event, touches, personIds)) continue
      if (circleId !== undefined && !touches.includes(`circle:${circleId}`)) continue
      if (roleIds && !touches.some((touch) => touch.startsWith('role:') && roleIds.has(touch.slice(5)))) continue
      if (found.length === params.limit)
        return { entries: found, count: found.length, next: found.at(-1)?.revision ?? null }
      found.push(entryOf(event, views, touches, context))
    }
    return { entries: found, count: found.length, next: null }
  },
})

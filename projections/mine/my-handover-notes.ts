import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { opened } from '../audit-trail/entries.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { peopleProjection } from '../people/projection.ts'
import { rolesProjection } from '../roles/projection.ts'
import { roleRef, roleRefOf } from '../roles/role-refs.ts'

const notes = z.object({
  openCommitments: z.array(z.string()).optional(),
  accesses: z.array(z.string()).optional(),
  contacts: z.array(z.string()).optional(),
  lessons: z.string().optional(),
})

export const myHandoverNotes = defineQuestion({
  name: 'my-handover-notes',
  summary:
    'The notes of handovers you may read: those you wrote, those written for you, and those of holders before you.',
  reads: { people: peopleProjection, roles: rolesProjection },
  params: z.strictObject({}),
  answer: classed(
    2,
    z.object({
      handovers: z.array(
        z.object({
          matter: z.string(),
          role: roleRef,
          from: personRef,
          to: personRef,
          handoverAt: z.string(),
          notes: notes.nullable().meta({ description: 'null where their author was erased' }),
        }),
      ),
      count: z.int(),
    }),
  ),
  timed: false,
  own: true,
  public: false,
  http: { path: '/mine/handover-notes' },
  cli: { verb: 'my-handover-notes' },
  ask({ people, roles }, _, context) {
    const handovers = context.mine.all().flatMap(({ id, events }) =>
      events
        .filter((event) => event.type === 'RoleHandoverOffered')
        .map((event) => {
          const data = opened(event, context) as Record<string, string>
          return {
            matter: id,
            role: roleRefOf(roles, data.roleId ?? '', context),
            from: refOf(people, data.askedBy ?? '', context),
            to: refOf(people, data.askedOf ?? '', context),
            handoverAt: data.handoverAt ?? '',
            notes: typeof data.notes === 'string' ? notes.parse(JSON.parse(data.notes)) : null,
          }
        }),
    )
    return { handovers, count: handovers.length }
  },
})

import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { namesAny, opened } from '../audit-trail/entries.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { peopleProjection } from '../people/projection.ts'
import { personIdsOf } from '../people/view.ts'
import { matterRecord, matterRecords } from './matter-records.ts'

const openRecord = z.object({
  revision: z.int(),
  id: z.string(),
  type: z.string(),
  actor: z.string(),
  effectiveAt: z.string(),
  recordedAt: z.string(),
  data: z.record(z.string(), z.unknown()),
  hash: z.string(),
})

export const myData = defineQuestion({
  name: 'my-data',
  summary:
    'Everything the books hold of you: the open records you made or that name you (also in a history you claimed), and your private matters. Whoever has left may take it with them once.',
  reads: { people: peopleProjection },
  params: z.strictObject({}),
  answer: classed(
    2,
    z.object({
      community: z.string(),
      person: personRef,
      leftAt: z.string().nullable(),
      records: z.array(openRecord),
      matters: z.array(z.object({ matter: z.string(), records: z.array(matterRecord) })),
    }),
  ),
  timed: false,
  own: true,
  afterLeaving: true,
  public: false,
  http: { path: '/mine/data' },
  cli: { verb: 'export-my-data' },
  async ask({ people }, _, context) {
    const { viewer = '', viewerLeftAt } = context
    const records: z.output<typeof openRecord>[] = []
    const own = people.people.get(viewer)
    const ids = own ? personIdsOf(people, own, context.revision) : new Set([viewer])
    // Who goes by one id alone is named in few records, which are found by it.
    for await (const event of context.events(0, ids.size === 1 ? [...ids] : [])) {
      if (viewerLeftAt !== undefined && event.recordedAt > viewerLeftAt) break
      if (!namesAny(event, context.touches(event), ids)) continue
      const { revision, id, type, actor, effectiveAt, recordedAt } = event
      const hash = context.hash(revision) ?? ''
      records.push({ revision, id, type, actor, effectiveAt, recordedAt, data: opened(event, context), hash })
    }
    return {
      community: context.community,
      person: refOf(people, viewer, context),
      leftAt: viewerLeftAt ?? null,
      records,
      matters: context.mine.all().map((matter) => ({ matter: matter.id, records: matterRecords(matter, context) })),
    }
  },
})

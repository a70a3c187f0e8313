import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { line } from '../../src/kernel/text.ts'
import { matterRecord, matterRecords } from './matter-records.ts'

export const myMatters = defineQuestion({
  name: 'my-matters',
  summary: 'The private matters you are a party of, the one that moved last first.',
  reads: {},
  params: z.strictObject({}),
  answer: classed(
    2,
    z.object({
      matters: z.array(
        z.object({ matter: z.string(), began: z.string(), lastAt: z.string(), type: z.string(), records: z.int() }),
      ),
      count: z.int(),
    }),
  ),
  timed: false,
  own: true,
  public: false,
  http: { path: '/mine/matters' },
  cli: { verb: 'my-matters' },
  ask(_, __, context) {
    const matters = context.mine
      .all()
      .map(({ id, events }) => ({
        matter: id,
        began: events[0]?.recordedAt ?? '',
        lastAt: events.at(-1)?.recordedAt ?? '',
        type: events[0]?.type ?? '',
        records: events.length,
      }))
      .toSorted((a, b) => (a.lastAt < b.lastAt ? 1 : a.lastAt > b.lastAt ? -1 : 0))
    return { matters, count: matters.length }
  },
})

export const myMatter = defineQuestion({
  name: 'my-matter',
  summary: 'One private matter of yours, record by record, with what proves it.',
  reads: {},
  params: z.strictObject({ matter: line(60) }),
  answer: classed(2, z.object({ matter: z.string(), records: z.array(matterRecord) })),
  timed: false,
  own: true,
  public: false,
  http: { path: '/mine/matters/{matter}' },
  matterRevision: ({ records }) => records.at(-1)?.matterRevision,
  ask(_, { matter: id }, context) {
    const matter = context.mine.of(id)
    return matter && { matter: id, records: matterRecords(matter, context) }
  },
})

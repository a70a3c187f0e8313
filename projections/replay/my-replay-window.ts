import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import type { Matter } from '../../src/kernel/matters.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { matterRecord, matterRecords } from '../mine/matter-records.ts'
import { rosterReads } from '../roster/selecting.ts'
import { type Bearing, bearingOf } from './bearing.ts'
import { walkParams, walkRows } from './replay-window.ts'
import { scopeOf } from './scope.ts'
import { walkAnswer, walkOf } from './walk.ts'
import { isWithin, type Window, windowOf } from './window.ts'

export const myReplayWindow = defineQuestion({
  name: 'my-replay-window',
  summary:
    'The walk through a window with your own private matters beside it: those that moved in the window and are about what you named.',
  reads: rosterReads,
  params: walkParams,
  answer: classed(
    2,
    walkAnswer.extend({
      matters: z
        .array(z.object({ matter: z.string(), records: z.array(matterRecord) }))
        .meta({ description: 'Your own matters, each whole, so that it can be checked' }),
    }),
  ),
  timed: false,
  own: true,
  public: false,
  http: { path: '/mine/replay' },
  rows: walkRows,
  async ask(views, params, context) {
    const walk = await walkOf(views, params, context)
    if (isRefusal(walk)) return walk
    const [window, scope] = [windowOf(params), scopeOf(views, params, context)]
    if (isRefusal(window)) return window
    if (isRefusal(scope)) return scope
    const matters = mattersIn(window, bearingOf(views, scope, context.revision), context)
    return {
      ...walk,
      matters: matters.map((matter) => ({ matter: matter.id, records: matterRecords(matter, context) })),
    }
  },
})

function mattersIn(window: Window, bearing: Bearing, { mine, viewer }: AskContext): readonly Matter[] {
  const { everything, holdingIds, roleIds, circleIds, personIds } = bearing
  const about = new Set([...holdingIds, ...roleIds, ...circleIds, ...[...personIds].filter((id) => id !== viewer)])
  return mine.all().filter(({ events }) => {
    if (!events.some(({ recordedAt }) => isWithin(window, Date.parse(recordedAt)))) return false
    return everything || events.some(({ data }) => namesAny(data, about))
  })
}

function namesAny(value: unknown, ids: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return ids.has(value)
  return typeof value === 'object' && value !== null && Object.values(value).some((each) => namesAny(each, ids))
}

import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import type { AskContext } from '../../src/kernel/define-question.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { line } from '../../src/kernel/text.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { roleRef, roleRefOf } from '../roles/role-refs.ts'
import { holdingAnswer, holdingAnswerOf } from '../roster/holding-answers.ts'
import { known } from '../roster/roster-on.ts'
import type { HoldingVersion } from '../roster/roster-view.ts'
import { type RosterViews, rosterReads } from '../roster/selecting.ts'
import type { ImportCounts } from './projection.ts'

const contradiction = z.object({
  person: personRef,
  role: roleRef,
  from: z.string(),
  to: z.string().nullable(),
  source: z.string(),
})

export const importQuestion = defineQuestion({
  name: 'import',
  summary:
    'What an import brought, and what is odd about it: overlapping holdings of one person in one role, and rows that contradict a correction made here.',
  reads: rosterReads,
  params: z.strictObject({ importId: line(100) }),
  answer: classed(
    1,
    z.object({
      importId: z.string(),
      state: z.enum(['active', 'withdrawn']),
      brought: classed(
        1,
        z.object({ circles: z.int(), people: z.int(), roles: z.int(), holdings: z.int(), reimported: z.int() }),
      ),
      overlaps: z.array(z.object({ first: holdingAnswer, second: holdingAnswer })),
      contradictions: z.array(contradiction),
    }),
  ),
  timed: false,
  public: false,
  http: { path: '/imports/{importId}' },
  cli: { verb: 'import-report', positional: ['importId'] },
  ask(views, { importId }, context) {
    const record = views.records.imports.get(importId)
    const contradictions = record?.contradictions.filter(({ revision }) => revision <= context.revision) ?? []
    if (!record) return undefined
    const by = (revisions: readonly number[]) => revisions.filter((revision) => revision <= context.revision).length
    const { circles, people, roles, holdings, reimported } = record.brought
    const counts: ImportCounts = {
      circles: by(circles),
      people: by(people),
      roles: by(roles),
      holdings: by(holdings),
      reimported: by(reimported),
    }
    if (Object.values(counts).every((count) => count === 0) && contradictions.length === 0) return undefined
    const withdrawn = record.withdrawnAt !== undefined && record.withdrawnAt <= context.revision
    return {
      importId,
      state: withdrawn ? ('withdrawn' as const) : ('active' as const),
      brought: counts,
      overlaps: overlaps(views, importId, context).map(([first, second]) => ({
        first: holdingAnswerOf(views, first, 'certain', context),
        second: holdingAnswerOf(views, second, 'certain', context),
      })),
      contradictions: contradictions.map(({ data }) => {
        const { personId, roleId, from, to, source } = data as {
          personId: string
          roleId: string
          from: string
          to?: string
          source: string
        }
        return {
          person: refOf(views.people, personId, context),
          role: roleRefOf(views.roles, roleId, context),
          from,
          to: to ?? null,
          source,
        }
      }),
    }
  },
})

/** Pairs of holdings of one person in one role that certainly share a moment, at least one of them brought by the import. */
function overlaps(
  views: RosterViews,
  importId: string,
  context: AskContext,
): readonly (readonly [HoldingVersion, HoldingVersion])[] {
  const pairs: (readonly [HoldingVersion, HoldingVersion])[] = []
  const groups = Map.groupBy(
    known(views.roster, {}, context.revision),
    ({ fact }) => `${fact.personId} ${fact.roleId} ${fact.kind}`,
  )
  for (const group of groups.values()) {
    if (group.length < 2) continue
    const sorted = group.toSorted((a, b) => a.from.earliest - b.from.earliest)
    sorted.forEach((first, index) => {
      for (const second of sorted.slice(index + 1)) {
        if (second.from.latest >= first.to.earliest) continue
        if (first.fact.importId === importId || second.fact.importId === importId) pairs.push([first, second])
      }
    })
  }
  return pairs
}

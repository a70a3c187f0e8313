import { z } from 'zod'
import type { CircleFact } from '../../commands/circles/facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { type FactVersion, isKnownAt } from '../../src/kernel/fact-log.ts'
import { certaintyAt } from '../../src/kernel/intervals.ts'
import { circlesProjection } from './projection.ts'

const node = classed(
  1,
  z.object({
    id: z.string(),
    key: z.string().nullable(),
    name: z.string(),
    kind: z.string(),
    purpose: z.string().nullable(),
    parentId: z.string().nullable(),
    depth: z.int(),
    from: z.string(),
    to: z.string().nullable(),
    certainty: z.enum(['certain', 'possible']),
  }),
)
type Node = z.output<typeof node>

export const circlesQuestion = defineQuestion({
  name: 'circles',
  summary: 'The circles there were at a moment, as a tree: each before those inside it. Containment gives no power.',
  reads: { circles: circlesProjection },
  params: z.strictObject({}),
  answer: classed(1, z.object({ circles: z.array(node), count: z.int() })),
  timed: true,
  public: true,
  http: { path: '/circles' },
  cli: { verb: 'circles', aliases: { on: 'asOf' } },
  rows: ({ circles }) => circles.map(({ depth, name, ...rest }) => ({ name: `${'  '.repeat(depth)}${name}`, ...rest })),
  ask({ circles }, _, { asOf, revision }) {
    const there = new Map<string, FactVersion<CircleFact>>()
    for (const id of circles.facts.subjects()) {
      const versions = circles.facts.versions(id).filter((v) => isKnownAt(v, revision) && certaintyAt(v, asOf))
      const version = versions.find((v) => certaintyAt(v, asOf) === 'certain') ?? versions[0]
      if (version) there.set(id, version)
    }
    const inside = Map.groupBy(there.values(), ({ fact }) =>
      fact.parentId !== undefined && there.has(fact.parentId) ? fact.parentId : '',
    )
    const nodes: Node[] = []
    const seen = new Set<string>()
    const place = (version: FactVersion<CircleFact>, depth: number) => {
      if (seen.has(version.fact.circleId)) return
      seen.add(version.fact.circleId)
      nodes.push(nodeOf(version, depth, asOf))
      visit(version.fact.circleId, depth + 1)
    }
    const visit = (parentId: string, depth: number) => {
      const within = (inside.get(parentId) ?? []).toSorted((a, b) => a.fact.name.localeCompare(b.fact.name, 'en'))
      for (const version of within) place(version, depth)
    }
    visit('', 0)
    // Records may put two circles inside each other; neither is lost for it.
    for (const [id, version] of there) {
      if (seen.has(id)) continue
      place(version, 0)
    }
    return { circles: nodes, count: nodes.length }
  },
})

function nodeOf(version: FactVersion<CircleFact>, depth: number, asOf: number): Node {
  const { circleId, key, name, kind, purpose, parentId } = version.fact
  return {
    id: circleId,
    key: key ?? null,
    name,
    kind,
    purpose: purpose ?? null,
    parentId: parentId ?? null,
    depth,
    from: version.from.text,
    to: version.to.text || null,
    certainty: certaintyAt(version, asOf) ?? 'possible',
  }
}

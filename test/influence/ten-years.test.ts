import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { InfluenceAnswer } from '../stories/influences.ts'
import { Scenario } from '../support/scenario.ts'

const FOLDER = fileURLToPath(new URL('../../examples/kubernetes/', import.meta.url))
const PLAIN_LOAD = { weights: 'unit', decay: 'none', baseline: 0, population: 'holders' } as const

function rows(file: string): readonly Record<string, unknown>[] {
  const lines = readFileSync(`${FOLDER}${file}`, 'utf8').split('\n')
  return lines.flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]))
}

interface Point {
  readonly asOf: string
  readonly people: number
  readonly giniCorrected: number | null
  readonly effectivePeople: number | null
  readonly evenness: number | null
  readonly topShare: number | null
  readonly nakamoto: number | null
  readonly turnover: number | null
}

describe('nine years of a real record', () => {
  let s: Scenario

  beforeAll(async () => {
    s = await Scenario.founded([], { at: '2026-08-21T00:00:00Z' })
    const circles = rows('kubernetes.circles.jsonl').map(({ community: _, ...row }) => row)
    const placed = circles.toSorted((a, b) => Number(a.parent !== null) - Number(b.parent !== null))
    await s.given('ImportCircles', { importId: 'kubernetes', rows: placed })
    const holdings = rows('kubernetes.jsonl').map(({ community: _, member_id, member_name, ...row }) => ({
      ...row,
      memberId: member_id,
      memberName: member_name,
      ...(row.role === 'emeritus_lead' ? { kind: 'emeritus' } : {}),
    }))
    for (let from = 0; from < holdings.length; from += 500)
      await s.given('ImportHoldings', { importId: 'kubernetes', rows: holdings.slice(from, from + 500) })
  })

  it('month by month in one call, each point as it would be asked for alone', async () => {
    const { points } = await s.ask<{ points: readonly Point[] }>('influence-series', {
      from: '2017-01-01',
      to: '2026-08-01',
      step: 'month',
    })
    expect(points).toHaveLength(116)
    expect(points[0]).toMatchObject({ asOf: '2017-01-01', people: 0, giniCorrected: null, reason: 'no-members' })
    expect(points.at(-1)).toMatchObject({ asOf: '2026-08-01' })
    for (const each of points.filter((_, i) => i % 12 === 7)) {
      const { concentration, count } = (await s.ask('influence', {}, { asOf: each.asOf })) as InfluenceAnswer & {
        count: number
      }
      expect(each).toMatchObject({
        people: count,
        giniCorrected: concentration.giniCorrected,
        effectivePeople: concentration.hill.n2,
        evenness: concentration.evenness,
        topShare: concentration.topShare,
        nakamoto: concentration.nakamoto,
      })
    }
    expect(points.filter(({ turnover }) => turnover !== null).length).toBeGreaterThan(105)
  })

  it('counting roles alone it is the load of the record', async () => {
    const load = async (asOf: string) => {
      const { concentration, count } = (await s.ask('influence', PLAIN_LOAD, { asOf })) as {
        concentration: { gini: number }
        count: number
      }
      return { people: count, gini: concentration.gini }
    }
    expect(await load('2020-01-01')).toEqual({ people: 103, gini: 0.181619 })
    expect(await load('2026-08-18')).toEqual({ people: 142, gini: 0.330866 })
  })

  it('of one circle: those who hold something in it', async () => {
    const answer = await s.ask<{ count: number; counting: { population: string } }>(
      'influence',
      { circle: 'sig-auth' },
      { asOf: '2018-10-15' },
    )
    expect(answer).toMatchObject({ count: 3, counting: { population: 'holders' } })
  })

  it('says how far the weights matter', async () => {
    const { variants } = await s.ask<{ variants: readonly { component: string; topThreeChange: boolean }[] }>(
      'influence-sensitivity',
      {},
      { asOf: '2024-01-01' },
    )
    expect(variants).toHaveLength(20)
    // Of roles alone no weight can change who carries most; without the baseline none changes anything at all.
    expect(variants.some(({ topThreeChange }) => topThreeChange)).toBe(false)
  })
})

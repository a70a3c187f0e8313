import type { AskedPoint } from '../../src/engine/point.ts'
import type { Scenario } from '../support/scenario.ts'

/** What of an answer about influence the stories look at. */
export interface InfluenceAnswer {
  readonly people: readonly {
    readonly person: { readonly name: string | null }
    readonly voice: number | null
    readonly lambda: number | null
  }[]
  readonly concentration: {
    readonly giniCorrected: number
    readonly hhiNormalised: number
    readonly hill: { readonly n2: number }
    readonly evenness: number
    readonly topShare: number
    readonly nakamoto: number
  }
  readonly counting: { readonly baseline: number }
}

const four = (value: number) => Number(value.toFixed(4))

/** The influence of people by name, to four places; nothing of it is 0. */
export async function influencesAt(
  s: Scenario,
  names: readonly string[],
  point: AskedPoint,
): Promise<readonly number[]> {
  const { people, counting } = await s.ask<InfluenceAnswer>('influence', {}, point)
  const of = (name: string) => people.find(({ person }) => person.name === name)?.voice ?? counting.baseline
  return names.map((name) => four(of(name) - counting.baseline))
}

/** G*, N2, N2/n, the largest share and how few carry more than half; the first four to four places. */
export async function figuresAt(s: Scenario, point: AskedPoint): Promise<readonly number[]> {
  const { concentration: c } = await s.ask<InfluenceAnswer>('influence', {}, point)
  return [four(c.giniCorrected), four(c.hill.n2), four(c.evenness), four(c.topShare), c.nakamoto]
}

/** The multiple of the mean voice of somebody, to three places. */
export async function lambdaOf(s: Scenario, name: string, point: AskedPoint): Promise<number> {
  const { people } = await s.ask<InfluenceAnswer>('influence', { member: name }, point)
  return Number((people[0]?.lambda ?? Number.NaN).toFixed(3))
}

import { PRESET_POLICIES } from '../commands/community/policy-table.ts'
import { dutiesOf } from '../commands/influence/duties.ts'
import { parametersOf } from '../commands/influence/parameter-facts.ts'
import { influenceSlice } from '../commands/influence/state.ts'
import { sumOf, vectorsFrom } from '../projections/influence/counted.ts'
import { influenceProjection } from '../projections/influence/projection.ts'
import { type Hearthbook, openHearthbook } from '../src/composition/wiring.ts'
import { readEvents } from '../src/engine/loading.ts'
import type { RecordedEvent } from '../src/kernel/envelope.ts'
import { Folds } from '../src/kernel/folds.ts'
import { dutyMultiple } from '../src/measures/influence.ts'
import { dayMs, Told } from '../test/influence/told.ts'
import { importExample } from './example-rows.ts'
import { median, type Result, WrongAnswer } from './result.ts'
import { timed } from './stopwatch.ts'

const MEMBERS = 10_000
const ROLES = 2000
const ROUNDS = 9
const EVENTS = 200
const KUBERNETES = 'kubernetes'
const PARAMETERS = parametersOf(PRESET_POLICIES.hospitality)

/** A member's duties after each of many events, against counting everybody's influence anew. */
export async function measureInfluenceAfterEvent(): Promise<Result> {
  const told = new Told().founded('hospitality', ...Array.from({ length: MEMBERS }, (_, i) => `p${i}`))
  for (let i = 0; i < ROLES; i += 1) {
    told.role(`r${i}`, (i % 3) + 1)
    told.takes(`r${i}`, `p${i}`, 365)
    if (i % 2 === 0) told.answersTo(`p${i}`, `p${MEMBERS - 1 - i}`)
  }
  const folds = new Folds([influenceSlice])
  for (const event of told.events) folds.apply(event)
  const state = folds.of(influenceSlice)
  dutiesOf(state, 'p0', dayMs(1))
  const times = { live: [] as number[], anew: [] as number[] }
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = told.events.length
    for (let i = 0; i < EVENTS; i += 1)
      told.on(2 + round).learns(`r${(round * EVENTS + i) % ROLES}`, `p${MEMBERS - 1 - round * EVENTS - i}`)
    const fresh = told.events.slice(before)
    let last = 0
    const live = await timed(async () => {
      for (const [i, event] of fresh.entries()) {
        folds.apply(event)
        last = dutiesOf(state, `p${i}`, dayMs(2 + round)).lambda
      }
    })
    const anew = await timed(async () => countedAnew(state.live.facts, `p${fresh.length - 1}`, dayMs(2 + round)))
    if (Math.abs(anew.value - last) > 1e-9 * last)
      throw new WrongAnswer(`influence is ${last} event by event, and ${anew.value} anew`)
    times.live.push(live.ms / fresh.length)
    times.anew.push(anew.ms)
  }
  return {
    name: `influence after an event, ${MEMBERS} members`,
    peer: 'counting everybody’s influence anew',
    goal: { kind: 'at least', ratio: 500 },
    ratios: times.live.map((ms, i) => (times.anew[i] ?? 0) / ms),
    measured: `${(median(times.live) * 1000).toFixed(1)} µs`,
    against: `${median(times.anew).toFixed(1)} ms`,
    facts: { roles: ROLES, events: EVENTS * ROUNDS },
  }
}

function countedAnew(facts: Parameters<typeof dutiesOf>[0]['live']['facts'], personId: string, t: number): number {
  const vectors = vectorsFrom(facts.steps(Number.MAX_SAFE_INTEGER, PARAMETERS), t, PARAMETERS)
  let total = MEMBERS * PARAMETERS.baseline
  for (const vector of vectors.values()) total += sumOf(vector)
  const own = vectors.get(personId)
  const exempt = sumOf(own, (component) => component === 'partner')
  return dutyMultiple(sumOf(own) + PARAMETERS.baseline, exempt, total, MEMBERS) ?? 0
}

/** Ten years of a real record month by month, against one pass over the same events that ends in one answer. */
export async function measureInfluenceSeries(): Promise<Result> {
  const hearthbook = await openHearthbook({ store: 'memory' })
  try {
    await importExample(hearthbook.engine, {
      community: KUBERNETES,
      name: 'Kubernetes',
      circles: 'kubernetes.circles.jsonl',
      holdings: 'kubernetes.jsonl',
      kinds: { emeritus_lead: 'emeritus' },
    })
    const events = await eventsOf(hearthbook)
    const times = { series: [] as number[], pass: [] as number[] }
    let points = await seriesOf(hearthbook)
    for (let round = 0; round < ROUNDS; round += 1) {
      const pass = await timed(async () => onePass(events))
      const series = await timed(() => seriesOf(hearthbook))
      points = series.value
      if (points < 116 || pass.value < 100) throw new WrongAnswer('a series or a pass is too short')
      times.series.push(series.ms)
      times.pass.push(pass.ms)
    }
    return {
      name: 'influence month by month, 2017 to 2026',
      peer: 'one pass over the same events',
      goal: { kind: 'at most', ratio: 5 },
      ratios: times.series.map((ms, i) => ms / (times.pass[i] ?? 0)),
      measured: `${median(times.series).toFixed(1)} ms`,
      against: `${median(times.pass).toFixed(1)} ms`,
      facts: { events: events.length, points },
    }
  } finally {
    await hearthbook.close()
  }
}

async function eventsOf({ ledgers, registry }: Hearthbook): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = []
  const book = { community: KUBERNETES, book: 'open' } as const
  for await (const event of readEvents(ledgers, book, registry.events, {})) events.push(event)
  return events
}

/** Folds all events and counts everybody's influence at the end. @returns how many have any. */
function onePass(events: readonly RecordedEvent[]): number {
  const folds = new Folds([influenceProjection])
  for (const event of events) folds.apply(event)
  const { facts } = folds.of(influenceProjection).live
  return vectorsFrom(facts.steps(Number.MAX_SAFE_INTEGER, PARAMETERS), Date.parse('2026-08-01'), PARAMETERS).size
}

async function seriesOf({ engine, registry }: Hearthbook): Promise<number> {
  const question = registry.questions.get('influence-series')
  if (!question) throw new Error('there is no such question')
  const params = question.params.parse({ from: '2017-01-01', to: '2026-08-01', step: 'month' })
  const { answer } = await engine.ask(KUBERNETES, question, params, {})
  return (answer as { points: readonly unknown[] }).points.length
}

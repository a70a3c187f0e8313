import { dateBounds } from '../../src/kernel/dates.ts'

/** An event as the store holds it. */
export interface Told {
  readonly id: string
  readonly revision: number
  readonly type: string
  readonly effectiveAt: string
  readonly data: Readonly<Record<string, unknown>>
}

interface Statement {
  readonly event: Told
  readonly data: Readonly<Record<string, unknown>>
  readonly effective: number
  readonly saidAt: number
  readonly evidence: readonly string[]
}

export interface OracleHolding {
  readonly holdingId: string
  readonly personId: string
  readonly roleId: string
  readonly circleId: string
  readonly from: string
  readonly to: string | null
  readonly certainty: string
  readonly evidence: readonly string[]
}

/** Without its end: answers show one that is known, though it came later than the moment asked about. */
export interface OracleCircle {
  readonly id: string
  readonly name: string
  readonly from: string
  readonly certainty: string
}

/**
 * The order of an as-of answer, done the slow way: keep what was recorded by the revision, let the last correction of
 * each event replace its data, drop what is effective after the moment, sort by effective time and place, and fold.
 */
function statements(events: readonly Told[], asOf: number, revision: number): readonly Statement[] {
  const kept = events.filter((event) => event.revision <= revision)
  const read = kept.flatMap((event) => {
    const { data, sources, saidAt, effectiveAt } = corrected(event, kept)
    if (data === null) return []
    const effective = dateBounds(effectiveAt).earliest
    return [{ event, data, effective, saidAt, evidence: sources }]
  })
  return newest(read)
    .filter(({ effective }) => effective <= asOf)
    .sort((a, b) => a.effective - b.effective || a.event.revision - b.event.revision)
}

/** The event with the data of the last thing said of it: a correction, or the withdrawal of its import. */
function corrected(event: Told, kept: readonly Told[]) {
  let data: Readonly<Record<string, unknown>> | null = event.data
  let { effectiveAt } = event
  let saidAt = event.revision
  const sources = [event.id]
  for (const later of kept) {
    if (later.type === 'RecordCorrected' && later.data.targetEventId === event.id) {
      data = later.data.replacement as Readonly<Record<string, unknown>> | null
      effectiveAt = (later.data.replacementEffectiveAt as string | undefined) ?? effectiveAt
      saidAt = later.revision
      sources.push(later.id)
    }
    if (later.type === 'ImportWithdrawn' && isWithdrawn(event, later)) data = null
  }
  return { data, effectiveAt, saidAt, sources }
}

function isWithdrawn(event: Told, withdrawal: Told): boolean {
  if (event.revision > withdrawal.revision || event.data.importId !== withdrawal.data.importId) return false
  if (event.type === 'CircleImported') {
    return (withdrawal.data.circleIds as readonly string[]).includes(String(event.data.circleId))
  }
  return event.type === 'HoldingImported' || event.type === 'HoldingReimported'
}

/** An import that states a holding or spell again replaces what was stated before, as a correction does. */
function newest(read: readonly Statement[]): Statement[] {
  const subject = ({ event, data }: Statement) => {
    if (event.type === 'HoldingImported' || event.type === 'HoldingReimported') return String(event.data.holdingId)
    return event.type === 'CircleImported' ? String(data.spell) : event.id
  }
  const last = new Map<string, Statement>()
  for (const each of read) {
    const before = last.get(subject(each))
    if (!before || before.saidAt < each.saidAt) last.set(subject(each), each)
  }
  return [...last.values()]
}

/** How sure `[from, to)` is at a moment; undefined where it does not hold. */
function certainty(from: string, to: string | undefined, t: number): string | undefined {
  const begin = dateBounds(from)
  const end = to === undefined ? undefined : dateBounds(to)
  if (t < begin.earliest || (end && t >= end.latest)) return undefined
  return t >= begin.latest && (!end || t < end.earliest) ? 'certain' : 'possible'
}

/** Who held what at a moment, by what was recorded up to a revision. */
export function oracleHolders(events: readonly Told[], asOf: number, revision: number): readonly OracleHolding[] {
  return statements(events, asOf, revision).flatMap(({ event, data, evidence }) => {
    if (event.type !== 'HoldingImported' && event.type !== 'HoldingReimported') return []
    const { holdingId, personId, roleId, circleId, from, to } = data as Readonly<Record<string, string>>
    const sure = certainty(String(from), to, asOf)
    if (sure === undefined) return []
    const ids = { holdingId: String(holdingId), personId: String(personId), roleId: String(roleId) }
    return [{ ...ids, circleId: String(circleId), from: String(from), to: to ?? null, certainty: sure, evidence }]
  })
}

interface Spell {
  readonly from: string
  to?: string
  readonly name: string
}

/**
 * The circles there were at a moment, by what was recorded up to a revision. Spells may overlap: each circle comes with
 * those that hold as surely as any, and an answer may show any one of them.
 */
export function oracleCircles(
  events: readonly Told[],
  asOf: number,
  revision: number,
): readonly (readonly OracleCircle[])[] {
  const spells = new Map<string, Spell[]>()
  for (const { event, data } of statements(events, asOf, revision)) {
    if (!event.type.startsWith('Circle')) continue
    const id = String(data.circleId)
    const own = spells.get(id) ?? []
    spells.set(id, own)
    happen(own, event, data as Readonly<Record<string, string>>)
  }
  return [...spells].flatMap(([id, own]) => {
    const there = own.flatMap(({ from, to, name }) => {
      const sure = certainty(from, to, asOf)
      return sure === undefined ? [] : [{ id, name, from, certainty: sure }]
    })
    const sure = there.filter((each) => each.certainty === 'certain')
    return there.length === 0 ? [] : [sure.length > 0 ? sure : there]
  })
}

function happen(own: Spell[], event: Told, data: Readonly<Record<string, string>>): void {
  const at = event.effectiveAt
  const open = own.findLast(({ to }) => to === undefined)
  const last = own.at(-1)
  if (event.type === 'CircleFormed') own.push({ from: at, name: String(data.name) })
  else if (event.type === 'CircleImported') {
    const { from, to, name } = data
    own.push({ from: String(from), name: String(name), ...(to === undefined ? {} : { to }) })
  } else if (event.type === 'CircleReopened') {
    if (last && last.to !== undefined) own.push({ from: at, name: last.name })
  } else if (open) {
    open.to = at
    const { name } = (data.changes ?? {}) as { readonly name?: string }
    if (event.type === 'CircleAmended') own.push({ from: at, name: name ?? open.name })
  }
}

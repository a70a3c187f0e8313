import { type DateBounds, dateBounds, NEVER } from '../../src/kernel/dates.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import type { Entry, Fact, FactFold } from '../../src/kernel/fact-log.ts'
import type { CircleAmended, CircleFormed, CircleImported } from './events.ts'

/** What is so of a circle for an interval. */
export interface CircleFact {
  readonly circleId: string
  /** The name of an imported circle in its source, stable there. */
  readonly key?: string
  readonly name: string
  readonly kind: string
  readonly parentId?: string | undefined
  readonly purpose?: string
}

type Formed = Stored<(typeof CircleFormed)['fields']>
type Amended = Stored<(typeof CircleAmended)['fields']>
type Imported = Stored<(typeof CircleImported)['fields']>

interface Spell {
  from: DateBounds
  to: DateBounds
  fact: CircleFact
  evidence: readonly string[]
}

/**
 * What a circle's events say over time: one fact per spell and wording. A spell opens by forming, reopening or an
 * imported row; an amendment begins a new wording of the open spell, and closing ends it.
 */
export const circleFold: FactFold<CircleFact> = (entries) => {
  const spells: Spell[] = []
  for (const entry of newestPerSpell(entries)) {
    // A spell whose end is still to come is open at the moment of the act.
    const open = spells.findLast((spell) => entry.effective.earliest < spell.to.latest)
    if (entry.type === 'CircleFormed') spells.push(formed(entry as Entry<Formed>))
    else if (entry.type === 'CircleImported') spells.push(imported(entry as Entry<Imported>))
    else if (entry.type === 'CircleReopened') reopen(spells, entry)
    else if (open && entry.type === 'CircleClosed') end(open, entry)
    else if (open && entry.type === 'CircleAmended') amend(spells, open, entry as Entry<Amended>)
  }
  return spells.filter((spell) => spell.from.earliest < spell.to.latest) satisfies Fact<CircleFact>[]
}

// A later import may state a spell again with another end: its row replaces the earlier one.
function newestPerSpell(entries: readonly Entry[]): readonly Entry[] {
  const newest = new Map<string, Entry>()
  for (const entry of entries) {
    if (entry.type !== 'CircleImported') continue
    const { spell } = entry.data as Imported
    const other = newest.get(spell)
    if (!other || other.saidAt < entry.saidAt) newest.set(spell, entry)
  }
  return entries.filter((e) => e.type !== 'CircleImported' || newest.get((e.data as Imported).spell) === e)
}

function formed(entry: Entry<Formed>): Spell {
  return { from: entry.effective, to: NEVER, fact: entry.data, evidence: entry.sources }
}

function imported({ data, sources }: Entry<Imported>): Spell {
  const { circleId, key, name, kind, parentId } = data
  return {
    from: dateBounds(data.from),
    to: data.to === undefined ? NEVER : dateBounds(data.to),
    fact: { circleId, key, name, kind, ...(parentId === undefined ? {} : { parentId }) },
    evidence: sources,
  }
}

function reopen(spells: Spell[], entry: Entry): void {
  const last = spells.at(-1)
  if (last && last.to !== NEVER)
    spells.push({ ...last, from: entry.effective, to: NEVER, evidence: [...last.evidence, ...entry.sources] })
}

function end(spell: Spell, entry: Entry): void {
  spell.to = entry.effective
  spell.evidence = [...spell.evidence, ...entry.sources]
}

function amend(spells: Spell[], open: Spell, entry: Entry<Amended>): void {
  const { parentId, ...changes } = entry.data.changes
  const { parentId: before, ...kept } = open.fact
  const parent = parentId === undefined ? before : (parentId ?? undefined)
  const fact = { ...kept, ...(changes as Partial<CircleFact>), ...(parent === undefined ? {} : { parentId: parent }) }
  const { to } = open
  open.to = entry.effective
  spells.push({ from: entry.effective, to, fact, evidence: [...open.evidence, ...entry.sources] })
}

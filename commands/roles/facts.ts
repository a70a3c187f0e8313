import { NEVER } from '../../src/kernel/dates.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import type { Entry, Fact, FactFold } from '../../src/kernel/fact-log.ts'
import type { RoleAmended, RoleDefined, RoleImported } from './events.ts'

/** What is so of a role for an interval. An imported role has a name and a weight only. */
export interface RoleFact {
  readonly roleId: string
  readonly circleId: string
  readonly name: string
  readonly weight: number
  readonly imported: boolean
  readonly partOfRoleId?: string
  readonly definition?: Partial<RoleDefinition>
}

export type RoleDefinition = Omit<
  Stored<(typeof RoleDefined)['fields']>,
  'roleId' | 'circleId' | 'name' | 'weight' | 'partOfRoleId' | 'proposalId' | 'snapshot'
>

type Defined = Stored<(typeof RoleDefined)['fields']>
type Amended = Stored<(typeof RoleAmended)['fields']>
type Imported = Stored<(typeof RoleImported)['fields']>
type Open = { -readonly [K in keyof Fact<RoleFact>]: Fact<RoleFact>[K] }

// An imported role is as old as whatever the record says of it.
const ALWAYS = {
  text: '',
  precision: 'instant',
  earliest: Number.NEGATIVE_INFINITY,
  latest: Number.NEGATIVE_INFINITY,
} as const

/** What a role's events say over time: one fact per wording, ended by retiring. */
export const roleFold: FactFold<RoleFact> = (entries) => {
  const facts: Open[] = []
  for (const entry of entries) {
    const last = facts.at(-1)
    if (entry.type === 'RoleDefined') facts.push(defined(entry as Entry<Defined>))
    else if (entry.type === 'RoleImported') facts.push(imported(entry as Entry<Imported>))
    else if (last) {
      last.to = entry.effective
      if (entry.type === 'RoleAmended') facts.push(amended(last, entry as Entry<Amended>))
    }
  }
  return facts.filter((fact) => fact.from.earliest < fact.to.latest)
}

function defined({ data, effective, sources }: Entry<Defined>): Open {
  const { roleId, circleId, name, weight, partOfRoleId, proposalId: _, snapshot: __, ...definition } = data
  const part = partOfRoleId === undefined ? {} : { partOfRoleId }
  return {
    from: effective,
    to: NEVER,
    fact: { roleId, circleId, name, weight, imported: false, ...part, definition },
    evidence: sources,
  }
}

function imported({ data, sources }: Entry<Imported>): Open {
  const { roleId, circleId, name, weight } = data
  return { from: ALWAYS, to: NEVER, fact: { roleId, circleId, name, weight, imported: true }, evidence: sources }
}

function amended(last: Open, { data, effective, sources }: Entry<Amended>): Open {
  const { name, weight, partOfRoleId, ...changes } = data.changes
  const { partOfRoleId: before, definition, ...kept } = last.fact
  const part = partOfRoleId === undefined ? before : (partOfRoleId ?? undefined)
  const fact: RoleFact = {
    ...kept,
    name: name ?? kept.name,
    weight: weight ?? kept.weight,
    ...(part === undefined ? {} : { partOfRoleId: part }),
    definition: { ...definition, ...(changes as Partial<RoleDefinition>) },
  }
  return { from: effective, to: NEVER, fact, evidence: [...last.evidence, ...sources] }
}

import { isDeepStrictEqual } from 'node:util'

/** One question with its answer, as the files have them. */
export interface Question {
  readonly id: string
  readonly kind: string
  readonly question: string
  readonly params: Params
  readonly answer: unknown
}

export type Params = Readonly<Record<string, string> & { readonly not_roles?: readonly string[] }>

/** Asks a question of the API by its path below the community. */
export type Ask = (
  path: string,
  params: Readonly<Record<string, string | readonly string[] | undefined>>,
) => Promise<Answer>

interface Person {
  readonly handle: string
  /** In an answer about influence. */
  readonly person?: { readonly handle: string }
  readonly formal?: number
}
interface Holding {
  readonly person: Person
  readonly role: { readonly name: string }
  readonly circle: { readonly key: string }
}

const sorted = (texts: readonly string[]) => [...new Set(texts)].sort()
const handles = (people: readonly Person[]) => sorted(people.map(({ handle }) => handle))

/** What of the answers is used here. */
export interface Answer {
  readonly holders: readonly Holding[]
  readonly roles: readonly Holding[]
  /** The people themselves, or in figures how many. */
  readonly people: readonly Person[]
  readonly concentration: { readonly gini: number }
  readonly began: readonly Person[]
  readonly ceased: readonly Person[]
  readonly spells: readonly { readonly from: string; readonly to: string }[]
  readonly [figure: string]: unknown
}

/** Influence that is nothing but the number of roles held at a moment. */
const PLAIN_LOAD = { weights: 'unit', decay: 'none', baseline: '0', population: 'holders' }

/** How each kind of question is put to the API, and the answer renamed and sorted. Nothing is computed here. */
export const renderings: Readonly<Record<string, (params: Params, ask: Ask) => Promise<unknown>>> = {
  async holders_on({ role, circle, on }, ask) {
    const { holders } = await ask('/holders', { role, circle, asOf: on })
    return handles(holders.map(({ person }) => person))
  },
  async circle_on({ circle, on }, ask) {
    const { holders } = await ask('/holders', { circle, asOf: on })
    return sorted(holders.map(({ person, role }) => `${role.name}:${person.handle}`))
  },
  async roles_of_on({ member_id, on }, ask) {
    const { roles } = await ask('/people/{person}/roles', { person: member_id, asOf: on })
    return sorted(roles.map(({ role, circle }) => `${circle.key}:${role.name}`))
  },
  async holders_between({ role, circle, from, to }, ask) {
    const { people, count } = await ask('/holders/between', { role, circle, from, through: to })
    return { count, members: handles(people) }
  },
  async longest_holder({ role, circle, until, not_roles }, ask) {
    const { people, days } = await ask('/tenure/longest', { role, circle, until, notRole: not_roles })
    return { members: handles(people), days }
  },
  async tenure_days({ member_id, role, circle, until, not_roles }, ask) {
    return (await ask('/people/{person}/tenure', { person: member_id, role, circle, until, notRole: not_roles })).days
  },
  async spells({ member_id, role, circle, until }, ask) {
    const { spells } = await ask('/people/{person}/spells', { person: member_id, role, circle, until })
    return spells.map(({ from, to }) => ({ from, to }))
  },
  async gini_tenure({ role, circle, until, not_roles }, ask) {
    const { people, totalDays, gini } = await ask('/concentration/tenure', { role, circle, until, notRole: not_roles })
    return { people, total_days: totalDays, gini }
  },
  async gini_load_on({ circle, on, not_roles }, ask) {
    const { people, holdings, gini } = await ask('/concentration/load', { circle, asOf: on, notRole: not_roles })
    // Influence, where each role counts 1 and nothing else does, is the same thing told another way.
    const { count, concentration } = await ask('/influence', { circle, asOf: on, ...PLAIN_LOAD })
    const same = count === people && concentration.gini === gini
    return { people, holdings, gini, ...(same ? {} : { influence: { count, gini: concentration.gini } }) }
  },
  async most_loaded_on({ circle, on, not_roles }, ask) {
    const { people, holdings } = await ask('/load/most', { circle, asOf: on, notRole: not_roles })
    const influence = await ask('/influence', { circle, asOf: on, ...PLAIN_LOAD })
    const most = influence.people.filter(({ formal }) => formal === holdings).map(({ person }) => person?.handle ?? '')
    const same = isDeepStrictEqual(sorted(most), handles(people))
    return { members: handles(people), holdings, ...(same ? {} : { influence: sorted(most) }) }
  },
  async joined_left({ role, circle, from, to }, ask) {
    const { began, ceased } = await ask('/changes', { role, circle, from, through: to })
    return { joined: handles(began), left: handles(ceased) }
  },
  async vacant_days({ role, circle, from, to }, ask) {
    return (await ask('/vacancy', { role, circle, from, through: to })).days
  },
  async peak_holders({ role, circle, from, to }, ask) {
    const { most, firstDay } = await ask('/peak', { role, circle, from, through: to })
    return { most_at_once: most, first_day: firstDay }
  },
  async starts_ends_between({ role, circle, from, to }, ask) {
    const { starts, ends } = await ask('/changes/counts', { role, circle, from, through: to })
    return { starts, ends }
  },
  async together_days({ member_a, member_b, role, circle, until }, ask) {
    return (await ask('/people/{person}/together/{other}', { person: member_a, other: member_b, role, circle, until }))
      .days
  },
  async persons_named({ name }, ask) {
    return handles((await ask('/people', { name })).people)
  },
}

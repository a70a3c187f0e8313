import type { Certainty } from '../../src/kernel/intervals.ts'
import type { HoldingKey, HoldingVersion, RosterView } from './roster-view.ts'

/** Which holdings a question is about; undefined leaves open. */
export interface Selection {
  /** Every id of the person, their own first. */
  readonly personIds?: ReadonlySet<string> | undefined
  readonly roleIds?: ReadonlySet<string> | undefined
  readonly circleId?: string | undefined
  /** Several circles, for questions that may be about more than one. */
  readonly circleIds?: ReadonlySet<string> | undefined
  readonly notRoleIds?: ReadonlySet<string> | undefined
}

/** A holding that was so, or may have been, at the moment asked about. */
export interface HeldOn {
  readonly version: HoldingVersion
  readonly certainty: Certainty
}

/** The shortest list that has all versions of a selection; others may be among them. */
export function candidates(view: RosterView, { personIds, roleIds, circleId }: Selection): readonly HoldingVersion[] {
  if (roleIds?.size === 1) return ofEach(view, 'roleId', roleIds)
  if (personIds !== undefined) return ofEach(view, 'personId', personIds)
  if (circleId !== undefined) return view.of('circleId', circleId)
  if (roleIds !== undefined) return ofEach(view, 'roleId', roleIds)
  return view.all
}

function ofEach(view: RosterView, key: HoldingKey, ids: ReadonlySet<string>): readonly HoldingVersion[] {
  if (ids.size === 1) for (const id of ids) return view.of(key, id)
  return [...ids].flatMap((id) => view.of(key, id))
}

/** The id of the person a selection is about. */
export function personOf({ personIds }: Selection): string {
  const [own = ''] = personIds ?? []
  return own
}

/** Whom and what something is about. */
type Named = Readonly<Record<HoldingKey, string>>

/** Whether a version, or whatever else names a person, role and circle, is of the selection. */
export function isSelected(
  { fact }: { readonly fact: Named },
  { personIds, roleIds, circleId, circleIds, notRoleIds }: Selection,
): boolean {
  return (
    (personIds === undefined || personIds.has(fact.personId)) &&
    (circleId === undefined || fact.circleId === circleId) &&
    (circleIds === undefined || circleIds.has(fact.circleId)) &&
    (roleIds === undefined || roleIds.has(fact.roleId)) &&
    !notRoleIds?.has(fact.roleId)
  )
}

/** The holdings of a selection as the record had them at a revision, whenever they were. */
export function known(view: RosterView, selection: Selection, revision: number): readonly HoldingVersion[] {
  return candidates(view, selection).filter(
    (version) => version.knownFrom <= revision && revision < version.knownTo && isSelected(version, selection),
  )
}

/** Who held what at a moment (ms), as known at a revision: the one loop that most questions run. */
export function rosterOn(view: RosterView, selection: Selection, asOf: number, revision: number): readonly HeldOn[] {
  const versions = candidates(view, selection)
  const held =
    versions === view.all
      ? heldOfAll(view, asOf)
      : versions.filter((v) => asOf >= v.from.earliest && asOf < v.to.latest)
  const result: HeldOn[] = []
  for (const version of held) {
    if (version.knownFrom > revision || revision >= version.knownTo || !isSelected(version, selection)) continue
    result.push({
      version,
      certainty: asOf >= version.from.latest && asOf < version.to.earliest ? 'certain' : 'possible',
    })
  }
  return result
}

function heldOfAll({ all, earliest, latest }: RosterView, asOf: number): readonly HoldingVersion[] {
  const held: HoldingVersion[] = []
  for (let i = 0; i < all.length; i += 1) {
    if (asOf >= (earliest[i] as number) && asOf < (latest[i] as number)) held.push(all[i] as HoldingVersion)
  }
  return held
}

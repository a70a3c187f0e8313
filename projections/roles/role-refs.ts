import { z } from 'zod'
import type { RoleFact } from '../../commands/roles/facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import type { Point } from '../../src/kernel/define-question.ts'
import { type FactVersion, isKnownAt } from '../../src/kernel/fact-log.ts'
import { type Refusal, unknownReference } from '../../src/kernel/refusal.ts'
import { line } from '../../src/kernel/text.ts'
import type { RolesView } from './projection.ts'

export const roleRef = classed(1, z.object({ id: z.string(), name: z.string() }))
export type RoleRef = z.output<typeof roleRef>

/** How a question names a role, or one of the same name in every circle. */
export const roleParam = () =>
  line().meta({
    description: 'A role: its id, or its name (then the role of that name in each circle asked about)',
    examples: ['chair'],
  })

/** What the record said of a role by a revision, in order of time. */
export function roleFacts(view: RolesView, roleId: string, revision: number): readonly FactVersion<RoleFact>[] {
  return view.facts.versions(roleId).filter((version) => isKnownAt(version, revision))
}

/** The wording that was so at the moment asked about, else the last before it, else the first. */
export function roleWording(view: RolesView, roleId: string, point: Point): FactVersion<RoleFact> | undefined {
  const facts = roleFacts(view, roleId, point.revision)
  return facts.findLast((version) => version.from.earliest <= point.asOf) ?? facts[0]
}

/** What was so of the role at the moment asked about; undefined where it was retired or not there yet. */
export function roleThen(view: RolesView, roleId: string, point: Point): RoleFact | undefined {
  return roleFacts(view, roleId, point.revision).find(
    ({ from, to }) => from.earliest <= point.asOf && point.asOf < to.latest,
  )?.fact
}

export function roleRefOf(view: RolesView, roleId: string, point: Point): RoleRef {
  return { id: roleId, name: roleWording(view, roleId, point)?.fact.name ?? roleId }
}

/**
 * The ids of the roles a question names, by a name that differs in upper and lower case only where no role has it exactly;
 * a name that no role ever had is refused, so that a slip is not read as "nobody".
 */
export function findRoles(
  view: RolesView,
  ref: string,
  { revision }: Point,
  pointer = '/role',
): ReadonlySet<string> | Refusal {
  const called = (id: string, same: (name: string) => boolean) =>
    view.facts.versions(id).some(({ knownFrom, fact }) => knownFrom <= revision && (id === ref || same(fact.name)))
  const exactly = [ref, ...(view.byName.get(ref) ?? [])].filter((id) => called(id, (name) => name === ref))
  if (exactly.length > 0) return new Set(exactly)
  const lower = ref.toLocaleLowerCase('en')
  const inSmall = [...view.facts.subjects()].filter((id) =>
    called(id, (name) => name.toLocaleLowerCase('en') === lower),
  )
  return inSmall.length > 0 ? new Set(inSmall) : unknownReference(pointer, ref, 'role')
}

import { ImportWithdrawn } from '../../commands/records/events.ts'
import { RoleAmended, RoleDefined, RoleImported, RoleRetired } from '../../commands/roles/events.ts'
import { type RoleFact, roleFold } from '../../commands/roles/facts.ts'
import { FactLog } from '../../src/kernel/fact-log.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'

export interface RolesView {
  readonly facts: FactLog<RoleFact>
  /** Role ids by every name they ever had. */
  readonly byName: Map<string, Set<string>>
  readonly circleOf: Map<string, string>
}

function index(view: RolesView, roleId: string, name: string): void {
  const ids = view.byName.get(name) ?? new Set()
  view.byName.set(name, ids.add(roleId))
}

export const rolesProjection = defineProjection<RolesView>({
  name: 'roles',
  version: 1,
  summary: 'Roles with their purpose, mandate and weight, on two time axes.',
  initial: () => ({ facts: new FactLog(roleFold), byName: new Map(), circleOf: new Map() }),
  cases: [
    on(RoleDefined, (view, data, event) => {
      view.facts.add(data.roleId, event)
      view.circleOf.set(data.roleId, data.circleId)
      index(view, data.roleId, data.name)
    }),
    on(RoleImported, (view, data, event) => {
      view.facts.add(data.roleId, event)
      view.circleOf.set(data.roleId, data.circleId)
      index(view, data.roleId, data.name)
    }),
    on(RoleAmended, (view, data, event) => {
      view.facts.add(data.roleId, event)
      if (data.changes.name !== undefined) index(view, data.roleId, data.changes.name)
    }),
    on(RoleRetired, (view, data, event) => void view.facts.add(data.roleId, event)),
    on(ImportWithdrawn, (view, data, event) => {
      for (const { eventId } of data.roleEvents) view.facts.replace(eventId, null, undefined, event)
    }),
  ],
})

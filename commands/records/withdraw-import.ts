import { z } from 'zod'
import { defineCommand } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { line } from '../../src/kernel/text.ts'
import { circlesSlice } from '../circles/state.ts'
import { communitySlice } from '../community/state.ts'
import { rolesSlice } from '../roles/state.ts'
import { HoldingImported, HoldingReimported, ImportWithdrawn, PeopleMerged } from './events.ts'
import { recordsSlice } from './state.ts'

export const withdrawImport = defineCommand({
  name: 'WithdrawImport',
  summary:
    'Takes an import back: what it was the first to bring no longer counts, and what was so before counts again.',
  book: 'open',
  who: 'importer',
  schema: z.strictObject({ importId: line(100) }),
  reads: { community: communitySlice, circles: circlesSlice, roles: rolesSlice, records: recordsSlice },
  http: { method: 'POST', path: '/imports/{importId}/withdrawal', location: '/imports/{importId}' },
  cli: { verb: 'withdraw-import', positional: ['importId'] },
  refusals: { NOTHING_TO_WITHDRAW: 'There is no such import, or it was withdrawn already.' },
  decide({ community, circles, roles, records }, { importId }) {
    const spells = [...circles.spells.values()].flat()
    const mine = spells.filter((spell) => spell.importId === importId)
    if (records.imports.get(importId) !== 'active') {
      return refuse('NOTHING_TO_WITHDRAW', {
        facts: { importId },
        message: 'There is no such import, or it was withdrawn already.',
      })
    }
    let holdings = 0
    const others = {
      personId: new Set<string>(community.members),
      roleId: new Set<string>(),
      circleId: new Set<string>(),
    }
    const personEvents: { id: string; eventId: string }[] = []
    const roleEvents: { id: string; eventId: string; circleId: string }[] = []
    for (const [eventId, { type, data: recorded }] of records.events) {
      const data = records.corrected.has(eventId) ? records.corrected.get(eventId) : recorded
      const names = data as { importId?: string; personId?: string; roleId?: string; circleId?: string } | null
      if (!names) continue
      const own = names.importId === importId
      if (type === HoldingImported.type || type === HoldingReimported.type) {
        if (own) holdings += 1
        else if (records.imports.get(names.importId ?? '') !== 'withdrawn') {
          if (names.personId) others.personId.add(names.personId)
          if (names.roleId) others.roleId.add(names.roleId)
          if (names.circleId) others.circleId.add(names.circleId)
        }
      } else if (own && type === 'PersonImported') personEvents.push({ id: names.personId ?? '', eventId })
      else if (own && type === 'RoleImported')
        roleEvents.push({ id: names.roleId ?? '', eventId, circleId: names.circleId ?? '' })
      else if (type === 'RoleDefined' && names.circleId) others.circleId.add(names.circleId)
      else if (type === PeopleMerged.type) others.personId.add((data as { keep: string }).keep)
    }
    for (const spell of spells) if (spell.importId !== importId) others.circleId.add(spell.circleId)
    // A role that was amended here, or a circle that still has one, is no longer only the import's.
    const amended = new Set([...roles.facts.subjects()].filter((id) => roles.facts.versions(id).length > 1))
    const goneRoles = roleEvents.filter(({ id }) => !others.roleId.has(id) && !amended.has(id))
    for (const { id, circleId } of roleEvents)
      if (others.roleId.has(id) || amended.has(id)) others.circleId.add(circleId)
    return [
      ImportWithdrawn.of({
        importId,
        holdings,
        circleIds: [...new Set(mine.map((spell) => spell.circleId))].filter((id) => !others.circleId.has(id)),
        // An erased person stays known as such, or importing the same record again would bring their name back.
        personEvents: personEvents.filter(({ id }) => !others.personId.has(id) && !records.erased.has(id)),
        roleEvents: goneRoles.map(({ id, eventId }) => ({ id, eventId })),
      }),
    ]
  },
})

import { z } from 'zod'
import { defineEvent, plain } from '../../src/kernel/define-event.ts'
import { idOf, line, prose } from '../../src/kernel/text.ts'

const roleId = idOf('role')

/** What a role is: its words and its numbers, shared by definition and amendment. */
export const roleShape = {
  name: line(),
  purpose: prose(),
  responsibilities: z.array(line(500)).max(50),
  mandate: z.strictObject({ may: z.array(line(500)).max(50), mayNot: z.array(line(500)).max(50) }),
  weight: z.number().min(0).max(5).meta({ description: 'How much it carries, 0 to 5' }),
  seats: z.int().min(1).max(100),
  termDays: z.int().min(14).max(1825),
  understudy: z.enum(['by-weight', 'always', 'never']),
  handoverSteps: z.array(line(200)).max(50),
}

export const RoleDefined = defineEvent({
  type: 'RoleDefined',
  version: 1,
  book: 'open',
  summary: 'A role exists from now on, with its purpose and its written, limited mandate.',
  fields: {
    roleId: plain(1, roleId),
    circleId: plain(1, idOf('circle')),
    name: plain(0, roleShape.name),
    purpose: plain(0, roleShape.purpose),
    responsibilities: plain(0, roleShape.responsibilities),
    mandate: plain(0, roleShape.mandate),
    weight: plain(0, roleShape.weight),
    seats: plain(0, roleShape.seats),
    termDays: plain(0, roleShape.termDays),
    understudy: plain(0, roleShape.understudy),
    partOfRoleId: plain(0, roleId.optional()),
    handoverSteps: plain(0, roleShape.handoverSteps),
  },
  touches: (data) => [`role:${data.roleId}`, `circle:${data.circleId}`],
})

/** What an amendment of a role may change; `partOfRoleId` null makes it stand alone. */
export const roleChanges = z.strictObject({ ...roleShape, partOfRoleId: roleId.nullable() }).partial()

export const RoleAmended = defineEvent({
  type: 'RoleAmended',
  version: 1,
  book: 'open',
  summary: "A role's words or numbers are others from now on.",
  fields: { roleId: plain(1, roleId), circleId: plain(1, idOf('circle')), changes: plain(0, roleChanges) },
  touches: (data) => [`role:${data.roleId}`, `circle:${data.circleId}`],
})

export const RoleRetired = defineEvent({
  type: 'RoleRetired',
  version: 1,
  book: 'open',
  summary: 'The role has ended. Roles that were part of it move up one level; nobody loses theirs.',
  fields: { roleId: plain(1, roleId), circleId: plain(1, idOf('circle')), movedUp: plain(1, z.array(roleId)) },
  touches: (data) => [`role:${data.roleId}`, `circle:${data.circleId}`, ...data.movedUp.map((id) => `role:${id}`)],
})

export const RoleImported = defineEvent({
  type: 'RoleImported',
  version: 1,
  book: 'open',
  summary: 'A record from elsewhere names a role of a circle; it has no term and no mandate here.',
  fields: {
    importId: plain(1, line(100)),
    roleId: plain(1, roleId),
    circleId: plain(1, idOf('circle')),
    name: plain(0, line()),
    weight: plain(0, roleShape.weight),
  },
  touches: (data) => [`role:${data.roleId}`, `circle:${data.circleId}`, `import:${data.importId}`],
})

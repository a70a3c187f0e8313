import { z } from 'zod'
import { defineEvent, plain } from '../../src/kernel/define-event.ts'
import { idOf, line, prose } from '../../src/kernel/text.ts'

const roleId = idOf('role')

/** The adopted proposal an act rests on, where it rests on one. */
export const mandateField = plain(1, idOf('proposal').optional())

/** What its guards noticed, and under which version of the rules. */
export const guardsNoticed = () =>
  z
    .strictObject({
      policyVersion: z.int(),
      warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
    })
    .optional()

const mandated = { proposalId: mandateField, snapshot: plain(1, guardsNoticed()) }
export const touchesMandate = ({ proposalId }: { proposalId?: string | undefined }) =>
  proposalId === undefined ? [] : [`proposal:${proposalId}`]

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
  version: 2,
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
    ...mandated,
  },
  touches: (data) => [`role:${data.roleId}`, `circle:${data.circleId}`, ...touchesMandate(data)],
  upcasters: { 1: (data) => data },
})

/** What an amendment of a role may change; `partOfRoleId` null makes it stand alone. */
export const roleChanges = z.strictObject({ ...roleShape, partOfRoleId: roleId.nullable() }).partial()

export const RoleAmended = defineEvent({
  type: 'RoleAmended',
  version: 2,
  book: 'open',
  summary: "A role's words or numbers are others from now on.",
  fields: { roleId: plain(1, roleId), circleId: plain(1, idOf('circle')), changes: plain(0, roleChanges), ...mandated },
  touches: (data) => [`role:${data.roleId}`, `circle:${data.circleId}`, ...touchesMandate(data)],
  upcasters: { 1: (data) => data },
})

export const RoleRetired = defineEvent({
  type: 'RoleRetired',
  version: 2,
  book: 'open',
  summary: 'The role has ended. Roles that were part of it move up one level; nobody loses theirs.',
  fields: {
    roleId: plain(1, roleId),
    circleId: plain(1, idOf('circle')),
    movedUp: plain(1, z.array(roleId)),
    ...mandated,
  },
  touches: (data) => [
    `role:${data.roleId}`,
    `circle:${data.circleId}`,
    ...data.movedUp.map((id) => `role:${id}`),
    ...touchesMandate(data),
  ],
  upcasters: { 1: (data) => data },
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

import { doing } from '../support/doing.ts'
import { withoutMandates } from '../support/lived-roles.ts'
import type { Scenario } from '../support/scenario.ts'
import { fieldOf } from '../support/scenario.ts'

const DAY_MS = 86_400_000
const DAY_0 = Date.parse('2026-01-05T00:00:00Z')

/** The first moment of these stories. */
export const START = '2026-01-05T00:00:00Z'

/** So many days after the start, as an instant; a whole day without its time of day. */
export function day(n: number): string {
  const text = new Date(DAY_0 + n * DAY_MS).toISOString()
  return Number.isInteger(n) ? text.slice(0, 10) : text
}

/** Sets the clock to so many days after the start. */
export function on(s: Scenario, n: number): Scenario {
  return s.at(new Date(DAY_0 + n * DAY_MS).toISOString())
}

/** Forms a circle and defines a role in it; one that carries much without a mandate. @returns the role's id. */
export async function aRole(s: Scenario, by: string, more: Record<string, unknown> = {}): Promise<string> {
  const { circle = 'Kitchen', ...role } = more
  if (Number(role.weight ?? 1) >= 2) await withoutMandates(doing(s), by)
  const formed = await s.given('FormCircle', { name: circle, purpose: 'To eat together.' }, by)
  const circleId = fieldOf(formed, 'CircleFormed', 'circleId')
  const defined = await s.given('DefineRole', { circleId, name: 'Cook', purpose: 'To cook.', ...role }, by)
  return fieldOf(defined, 'RoleDefined', 'roleId')
}

/** One asks another to take a role, who says yes. @returns the holding. */
export async function takes(
  s: Scenario,
  roleId: string,
  by: string,
  toId: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const askId = fieldOf(await s.given('OfferRole', { roleId, toId, ...more }, by), 'RoleOffered', 'askId')
  return fieldOf(await s.given('AcceptRole', { roleId, askId }, toId), 'RoleAccepted', 'holdingId')
}

/** A holder asks another to learn the role, who says yes. @returns the understudy's holding. */
export async function learns(s: Scenario, roleId: string, holder: string, toId: string): Promise<string> {
  const asked = await s.given('InviteUnderstudy', { roleId, toId }, holder)
  const yes = await s.given('AcceptUnderstudy', { askId: fieldOf(asked, 'UnderstudyInvited', 'askId') }, toId)
  return fieldOf(yes, 'UnderstudyAccepted', 'holdingId')
}

/** A holder hands the role over to another, who says yes. @returns the holding that begins with it. */
export async function takesOver(
  s: Scenario,
  roleId: string,
  holder: string,
  toId: string,
  handoverAt: string,
): Promise<string> {
  const notes = { accesses: ['The key hangs in the shed.'] }
  const offered = await s.given('HandOverRole', { roleId, toIds: [toId], handoverAt, notes }, holder)
  const yes = await s.given('AcceptHandover', { askId: fieldOf(offered, 'RoleHandoverOffered', 'askId') }, toId)
  return fieldOf(yes, 'RoleHandedOver', 'holdingId')
}

/** Imports a circle and rows of its holdings; `memberId` is the name. */
export async function imports(
  s: Scenario,
  circle: string,
  rows: readonly object[],
  importId = 'minutes',
): Promise<void> {
  await s.given('ImportCircles', { importId, rows: [{ circle, name: `The ${circle}`, from: '2015-01-01' }] })
  await s.given('ImportHoldings', {
    importId,
    rows: rows.map((row) => {
      const { memberId } = row as { memberId: string }
      return { circle, memberName: memberId, source: 'minutes', ...row }
    }),
  })
}

type Named = { readonly name: string | null }
export interface Holding {
  readonly person: Named
  readonly kind: string
  readonly status: string
  readonly onBehalfOf: Named | null
  readonly from: string
  readonly to: string | null
  readonly termEnd: string | null
}

/** Who is named in a list of holdings. */
export function namesOf(holdings: readonly { readonly person: Named }[]): readonly (string | null)[] {
  return holdings.map(({ person }) => person.name)
}

export interface Carried {
  readonly role: { readonly id: string; readonly name: string }
  readonly seat: number | null
  readonly seatOf: readonly Holding[]
  readonly actedBy: readonly Holding[]
}

/** Who acts in a role at a point, and whose seat it is, by name. */
export async function carries(s: Scenario, role: string, point: { asOf?: string; asKnownAt?: string } = {}) {
  const { seats } = await s.ask<{ seats: readonly Carried[] }>('carrying', { role }, point)
  return seats.map(({ seat, seatOf, actedBy }) => ({ seat, seatOf: namesOf(seatOf), actedBy: namesOf(actedBy) }))
}

/** Who is in a role at a point, as `name (kind, status)`, by name. */
export async function inRole(s: Scenario, role: string, point: { asOf?: string; asKnownAt?: string } = {}) {
  const { holders } = await s.ask<{ holders: readonly Holding[] }>('holders', { role }, point)
  return holders.map(({ person, kind, status }) => `${person.name} (${kind}, ${status})`).sort()
}

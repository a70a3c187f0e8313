import { doing } from '../support/doing.ts'
import { withoutMandates } from '../support/lived-roles.ts'
import { fieldOf, type Scenario } from '../support/scenario.ts'
import { ada } from './refusal-case.ts'

export const DAY = 86_400_000

/** A role of Ada's circle, of weight 1 unless said; one that carries much without a mandate. */
export async function aRole(book: Scenario, more: Record<string, unknown> = {}): Promise<string> {
  if (Number(more.weight ?? 1) >= 2) await withoutMandates(doing(book), ada)
  const circle = await book.given('FormCircle', { name: 'Kitchen', purpose: 'Food' }, ada)
  const role = { circleId: fieldOf(circle, 'CircleFormed', 'circleId'), name: 'cook', purpose: 'To cook.', ...more }
  return fieldOf(await book.given('DefineRole', role, ada), 'RoleDefined', 'roleId')
}

/** Offers the role; the ask's id. */
export async function offered(
  book: Scenario,
  roleId: string,
  toId: string,
  by: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  return fieldOf(await book.given('OfferRole', { roleId, toId, ...more }, by), 'RoleOffered', 'askId')
}

/** Lets somebody hold the role; the holding's id. */
export async function held(
  book: Scenario,
  roleId: string,
  who: string,
  by: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const askId = await offered(book, roleId, who, by, more)
  return fieldOf(await book.given('AcceptRole', { roleId, askId }, who), 'RoleAccepted', 'holdingId')
}

export async function invited(book: Scenario, roleId: string, toId: string, by: string): Promise<string> {
  return fieldOf(await book.given('InviteUnderstudy', { roleId, toId }, by), 'UnderstudyInvited', 'askId')
}

/** Lets somebody learn the role from its holder; the holding's id. */
export async function understudied(book: Scenario, roleId: string, who: string, by: string): Promise<string> {
  const askId = await invited(book, roleId, who, by)
  return fieldOf(await book.given('AcceptUnderstudy', { askId }, who), 'UnderstudyAccepted', 'holdingId')
}

/** Offers to hand the role over in ten days; the ask's id. */
export async function handing(
  book: Scenario,
  roleId: string,
  toId: string,
  by: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const handoverAt = inDays(book, 10)
  const notes = { lessons: 'Salt last.' }
  const given = await book.given('HandOverRole', { roleId, toIds: [toId], handoverAt, notes, ...more }, by)
  return fieldOf(given, 'RoleHandoverOffered', 'askId')
}

/** Asks for a stand-in over the days 1 to 3 from now; the ask's id. */
export async function standing(
  book: Scenario,
  holdingId: string,
  toId: string,
  by: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const dates = { from: inDays(book, 1), to: inDays(book, 3) }
  return fieldOf(await book.given('StandIn', { holdingId, toId, ...dates, ...more }, by), 'StandInAsked', 'askId')
}

/** A moment so many days from the scenario's now. */
export function inDays(book: Scenario, days: number): string {
  return new Date(book.now + days * DAY).toISOString()
}

export function policy(book: Scenario, changes: Record<string, unknown>) {
  return book.given('AmendPolicy', { changes }, ada)
}

/** Ada's role is held by Ben and retired once he has stepped back; what was offered before stays offered. */
export async function retired(book: Scenario, roleId: string): Promise<void> {
  await book.given('RetireRole', { roleId }, ada)
}

import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { fieldOf, type Scenario } from './scenario.ts'

/** A row of an import of circles, with what most tests do not care about filled in. */
export function circleRow(circle: string, more: Record<string, unknown> = {}) {
  return { circle, name: `The ${circle}`, from: '2020-01-01', ...more }
}

/** A row of an import of holdings: Ada has chaired the table since 2020. */
export function holdingRow(more: Record<string, unknown> = {}) {
  return {
    memberId: 'ada',
    memberName: 'Ada Lovelace',
    role: 'chair',
    circle: 'table',
    from: '2020-01-01',
    source: 'minutes of 2020',
    ...more,
  }
}

export interface ImportedHolding {
  readonly event: RecordedEvent<Record<string, unknown>>
  readonly personEvent: RecordedEvent<Record<string, unknown>>
  readonly circleId: string
  readonly roleId: string
  readonly personId: string
  readonly holdingId: string
}

/** Imports the circle `table`, then one holding. */
export async function importedHolding(
  book: Scenario,
  more: Record<string, unknown> = {},
  importId = 'minutes',
): Promise<ImportedHolding> {
  await book.given('ImportCircles', { importId, rows: [circleRow('table')] })
  const events = await book.given('ImportHoldings', { importId, rows: [holdingRow(more)] })
  const find = (type: string) => {
    const event = events.find((each) => each.type === type)
    if (!event) throw new Error(`the import brought no ${type}`)
    return event as RecordedEvent<Record<string, unknown>>
  }
  return {
    event: find('HoldingImported'),
    personEvent: find('PersonImported'),
    circleId: fieldOf(events, 'HoldingImported', 'circleId'),
    roleId: fieldOf(events, 'HoldingImported', 'roleId'),
    personId: fieldOf(events, 'HoldingImported', 'personId'),
    holdingId: fieldOf(events, 'HoldingImported', 'holdingId'),
  }
}

/** Forms a circle. @returns its id. */
export async function formedCircle(book: Scenario, by: string, more: Record<string, unknown> = {}): Promise<string> {
  const events = await book.given('FormCircle', { name: 'Kitchen', purpose: 'To cook together.', ...more }, by)
  return fieldOf(events, 'CircleFormed', 'circleId')
}

/** Defines a role. @returns its id. */
export async function definedRole(
  book: Scenario,
  by: string,
  circleId: string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const events = await book.given('DefineRole', { circleId, name: 'cook', purpose: 'To cook.', ...more }, by)
  return fieldOf(events, 'RoleDefined', 'roleId')
}

export interface Held {
  readonly holdingId: string
  readonly person: { readonly id: string; readonly name: string | null; readonly handle: string | null }
  readonly role: { readonly id: string; readonly name: string }
  readonly circle: { readonly id: string; readonly key: string | null; readonly name: string }
  readonly kind: string
  readonly from: string
  readonly to: string | null
  readonly certainty: string
  readonly disputed: boolean
  readonly basis: string
  readonly evidence: readonly string[]
}

/** Who holds what, as `name from to`. */
export async function roster(book: Scenario, point: { asOf?: string; atRevision?: number } = {}) {
  const { holders } = await book.ask<{ holders: readonly Held[] }>('holders', {}, point)
  return holders.map(({ person, from, to }) => `${person.name ?? '(erased)'} ${from} ${to ?? ''}`.trim()).sort()
}

/** The circles there are, as `name`, each below its parent. */
export async function circleNames(book: Scenario, point: { asOf?: string; atRevision?: number } = {}) {
  const { circles } = await book.ask<{ circles: readonly { name: string; depth: number }[] }>('circles', {}, point)
  return circles.map(({ name, depth }) => `${'> '.repeat(depth)}${name}`)
}

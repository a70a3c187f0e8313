import { type InfluenceState, influenceSlice } from '../../commands/influence/state.ts'
import { DAY_MS } from '../../src/kernel/dates.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { Folds } from '../../src/kernel/folds.ts'

/** The first moment of the stories. */
export const DAY_0 = Date.parse('2026-01-05T00:00:00Z')

/** The moment so many days after it; ms. */
export function dayMs(n: number): number {
  return DAY_0 + n * DAY_MS
}

/** The same as text. */
export function dayAt(n: number): string {
  return new Date(dayMs(n)).toISOString()
}

const SNAPSHOT = { policyVersion: 0, holdOverDays: 30, leaveStopsClockDays: 365, weight: 0, warnings: [] }
const ASKED = { by: 'person_x', at: '2026-01-01T00:00:00Z' }

/** Events of an open book told one after the other, without commands: each with the fields influence is read from. */
export class Told {
  readonly events: RecordedEvent[] = []
  readonly #terms = new Map<string, object>()
  #day = 0

  /** From here on everything is recorded so many days after the start. */
  on(day: number): this {
    this.#day = day
    return this
  }

  tell(type: string, data: object, effectiveAt = dayAt(this.#day)): string {
    const revision = this.events.length
    const id = `event-${revision}`
    const recordedAt = dayAt(this.#day)
    this.events.push({ id, type, data, revision, effectiveAt, recordedAt, book: 'open', actor: 'x' } as RecordedEvent)
    return id
  }

  founded(preset: 'hospitality' | 'crew', ...members: readonly string[]): this {
    this.tell('CommunityFounded', { preset })
    for (const personId of members) this.tell('MemberJoined', { personId })
    return this
  }

  role(roleId: string, weight: number, seats = 1): this {
    this.tell('RoleDefined', { roleId, circleId: 'circle', name: roleId, weight, seats })
    return this
  }

  /** A person takes a role for a term; the holding goes by `roleId/personId` unless named. */
  takes(roleId: string, personId: string, days: number, more: { seat?: number; beside?: string; from?: number } = {}) {
    const holdingId = `${roleId}/${personId}`
    const from = more.from ?? this.#day
    const term = { termNumber: 1, termStart: dayAt(from), termEnd: dayAt(from + days) }
    this.#terms.set(holdingId, term)
    const beside = more.beside === undefined ? {} : { besideHoldingId: more.beside }
    const data = { holdingId, personId, roleId, circleId: 'circle', seat: more.seat ?? 1, ...term, ...beside }
    return this.tell('RoleAccepted', { ...data, asked: ASKED, snapshot: SNAPSHOT }, term.termStart)
  }

  learns(roleId: string, personId: string): string {
    const data = { holdingId: `${roleId}/${personId}/understudy`, personId, roleId, circleId: 'circle' }
    return this.tell('UnderstudyAccepted', { ...data, asked: ASKED })
  }

  handsOver(
    roleId: string,
    from: string,
    to: string,
    at: { overlapFrom: number; handoverAt: number; days: number },
    more: object = {},
  ): string {
    const data = {
      holdingId: `${roleId}/${to}`,
      personId: to,
      roleId,
      circleId: 'circle',
      from,
      fromHoldingId: `${roleId}/${from}`,
      seat: 1,
      overlapFrom: dayAt(at.overlapFrom),
      handoverAt: dayAt(at.handoverAt),
      termNumber: 1,
      termStart: dayAt(at.handoverAt),
      termEnd: dayAt(at.handoverAt + at.days),
      together: false,
      steps: [],
      asked: ASKED,
      snapshot: SNAPSHOT,
      ...more,
    }
    return this.tell('RoleHandedOver', data, data.overlapFrom)
  }

  answersTo(personId: string, partnerId: string): string {
    const accountabilityId = `${personId}>${partnerId}`
    return this.tell('AccountabilityStarted', { accountabilityId, personId, partnerId, scope: 'all', asked: ASKED })
  }

  answersNoMoreTo(personId: string, partnerId: string): string {
    const accountabilityId = `${personId}>${partnerId}`
    return this.tell('AccountabilityEnded', { accountabilityId, personId, partnerId, scope: 'all', reason: 'ended' })
  }

  /** The decision state about influence after all that was told. */
  state(): InfluenceState {
    const folds = new Folds([influenceSlice])
    for (const event of this.events) folds.apply(event)
    return folds.of(influenceSlice)
  }
}

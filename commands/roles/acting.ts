import type { NewEvent } from '../../src/kernel/define-event.ts'
import { StandInEnded } from './holding-events.ts'
import type { HoldingVersion } from './holding-log.ts'
import { holdingBy, type RolesState } from './state.ts'

/** Who acts, acted or will act for a holding, as the book says now. */
export function actingFor(roles: RolesState, holdingId: string): readonly HoldingVersion[] {
  return [...(roles.actingFor.get(holdingId) ?? [])].flatMap((id) => holdingBy(roles, id) ?? [])
}

/** Whether somebody acts for the holding for some of an interval (ms). */
export function isActedFor(roles: RolesState, holdingId: string, from: number, to: number): boolean {
  return actingFor(roles, holdingId).some((acting) => acting.from.earliest < to && from < acting.to.earliest)
}

/** The events that end all acting for a holding from a moment on. */
export function endActingFor(roles: RolesState, holdingId: string, t: number): readonly NewEvent[] {
  return actingFor(roles, holdingId).flatMap((acting) => (t < acting.to.earliest ? [standInEnded(acting)] : []))
}

export function standInEnded({ fact }: HoldingVersion): NewEvent {
  const { holdingId, personId, roleId, circleId, onBehalfOf } = fact
  return StandInEnded.of({
    holdingId,
    personId,
    roleId,
    circleId,
    onBehalfOf: onBehalfOf?.personId ?? '',
    forHoldingId: onBehalfOf?.holdingId ?? '',
  })
}

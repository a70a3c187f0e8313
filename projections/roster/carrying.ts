import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { type AskContext, defineQuestion } from '../../src/kernel/define-question.ts'
import { isRefusal } from '../../src/kernel/refusal.ts'
import { circleRef, circleRefOf, isOpenCircle } from '../circles/circle-refs.ts'
import { roleRef, roleRefOf, roleThen } from '../roles/role-refs.ts'
import { type CarriedSeat, carriedSeats, emptySeats } from './carried.ts'
import { type HoldingAnswer, holdingAnswer, holdingAnswerOf } from './holding-answers.ts'
import { inOrder } from './in-order.ts'
import { type HeldOn, rosterOn, type Selection } from './roster-on.ts'
import { optionalCircle, optionalRole, type RosterViews, rosterReads, selectionOf } from './selecting.ts'

const carriedSeat = z.object({
  role: roleRef,
  circle: circleRef,
  seat: z.int().nullable().meta({ description: 'Which seat; none where a record from elsewhere names the holders' }),
  seatOf: z.array(holdingAnswer).meta({ description: 'Whose seat it is: its holder or co-holders' }),
  actedBy: z
    .array(holdingAnswer)
    .meta({ description: 'By which holdings it is carried then: of those who act, else of its holders not on leave' }),
})

export const carrying = defineQuestion({
  name: 'carrying',
  summary: 'Who acts, and whose seat is it: seat by seat who holds it and who carries it at a moment.',
  reads: rosterReads,
  params: z.strictObject({ ...optionalRole, ...optionalCircle }),
  answer: classed(1, z.object({ seats: z.array(carriedSeat), count: z.int() })),
  timed: true,
  public: true,
  http: { path: '/carrying' },
  cli: { verb: 'carrying', positional: ['role'], aliases: { on: 'asOf' } },
  rows: ({ seats }) =>
    seats.map(({ role, circle, seat, seatOf, actedBy }) => ({
      role: role.name,
      circle: circle.key ?? circle.name,
      seat,
      actedBy: namesIn(actedBy),
      seatOf: namesIn(seatOf),
      certain: [...seatOf, ...actedBy].every(({ certainty }) => certainty === 'certain'),
      disputed: [...seatOf, ...actedBy].some(({ disputed }) => disputed),
    })),
  ask(views, params, context) {
    const selection = selectionOf(views, params, context)
    if (isRefusal(selection)) return selection
    const held = carriedSeats(rosterOn(views.roster, selection, context.asOf, context.revision), context.asOf)
    const answers = (each: readonly HeldOn[]) =>
      inOrder(
        each.map(({ version, certainty }) => holdingAnswerOf(views, version, certainty, context)),
        ({ person, holdingId }) => [person.name, holdingId],
      )
    const seats = [...held, ...vacantSeats(views, selection, held, context)].map((each) => ({
      role: roleRefOf(views.roles, each.roleId, context),
      circle: circleRefOf(views.circles, each.circleId, context),
      seat: each.seat,
      seatOf: answers(each.seatOf),
      actedBy: answers(each.actedBy),
    }))
    const sorted = inOrder(seats, ({ circle, role, seat }) => [circle.name, role.name, role.id, seat ?? 0])
    return { seats: sorted, count: sorted.length }
  },
})

/** Seats nobody has, of roles that were defined here: an imported role says nothing of how many it has. */
function vacantSeats(
  views: RosterViews,
  { roleIds, circleId }: Selection,
  held: readonly CarriedSeat[],
  context: AskContext,
): readonly CarriedSeat[] {
  const byRole = Map.groupBy(held, (seat) => seat.roleId)
  return [...(roleIds ?? views.roles.facts.subjects())].flatMap((roleId) => {
    const role = roleThen(views.roles, roleId, context)
    if (role?.definition?.seats === undefined) return []
    if (circleId !== undefined && role.circleId !== circleId) return []
    if (!isOpenCircle(views.circles, role.circleId, context)) return []
    const empty = { roleId, circleId: role.circleId, seatOf: [], actedBy: [] }
    return emptySeats(role, byRole.get(roleId) ?? []).map((seat) => ({ ...empty, seat }))
  })
}

function namesIn(holdings: readonly HoldingAnswer[]): string {
  return [...new Set(holdings.map(({ person }) => person.name ?? '(erased)'))].join(', ')
}

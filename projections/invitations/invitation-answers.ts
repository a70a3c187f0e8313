import { z } from 'zod'
import { INVITATION_KINDS, invitationAsks } from '../../commands/invitations/events.ts'
import type { InvitationLife } from '../../commands/invitations/life.ts'
import { noAnswersOf } from '../../commands/invitations/standing-facts.ts'
import { momentText } from '../../commands/roles/holding-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import type { AskContext } from '../../src/kernel/define-question.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { peopleProjection } from '../people/projection.ts'
import type { PeopleView } from '../people/view.ts'
import { isDisputed, type RecordsView, recordsProjection } from '../records/projection.ts'
import { invitationsProjection } from './projection.ts'
import { type InvitationsView, lifeAt } from './view.ts'

export const invitationReads = {
  people: peopleProjection,
  records: recordsProjection,
  invitations: invitationsProjection,
}
export interface InvitationViews {
  readonly people: PeopleView
  readonly records: RecordsView
  readonly invitations: InvitationsView
}

/** An invitation as everybody reads it: who says no, and who says nothing, stands in none. */
export const invitationAnswer = classed(
  1,
  z.object({
    invitationId: z.string(),
    toAll: z.boolean().meta({ description: 'false: one by name, of which everybody knows since somebody said yes' }),
    kind: z.enum(INVITATION_KINDS),
    title: z.string(),
    purpose: z.string().nullable().meta({ description: 'Of an invitation to all' }),
    inviters: z.array(personRef),
    since: z.string(),
    respondBy: z.string().nullable(),
    startsAt: z.string().nullable(),
    endsAt: z.string().nullable(),
    places: z.int().nullable(),
    placesLeft: z.int().nullable(),
    asks: invitationAsks().nullable(),
    proposalId: z.string().nullable(),
    state: z
      .enum(['open', 'closed', 'lapsed', 'withdrawn', 'cancelled', 'over', 'by-name'])
      .meta({ description: 'open: it takes answers of anybody; by-name: of those who were asked' }),
    remindedAt: z.string().nullable(),
    yeses: z.array(
      z.object({
        person: personRef,
        since: z.string(),
        toReconfirm: z.boolean().meta({ description: 'Said to other dates, and to be said again' }),
      }),
    ),
    disputed: z.boolean(),
    evidence: z.array(z.string()).meta({ description: 'Ids of the events it rests on' }),
  }),
)
export type InvitationAnswer = z.output<typeof invitationAnswer>

/** An invitation at the point asked about; undefined where there was none yet. */
export function invitationAnswerOf(
  views: InvitationViews,
  invitationId: string,
  context: AskContext,
): InvitationAnswer | undefined {
  const found = lifeAt(views.invitations, invitationId, context)
  if (!found) return undefined
  const { life, evidence } = found
  const { toAll, places } = life
  return {
    invitationId,
    toAll: toAll !== undefined,
    kind: life.kind,
    title: life.title,
    purpose: toAll?.purpose ?? null,
    inviters: [...life.inviters.keys()].map((id) => refOf(views.people, id, context)),
    since: momentText(life.began),
    respondBy: toAll?.respondBy ?? null,
    startsAt: textOf(life.startsAt),
    endsAt: textOf(life.endsAt),
    places: places ?? null,
    placesLeft: places === undefined ? null : Math.max(0, places - life.yeses.size),
    asks: toAll?.asks ?? null,
    proposalId: toAll?.proposalId ?? null,
    state: stateOf(life, context.asOf),
    remindedAt: textOf(life.remindedAt),
    yeses: [...life.yeses].map(([id, { at, toReconfirm }]) => ({
      person: refOf(views.people, id, context),
      since: momentText(at),
      toReconfirm,
    })),
    disputed: isDisputed(views.records, evidence, context.revision),
    evidence: [...evidence],
  }
}

function stateOf(life: InvitationLife, t: number): InvitationAnswer['state'] {
  return noAnswersOf(life, undefined, t) ?? (life.toAll ? 'open' : 'by-name')
}

export function textOf(ms: number | undefined): string | null {
  return ms === undefined ? null : momentText(ms)
}

export function namesOf(people: readonly { readonly name: string | null }[]): string {
  return people.map(({ name }) => name ?? '(erased)').join('; ')
}

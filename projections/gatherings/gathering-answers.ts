import { z } from 'zod'
import { hostsAt, isGathering, openTimeOf, overAt, presentAt, takenUpAt } from '../../commands/gatherings/hosting.ts'
import type { InvitationLife } from '../../commands/invitations/life.ts'
import { endedBy } from '../../commands/invitations/standing-facts.ts'
import { momentText } from '../../commands/roles/holding-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import type { AskContext } from '../../src/kernel/define-question.ts'
import { type InvitationViews, textOf } from '../invitations/invitation-answers.ts'
import { contributionsAt, lifeAt } from '../invitations/view.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { attestersOf, isDisputed } from '../records/projection.ts'

const contribution = z.object({
  contributionId: z.string(),
  eventId: z.string().meta({ description: 'The record, for whoever attests or corrects it' }),
  person: personRef,
  phase: z.string(),
  size: z.string().nullable(),
  hours: z.number(),
  what: z.string().nullable().meta({ description: 'null where whoever wrote it was erased' }),
  at: z.string(),
  attestedBy: z.array(personRef),
  notAttestedYet: z.boolean().meta({ description: 'Of many hours, and nobody has attested it' }),
  disputed: z.boolean(),
})

/** A gathering as everybody reads it. */
export const gatheringAnswer = classed(
  1,
  z.object({
    invitationId: z.string(),
    title: z.string(),
    startsAt: z.string(),
    endsAt: z.string(),
    state: z.enum(['to-come', 'open', 'over', 'cancelled', 'withdrawn']),
    openedAt: z
      .string()
      .nullable()
      .meta({ description: 'By its date, or when a host opened it; null where it has not' }),
    closedAt: z.string().nullable(),
    hosts: z.array(personRef),
    guests: z.array(personRef).meta({ description: 'Who said yes to the dates it has and hosts nothing' }),
    toReconfirm: z.array(personRef).meta({ description: 'Who said yes to other dates' }),
    home: z
      .object({
        since: z.string(),
        formerHosts: z.array(personRef),
        takenUp: z.array(personRef).meta({ description: 'Who is co-responsible, former hosts included' }),
      })
      .nullable()
      .meta({ description: 'Since everybody present was made at home' }),
    contributions: z.array(contribution),
    hours: z.number(),
    disputed: z.boolean(),
    evidence: z.array(z.string()),
  }),
)
export type GatheringAnswer = z.output<typeof gatheringAnswer>

/** A gathering at the point asked about; undefined where there was none. */
export function gatheringAnswerOf(
  views: InvitationViews,
  invitationId: string,
  context: AskContext,
): GatheringAnswer | undefined {
  const { asOf, revision } = context
  const found = lifeAt(views.invitations, invitationId, context)
  if (!found || !isGathering(found.life)) return undefined
  const { life, evidence } = found
  const state = stateOf(life, asOf)
  const open = openTimeOf(life)
  const opened = open !== undefined && open.from <= asOf
  // Who was there stays to be read when it is over: as it was at its end.
  const t = opened && asOf >= open.to ? open.to - 1 : asOf
  const hosts = hostsAt(life, t)
  const who = (ids: readonly string[]) => ids.map((id) => refOf(views.people, id, context))
  const contributions = contributionsAt(views.invitations, invitationId, context).map(({ version, ...rest }) => {
    const attestedBy = attestersOf(views.records, rest.eventId, revision)
    return {
      contributionId: rest.contributionId,
      eventId: rest.eventId,
      person: refOf(views.people, rest.personId, context),
      phase: version.given.phase,
      size: version.given.size,
      hours: version.given.hours,
      what: context.open(version.given.what) ?? null,
      at: version.effectiveAt,
      attestedBy: who(attestedBy),
      notAttestedYet: version.given.hours > version.attestFromHours && attestedBy.length === 0,
      disputed: isDisputed(views.records, [rest.eventId], revision),
    }
  })
  return {
    invitationId,
    title: life.title,
    startsAt: textOf(life.startsAt) ?? '',
    endsAt: textOf(life.endsAt) ?? '',
    state,
    openedAt: opened ? momentText(open.from) : null,
    closedAt: (overAt(life) ?? Number.POSITIVE_INFINITY) <= asOf ? textOf(overAt(life)) : null,
    hosts: who(hosts),
    guests: who(presentAt(life, t).filter((id) => !hosts.includes(id))),
    toReconfirm: who([...life.yeses].flatMap(([id, yes]) => (yes.toReconfirm ? [id] : []))),
    home: life.atHome
      ? {
          since: momentText(life.atHome.at),
          formerHosts: who(life.atHome.formerHostIds),
          takenUp: who(takenUpAt(life, asOf)),
        }
      : null,
    contributions,
    hours: contributions.reduce((sum, { hours }) => sum + hours, 0),
    disputed: isDisputed(views.records, evidence, revision),
    evidence: [...evidence],
  }
}

function stateOf(life: InvitationLife, asOf: number): GatheringAnswer['state'] {
  const ended = endedBy(life, asOf)
  if (ended !== undefined) return ended
  const open = openTimeOf(life)
  return open !== undefined && open.from <= asOf ? 'open' : 'to-come'
}

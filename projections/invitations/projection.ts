import { leavingCases } from '../../commands/community/leaving-facts.ts'
import { ContributionRecorded } from '../../commands/gatherings/events.ts'
import { LIFE_EVENTS } from '../../commands/invitations/life.ts'
import { RecordCorrected } from '../../commands/records/events.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { type Case, defineProjection, on } from '../../src/kernel/folds.ts'
import type { Contribution, ContributionVersion, InvitationsView } from './view.ts'

type Recorded = Stored<(typeof ContributionRecorded)['fields']>

export const invitationsProjection = defineProjection<InvitationsView>({
  name: 'invitations',
  version: 1,
  summary: 'What was told of each invitation and gathering: who invites, who said yes, who hosts, what was given.',
  initial: () => ({ told: new Map(), byPerson: new Map(), contributions: new Map(), contributionBy: new Map() }),
  cases: [
    ...LIFE_EVENTS.map(
      (event): Case<InvitationsView> => ({ event: event as unknown as Case<unknown>['event'], apply: note }),
    ),
    // Who leaves hosts nothing and is present nowhere from then on.
    ...leavingCases<InvitationsView>((view, { personId }, event) => {
      for (const id of view.byPerson.get(personId) ?? []) view.told.get(id)?.push(told(event))
    }),
    on(ContributionRecorded, (view, data, event) => {
      const { contributionId, invitationId, personId } = data
      const version = versionOf(event, data, event.effectiveAt, '/what')
      const contribution: Contribution = { contributionId, eventId: event.id, personId, versions: [version] }
      const known = view.contributions.get(invitationId)
      if (known) known.push(contribution)
      else view.contributions.set(invitationId, [contribution])
      view.contributionBy.set(event.id, contribution)
    }),
    on(RecordCorrected, (view, { targetEventId, replacement, replacementEffectiveAt }, event) => {
      const contribution = view.contributionBy.get(targetEventId)
      const first = contribution?.versions[0]
      if (!contribution || !first) return
      const effectiveAt = replacementEffectiveAt ?? first.effectiveAt
      const version =
        replacement === null
          ? { ...first, revision: event.revision, given: null }
          : versionOf(event, replacement as unknown as Recorded, effectiveAt, '/replacement/what')
      contribution.versions.push(version)
    }),
  ],
})

function note(view: InvitationsView, event: RecordedEvent): void {
  const {
    invitationId,
    personId,
    inviterIds = [],
  } = event.data as {
    invitationId: string
    personId?: string
    inviterIds?: readonly string[]
  }
  const known = view.told.get(invitationId)
  if (known) known.push(told(event))
  else view.told.set(invitationId, [told(event)])
  for (const id of personId === undefined ? inviterIds : [personId, ...inviterIds]) {
    const own = view.byPerson.get(id)
    if (own) own.add(invitationId)
    else view.byPerson.set(id, new Set([invitationId]))
  }
}

function told({ id, type, revision, effectiveAt, data }: RecordedEvent) {
  return { id, type, revision, effectiveAt, data }
}

function versionOf(
  { community, id, revision }: Pick<RecordedEvent, 'community' | 'id' | 'revision'>,
  { phase, size, hours, what, snapshot }: Recorded,
  effectiveAt: string,
  pointer: string,
): ContributionVersion {
  const sealed = { community, book: 'open', eventId: id, pointer, value: what } as const
  const given = { phase, size: size ?? null, hours, what: sealed }
  return { revision, effectiveAt, given, attestFromHours: snapshot.contributionAttestFromHours }
}

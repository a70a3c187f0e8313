import { z } from 'zod'
import { defineCommand } from '../../src/kernel/define-command.ts'
import type { Stored } from '../../src/kernel/define-event.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { eventId } from '../../src/kernel/text.ts'
import { ContributionRecorded } from '../gatherings/events.ts'
import { hasPartIn } from '../gatherings/hosting.ts'
import { type InvitationsState, invitationsSlice } from '../invitations/state.ts'
import {
  CorrectionProposed,
  HoldingImported,
  HoldingReimported,
  PersonImported,
  RecordAttested,
  RecordCorrected,
} from './events.ts'
import { namesOrClaimed, touchesOf } from './named-by.ts'
import { type KnownEvent, knownEvent, recordsSlice } from './state.ts'

const ATTESTABLE: readonly string[] = [
  HoldingImported.type,
  HoldingReimported.type,
  PersonImported.type,
  CorrectionProposed.type,
  ContributionRecorded.type,
]
type Proposal = Stored<(typeof CorrectionProposed)['fields']>

export const attestRecord = defineCommand({
  name: 'AttestRecord',
  summary:
    'Says by your own act that a recorded fact about you is so, or what somebody gave to a gathering you were at. The last attestation a correction waits for puts it into effect.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ eventId: eventId() }),
  reads: { records: recordsSlice, invitations: invitationsSlice },
  http: { method: 'POST', path: '/events/{eventId}/attestations', location: '/events/{eventId}' },
  cli: { verb: 'attest', positional: ['eventId'] },
  refusals: {
    NOT_YOURS_TO_ATTEST:
      'Only a person the record is about, whose interval a correction changes, or who had a part in the gathering somebody gave to, can attest it.',
    SELF_ATTESTATION: 'Your own correction is your word already; it needs that of the others.',
    ALREADY_ATTESTED: 'You have attested it already.',
    IMPORT_WITHDRAWN: 'The import that brought the record was withdrawn since.',
    NOTHING_TO_ATTEST: 'Events of this kind are acts, not claims; there is nothing to attest.',
  },
  decide({ records, invitations }, { eventId: target }, context) {
    const event = knownEvent(records, target)
    if (!event) return refuse('NOT_FOUND', { message: 'There is no such event.' })
    const { actor } = context
    if (actor.kind !== 'person')
      return refuse('NOT_YOURS_TO_ATTEST', { message: 'Only a person attests, by their own act.' })
    if (!ATTESTABLE.includes(event.type))
      return refuse('NOTHING_TO_ATTEST', { facts: { type: event.type }, message: `A ${event.type} is not attested.` })
    const { personId } = actor
    const touches = touchesOf(event, context)
    const attestation = RecordAttested.of({ eventId: target, about: [...touches], personId })
    if (records.attestations.get(target)?.has(personId))
      return refuse('ALREADY_ATTESTED', { message: 'You have attested it already.' })
    if (event.type !== CorrectionProposed.type) {
      if (event.actor === personId) return refuse('SELF_ATTESTATION', { message: 'You recorded it yourself.' })
      if (!namesOrClaimed(records, touches, personId) && !wasThere(invitations, event, personId))
        return refuse('NOT_YOURS_TO_ATTEST', { message: 'The record is not about you.' })
      return [attestation]
    }
    if (event.actor === personId)
      return refuse('SELF_ATTESTATION', { message: 'Your own correction needs the word of the others.' })
    const { targetEventId } = event.data as Proposal
    const { importId } = (records.events.get(targetEventId)?.data ?? {}) as { importId?: string }
    if (records.imports.get(importId ?? '') === 'withdrawn') {
      return refuse('IMPORT_WITHDRAWN', { message: 'The import that brought the record was withdrawn.' })
    }
    const waiting = records.waiting.get(target)
    if (!waiting?.has(personId))
      return refuse('NOT_YOURS_TO_ATTEST', { message: 'The correction does not change your interval.' })
    if (waiting.size > 1) return [attestation]
    const { needs: _, reason: __, ...correction } = event.data as Proposal
    return [attestation, RecordCorrected.of({ ...correction, proposalEventId: target })]
  },
  result: (events) => ({ corrected: events.some((event) => event.type === RecordCorrected.type) }),
})

/** Whether a record is of what somebody gave to a gathering that the person had a part in too. */
function wasThere({ lives }: InvitationsState, { type, data }: KnownEvent, personId: string): boolean {
  if (type !== ContributionRecorded.type) return false
  const life = lives.get((data as { invitationId?: string } | null)?.invitationId ?? '')
  return life !== undefined && hasPartIn(life, personId)
}

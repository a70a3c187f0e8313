import { z } from 'zod'
import type { Warning } from '../../src/kernel/define-command.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { isRefusal, refuse } from '../../src/kernel/refusal.ts'
import { idOf, line } from '../../src/kernel/text.ts'
import { communitySlice } from '../community/state.ts'
import { personOf } from '../invitations/standing.ts'
import { invitationsSlice } from '../invitations/state.ts'
import { CONTRIBUTION_PHASES, CONTRIBUTION_SIZES, ContributionRecorded, MAX_HOURS, SIZES } from './events.ts'
import { gatheringBy } from './hosts.ts'

const HOURS_OUT_OF_RANGE = 'What one person gives to a gathering at a time is from 0 to 200 hours.'

export const recordContribution = defineCommand({
  name: 'RecordContribution',
  summary:
    'Says what you gave to a gathering: an evening, some days, weeks, or in hours. Much of it is shown as unattested until somebody attests it.',
  book: 'open',
  who: 'member',
  backdatable: true,
  schema: z.strictObject({
    invitationId: idOf('invitation'),
    phase: z.enum(CONTRIBUTION_PHASES),
    size: z.enum(SIZES).optional().meta({ description: 'Counts as 3, 15 or 60 hours; give this or `hours`' }),
    hours: z.number().optional(),
    what: line(500),
  }),
  reads: { community: communitySlice, invitations: invitationsSlice },
  http: {
    method: 'POST',
    path: '/gatherings/{invitationId}/contributions',
    location: '/gatherings/{invitationId}',
  },
  refusals: { HOURS_OUT_OF_RANGE },
  decide({ community, invitations }, { invitationId, phase, size, hours, what }, { actor, mint }) {
    const life = gatheringBy(invitations, invitationId)
    if (isRefusal(life)) return life
    if ((size === undefined) === (hours === undefined)) {
      const findings = [{ pointer: '/hours', rule: 'or "size" is needed, and not both' }]
      return refuse('VALIDATION_FAILED', {
        pointer: '/hours',
        facts: { findings },
        message: 'Either "size" or "hours" is needed, and not both.',
      })
    }
    const took = size === undefined ? (hours ?? 0) : CONTRIBUTION_SIZES[size]
    if (took < 0 || took > MAX_HOURS)
      return refuse('HOURS_OUT_OF_RANGE', {
        pointer: '/hours',
        facts: { hours: took, min: 0, max: MAX_HOURS },
        message: HOURS_OUT_OF_RANGE,
      })
    const { version, values } = community.policy
    const { contributionAttestFromHours } = values
    const message = `More than ${contributionAttestFromHours} hours: shown as unattested until somebody attests it.`
    const warnings: Warning[] = took > contributionAttestFromHours ? [{ code: 'NOT_ATTESTED_YET', message }] : []
    return [
      ContributionRecorded.of({
        contributionId: mint('contribution'),
        invitationId,
        personId: personOf(actor),
        phase,
        size,
        hours: took,
        what,
        snapshot: { policyVersion: version, contributionAttestFromHours, warnings },
      }),
    ]
  },
  result: firstEventFields('contributionId', 'invitationId', 'hours'),
})

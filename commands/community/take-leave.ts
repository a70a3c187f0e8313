import { z } from 'zod'
import { DAY_MS, dateBounds } from '../../src/kernel/dates.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { momentForm } from '../../src/kernel/text.ts'
import { momentText } from '../roles/holding-facts.ts'
import { LeaveTaken } from './events.ts'
import { communitySlice, leaveFrom } from './state.ts'

export const takeLeave = defineCommand({
  name: 'TakeLeave',
  summary:
    'Is away for a time; no reason is asked, and the clock of your terms stands still. Again while away: with new dates.',
  book: 'open',
  who: 'member',
  wayOut: true,
  backdatable: true,
  schema: z.strictObject({
    from: momentForm().optional().meta({ description: 'Now unless given' }),
    to: momentForm().optional().meta({ description: 'Until you return, unless given' }),
  }),
  reads: { community: communitySlice },
  http: { method: 'POST', path: '/leaves', location: '/people/{personId}' },
  refusals: {
    BACKDATE_LIMIT: 'It began longer ago than the community lets people say; leave from now on is always open.',
  },
  decide({ community }, command, { actor, now, actedAt, mint }) {
    const personId = actor.kind === 'person' ? actor.personId : ''
    const from = command.from === undefined ? actedAt : dateBounds(command.from).earliest
    const { maxBackdateDays } = community.policy.values
    if (from < now - maxBackdateDays * DAY_MS) {
      return refuse('BACKDATE_LIMIT', {
        pointer: '/from',
        facts: { from: command.from, maxBackdateDays },
        message: `At most ${maxBackdateDays} days back; leave from now on is always open to you.`,
      })
    }
    if (command.to !== undefined && dateBounds(command.to).earliest <= from) {
      const findings = [{ pointer: '/to', rule: 'must come after the beginning' }]
      return refuse('VALIDATION_FAILED', {
        pointer: '/to',
        facts: { findings },
        message: '"to" must come after "from".',
      })
    }
    const leaveId = leaveFrom(community, personId, Math.min(from, now))?.fact.leaveId ?? mint('leave')
    return [LeaveTaken.of({ leaveId, personId, from: momentText(from), to: command.to })]
  },
  result: firstEventFields('leaveId', 'from', 'to', 'personId'),
})

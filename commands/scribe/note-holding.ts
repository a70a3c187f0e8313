import { z } from 'zod'
import { dateBounds } from '../../src/kernel/dates.ts'
import { defineCommand, firstEventFields } from '../../src/kernel/define-command.ts'
import { canFollow } from '../../src/kernel/intervals.ts'
import { refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { dateForm, idOf, prose } from '../../src/kernel/text.ts'
import { communitySlice } from '../community/state.ts'
import { HOLDING_KINDS } from '../records/events.ts'
import { recordsSlice, whoIs } from '../records/state.ts'
import { rolesSlice } from '../roles/state.ts'
import { HoldingNoted } from './events.ts'
import { openFrom } from './open-until.ts'

export const noteHolding = defineCommand({
  name: 'NoteHolding',
  summary:
    'Notes, as a scribe, that somebody holds or held a role. Your own counts at once as your own word; that of another counts once it is witnessed, of a member by that member.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({
    personId: idOf('person').meta({ description: 'Whose holding it is' }),
    roleId: idOf('role').meta({ description: 'Which role' }),
    kind: z.enum(HOLDING_KINDS).default('holder'),
    from: dateForm().meta({ description: 'First day held' }),
    to: dateForm().optional().meta({ description: 'First day no longer held; none while it goes on' }),
    words: prose().optional().meta({ description: 'How it came about' }),
  }),
  reads: { community: communitySlice, records: recordsSlice, roles: rolesSlice },
  http: { method: 'POST', path: '/notes/holdings', location: '/notes' },
  cli: {
    verb: 'note-holding',
    positional: ['personId', 'roleId', 'from', 'to'],
    people: ['personId'],
    roles: ['roleId'],
  },
  refusals: {},
  decide({ community, records, roles }, { personId, roleId, kind, from, to, words }, { actor, mint, now }) {
    if (!records.knownPersons.has(personId) && !community.everMembers.has(personId))
      return unknownReference('/personId', personId, 'person')
    const circleId = roles.facts.versions(roleId).at(-1)?.fact.circleId
    if (circleId === undefined) return unknownReference('/roleId', roleId, 'role')
    if (dateBounds(from).earliest > now)
      return refuse('FUTURE_FACT', {
        pointer: '/from',
        facts: { from },
        message: 'A note is of what has begun. Whoever is to hold a role is asked, and says yes.',
      })
    if (to !== undefined && !canFollow(dateBounds(from), dateBounds(to)))
      return refuse('VALIDATION_FAILED', { pointer: '/to', message: 'The end must come after the beginning.' })
    const selfDeclared = actor.kind === 'person' && whoIs(records, personId) === actor.personId
    return [
      HoldingNoted.of({
        noteId: mint('note'),
        holdingId: mint('holding'),
        personId,
        roleId,
        circleId,
        kind,
        from,
        to,
        selfDeclared,
        openUntil: selfDeclared ? openFrom(now, community) : undefined,
        words,
      }),
    ]
  },
  result: firstEventFields('noteId', 'holdingId'),
})

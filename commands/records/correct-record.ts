import { z } from 'zod'
import { dateBounds } from '../../src/kernel/dates.ts'
import { defineCommand } from '../../src/kernel/define-command.ts'
import type { AnyEvent } from '../../src/kernel/define-event.ts'
import { canFollow } from '../../src/kernel/intervals.ts'
import { type Refusal, refuse, unknownReference } from '../../src/kernel/refusal.ts'
import { eventId, prose } from '../../src/kernel/text.ts'
import { type CirclesState, circleExists, circlesSlice, wouldCycle } from '../circles/state.ts'
import { type CommunityState, communitySlice } from '../community/state.ts'
import { type RolesState, roleExists, rolesSlice } from '../roles/state.ts'
import { badDates, mayNotBeUndone } from './dates-of-acts.ts'
import { CorrectionProposed, PersonImported, RecordCorrected } from './events.ts'
import { namesOrClaimed, touchesOf } from './named-by.ts'
import { type KnownEvent, knownEvent, type RecordsState, recordsSlice } from './state.ts'

type Data = Readonly<Record<string, unknown>>

/** What an event is, not what it says: a correction leaves these as they are. */
const IDENTITY = ['importId', 'holdingId', 'noteId', 'selfDeclared', 'sourceKey', 'personKey', 'spell', 'key'] as const
/** For events that bring something into being, also what they bring. */
const IDENTITY_OF: Readonly<Record<string, readonly string[]>> = {
  PersonImported: ['personId'],
  CircleImported: ['circleId'],
  ContributionRecorded: ['contributionId', 'invitationId', 'personId'],
  PeopleMerged: ['keep', 'merge'],
  // Of whom a note is decides whose word it needs.
  HoldingNoted: ['personId'],
}

export const correctRecord = defineCommand({
  name: 'CorrectRecord',
  summary:
    "Gives an earlier event other data from now on. Where that changes another member's interval, it waits for their own attestation.",
  book: 'open',
  who: 'member-or-operator',
  schema: z.strictObject({
    eventId: eventId().meta({ description: 'The event that reads wrong' }),
    replacement: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'Its complete data as it should be; null: it never happened' }),
    reason: prose(),
  }),
  reads: { community: communitySlice, circles: circlesSlice, roles: rolesSlice, records: recordsSlice },
  http: { method: 'POST', path: '/events/{eventId}/corrections', location: '/events/{eventId}' },
  refusals: {
    CORRECTION_FORBIDDEN:
      'Events of this kind are not corrected: an act somebody did, but for its dates, or a correction itself, which a later one supersedes.',
    CORRECTION_BREAKS_INVARIANT:
      'The new data contradicts itself, or would make it another event: its own ids stay, and an end comes after its beginning.',
    NOT_YOURS_TO_CORRECT: 'A record is corrected by a person it names, an imported one also by the operator.',
  },
  decide(state, { eventId: targetEventId, replacement, reason }, context) {
    const { community, records } = state
    const target = knownEvent(records, targetEventId)
    if (!target) return refuse('NOT_FOUND', { message: 'There is no such event.' })
    const definition = context.eventType(target.type)
    if (!definition?.correctable) {
      return refuse('CORRECTION_FORBIDDEN', {
        facts: { type: target.type },
        message: `A ${target.type} is not corrected.`,
      })
    }
    const before = target.data as Data | null
    const original = records.events.get(targetEventId)?.data as Data
    if (records.imports.get(String(original.importId)) === 'withdrawn') {
      return refuse('CORRECTION_FORBIDDEN', { message: 'The import that brought it was withdrawn.' })
    }
    if (replacement === null && target.type === PersonImported.type) {
      return refuse('CORRECTION_FORBIDDEN', {
        message: 'A person is taken back by withdrawing the import that named them.',
      })
    }
    const { actor, now } = context
    // What an earlier correction said never happened still names whom it named.
    const touches = before === null ? definition.touches(original as never) : touchesOf(target, context)
    const mine = actor.kind === 'person' ? namesOrClaimed(records, touches, actor.personId) : isKept(original, target)
    if (!mine)
      return refuse('NOT_YOURS_TO_CORRECT', {
        message: 'A record is corrected by a person it names, an imported one also by the operator.',
      })
    const refusal =
      replacement === null
        ? mayNotBeUndone(definition)
        : (badReplacement(state, definition, original, replacement, now) ??
          badDates(state, definition, original, replacement))
    if (refusal) return refusal
    const about = [...new Set([...touches, ...(replacement === null ? [] : definition.touches(replacement))])]
    const replacementEffectiveAt = replacement === null ? undefined : definition.effectiveAt?.(replacement)
    const correction = {
      targetEventId,
      targetType: target.type,
      targetVersion: definition.version,
      replacement,
      replacementEffectiveAt,
      about,
      reason,
    }
    const self = actor.kind === 'person' ? actor.personId : undefined
    const affected =
      typeof definition.correctable === 'object'
        ? touches.flatMap((touch) => (touch.startsWith('member:') ? [touch.slice(7)] : []))
        : personsAffected(before, replacement)
    const needs = [...new Set(affected)].filter((id) => community.members.has(id) && id !== self)
    return needs.length > 0 ? [CorrectionProposed.of({ ...correction, needs })] : [RecordCorrected.of(correction)]
  },
  result: ([first]) => ({
    outcome: first?.type === CorrectionProposed.type ? 'proposed' : 'corrected',
    correctionEventId: first?.id,
    needs: ((first?.data ?? {}) as { needs?: string[] }).needs ?? [],
  }),
})

/** Whether a record is the operator's to correct: it came by an import, or the operator made it. */
function isKept({ importId }: Data, { actor }: KnownEvent): boolean {
  return importId !== undefined || actor === 'operator'
}

function badReplacement(
  state: { circles: CirclesState; roles: RolesState; records: RecordsState; community: CommunityState },
  definition: AnyEvent,
  original: Data,
  replacement: Data,
  now: number,
): Refusal | undefined {
  const parsed = (definition.schema as z.ZodObject).safeParse(replacement)
  if (!parsed.success) {
    const findings = parsed.error.issues.map((issue) => ({
      pointer: `/replacement/${issue.path.join('/')}`,
      rule: issue.message,
    }))
    const ruled = parsed.error.issues.find((issue) => issue.code === 'custom' && issue.params?.code !== undefined)
    return refuse(ruled?.code === 'custom' ? String(ruled.params?.code) : 'VALIDATION_FAILED', {
      facts: { findings },
      message: 'The replacement is not the complete data of such an event.',
      pointer: findings[0]?.pointer ?? '/replacement',
    })
  }
  for (const field of [...IDENTITY, ...(IDENTITY_OF[definition.type] ?? [])]) {
    if (original[field] !== replacement[field]) {
      return refuse('CORRECTION_BREAKS_INVARIANT', {
        pointer: `/replacement/${field}`,
        message: `"${field}" says which record it is, and stays.`,
      })
    }
  }
  const { personId, roleId, circleId, parentId, from, to } = replacement as Readonly<Record<string, string | undefined>>
  if (personId !== undefined && !state.records.knownPersons.has(personId) && !state.community.members.has(personId)) {
    return unknownReference('/replacement/personId', personId, 'person')
  }
  if (circleId !== undefined && !circleExists(state.circles, circleId))
    return unknownReference('/replacement/circleId', circleId, 'circle')
  if (parentId !== undefined && !circleExists(state.circles, parentId))
    return unknownReference('/replacement/parentId', parentId, 'circle')
  if (parentId !== undefined && circleId !== undefined && wouldCycle(state.circles, circleId, parentId, now)) {
    return refuse('CORRECTION_BREAKS_INVARIANT', {
      pointer: '/replacement/parentId',
      message: 'The circle would be inside itself.',
    })
  }
  if (roleId !== undefined && !roleExists(state.roles, roleId))
    return unknownReference('/replacement/roleId', roleId, 'role')
  if (from !== undefined && to !== undefined && !canFollow(dateBounds(from), dateBounds(to))) {
    return refuse('CORRECTION_BREAKS_INVARIANT', {
      pointer: '/replacement/to',
      facts: { from, to },
      message: 'The end must come after the beginning.',
    })
  }
  return undefined
}

/** Persons whose interval another one would say something else about: of members, only they can attest it. */
function personsAffected(before: Data | null, after: Data | null): readonly string[] {
  const interval = (data: Data | null) =>
    JSON.stringify(data && [data.personId, data.roleId, data.circleId, data.kind, data.from, data.to ?? null])
  const changes = (before?.from !== undefined || after?.from !== undefined) && interval(before) !== interval(after)
  if (!changes) return []
  return [before?.personId, after?.personId].filter((id): id is string => typeof id === 'string')
}

import fc from 'fast-check'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { personNamed, Scenario } from './scenario.ts'

export const HOUSE = ['ana', 'ben', 'chi', 'dee', 'eli'].map(personNamed)
const DAY = 86_400_000

/** One act; numbers choose among what is there when it comes, and days pass before it. */
export interface Act {
  readonly what: (typeof WHAT)[number]
  readonly by: number
  readonly to: number
  readonly nth: number
  readonly days: number
}

const WHAT = [
  'define',
  'take',
  'take',
  'share',
  'learn',
  'hand over',
  'step back',
  'leave',
  'return',
  'stand in',
  'step in',
  'amend',
  'gathering',
  'gathering',
  'join as inviter',
  'accept',
  'accept',
  'accept',
  'take back',
  'contribute',
  'contribute',
  'at home',
  'take up',
  'close',
  'move',
  'mentor',
  'partner',
  'end ties',
  'import',
  'correct',
  'correct',
  'withdraw import',
  'go',
] as const

export const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.record({
    what: fc.constantFrom(...WHAT),
    by: fc.nat(4),
    to: fc.nat(4),
    nth: fc.nat(20),
    days: fc.oneof(fc.constant(0), fc.constant(1), fc.integer({ min: 2, max: 40 })),
  }),
  { minLength: 12, maxLength: 30 },
)

const first = { by: 0, to: 1, nth: 0, days: 0 }
/** So that there is something to choose among: two roles, one of them held and learnt, a gathering somebody said yes to, ties. */
const BEGINNING: readonly Act[] = [
  { ...first, what: 'define', nth: 2 },
  { ...first, what: 'define', nth: 1 },
  { ...first, what: 'take' },
  { ...first, what: 'learn', by: 1, to: 2 },
  { ...first, what: 'gathering', by: 2 },
  { ...first, what: 'accept', by: 3 },
  { ...first, what: 'contribute', by: 2 },
  { ...first, what: 'mentor', by: 4, to: 1, nth: 1 },
  { ...first, what: 'partner', by: 4, to: 3 },
  { ...first, what: 'import' },
]

/** Lives through the acts, those that are refused too. @returns the open book. */
export async function live(given: readonly Act[]): Promise<readonly RecordedEvent[]> {
  const s = await Scenario.founded(['ana', 'ben', 'chi', 'dee', 'eli'], { at: '2026-01-05T00:00:00Z' })
  const mandates = { mandateToDefine: 'off', mandateToOffer: 'off', mandateToHandOver: 'off' }
  const guards = { ...mandates, turns: 'off', sharedAtAccept: 'off', handoverNotes: 'off', partnersByWeight: [] }
  const changes = { ...guards, respondByDays: 90 }
  await s.given('AmendPolicy', { changes }, HOUSE[0])
  await s.given('FormCircle', { name: 'Table', purpose: 'To eat.' }, HOUSE[0])
  await s.given('ImportCircles', { importId: 'old', rows: [{ circle: 'guild', name: 'Guild', from: '2020-01-01' }] })
  for (const each of [...BEGINNING, ...given]) {
    s.later(each.days * DAY + 1000)
    await one(s, each)
  }
  return s.events()
}

async function one(s: Scenario, { what, by, to, nth }: Act): Promise<void> {
  const [who = '', whom = ''] = [HOUSE[by], HOUSE[to]]
  const events = await s.events()
  const ids = (field: string) => [
    ...new Set(events.flatMap(({ data }) => (typeof data[field] === 'string' ? [String(data[field])] : []))),
  ]
  // Where there is none yet, one that nobody knows.
  const pick = (field: string) =>
    ids(field)[nth % Math.max(1, ids(field).length)] ?? `${field.replace(/Id$/, '')}_${'x'.repeat(22)}`
  const inDays = (days: number) => new Date(s.now + days * DAY).toISOString()
  const asks = async (name: string, input: object, from: string, yes: string, more: object, of: string) => {
    const asked = await s.when(name, input, from)
    if (asked.kind !== 'done') return
    const data = asked.events[0]?.data as { askId: string }
    await s.when(yes, { ...more, askId: data.askId }, of, nth % 3 === 0 ? { effectiveAt: inDays(-3) } : {})
  }
  const roleId = pick('roleId')
  const invitationId = pick('invitationId')
  const holdingId = pick('holdingId')
  const beside = { roleId, toId: whom, besideHoldingId: holdingId }
  const circleId = ids('circleId')[0]
  switch (what) {
    case 'define':
      await s.when(
        'DefineRole',
        { circleId, name: `role ${nth}`, purpose: 'x', weight: (nth % 3) + 1, termDays: 30 },
        who,
      )
      return
    case 'take':
      await asks('OfferRole', { roleId, toId: whom }, who, 'AcceptRole', { roleId }, whom)
      return
    case 'share':
      await asks('OfferRole', beside, who, 'AcceptRole', { roleId }, whom)
      return
    case 'learn':
      await asks('InviteUnderstudy', { roleId, toId: whom }, who, 'AcceptUnderstudy', {}, whom)
      return
    case 'hand over': {
      const offer = { roleId, toIds: [whom], handoverAt: inDays(9), overlapFrom: inDays(2), notes: {} }
      await asks('HandOverRole', offer, who, 'AcceptHandover', {}, whom)
      return
    }
    case 'step back':
      await s.when('StepBack', { roleId }, who, nth % 2 === 0 ? { effectiveAt: inDays(-2) } : {})
      return
    case 'leave':
      await s.when('TakeLeave', { from: inDays(nth % 3), to: inDays(10 + nth) }, who)
      return
    case 'return':
      await s.when('ReturnFromLeave', {}, who)
      return
    case 'stand in':
      await asks('StandIn', { holdingId, toId: whom, to: inDays(8) }, who, 'AcceptStandIn', {}, whom)
      return
    case 'step in':
      await s.when('StepIn', { roleId }, who)
      return
    case 'amend':
      await s.when('AmendRole', { roleId, changes: { weight: (nth % 3) + 1 } }, who)
      return
    case 'gathering': {
      const dates = { startsAt: inDays(1 + (nth % 4)), endsAt: inDays(6 + nth) }
      await s.when('ProposeInvitation', { kind: 'gathering', title: 'Supper', purpose: 'x', ...dates }, who)
      return
    }
    case 'join as inviter':
      await s.when('JoinAsInviter', { invitationId }, who)
      return
    case 'accept':
      await s.when('AcceptInvitation', { invitationId }, who)
      return
    case 'take back':
      await s.when('WithdrawAcceptance', { invitationId }, who)
      return
    case 'contribute': {
      const gave = { invitationId, phase: 'preparation', hours: 1 + nth, what: 'x' }
      await s.when('RecordContribution', gave, who, nth % 2 === 0 ? { effectiveAt: inDays(-5) } : {})
      return
    }
    case 'at home':
      await s.when('MakeYourselfAtHome', { invitationId }, who)
      return
    case 'take up':
      await s.when('TakeUpHome', { invitationId }, who)
      return
    case 'close':
      await s.when('CloseGathering', { invitationId }, who)
      return
    case 'move':
      await s.when('MoveGathering', { invitationId, startsAt: inDays(3), endsAt: inDays(12) }, who)
      return
    case 'mentor':
      await asks('InviteMentor', { toId: whom, topics: ['listening'] }, who, 'AcceptMentorship', {}, whom)
      return
    case 'partner':
      await asks('InviteAccountabilityPartner', { toId: whom }, who, 'AcceptAccountability', {}, whom)
      return
    case 'end ties':
      await s.when('EndMentorship', { mentorshipId: pick('mentorshipId') }, who)
      await s.when('EndAccountability', { accountabilityId: pick('accountabilityId') }, who)
      return
    case 'import': {
      const dates = [
        { from: '2025-11' },
        { from: '2025-06-01', to: '2026-02' },
        { from: '2026-01-10', to: '2026-03-01' },
      ]
      const row = { memberId: `old-${to}`, memberName: 'Old', role: 'warden', circle: 'guild', source: 'minutes' }
      await s.when('ImportHoldings', { importId: 'old', rows: [{ ...row, ...dates[nth % 3] }] })
      return
    }
    case 'withdraw import':
      if (nth % 4 === 0) await s.when('WithdrawImport', { importId: 'old' })
      return
    case 'correct':
      await correct(s, events, nth)
      return
    case 'go':
      if (nth % 5 === 0) await s.when('LeaveCommunity', {}, who)
  }
}

async function correct(
  s: Scenario,
  events: readonly RecordedEvent<Record<string, unknown>>[],
  nth: number,
): Promise<void> {
  const targets = events.filter(({ type }) => ['ContributionRecorded', 'HoldingImported'].includes(type))
  const target = targets[nth % Math.max(1, targets.length)]
  if (!target) return
  const { what: _, ...data } = target.data
  const changed = target.type === 'HoldingImported' ? { ...data, from: '2025-10-05' } : { ...data, what: 'x', hours: 7 }
  const replacement = nth % 5 === 0 ? null : changed
  const by = target.type === 'HoldingImported' ? 'operator' : String(target.data.personId)
  await s.when('CorrectRecord', { eventId: target.id, replacement, reason: 'It was otherwise.' }, by)
}

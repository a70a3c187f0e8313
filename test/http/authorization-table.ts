import { INFLUENCE_OF_MEMBERS, INFLUENCE_OPERATIONS } from './influence-operations.ts'

/** Every kind of caller by a token there is. `elsewhere` belong to another community of the same server. */
export const CALLERS = [
  'nobody',
  'garbage',
  'expired',
  'revoked',
  'operator',
  'member',
  'member who may only read',
  'member who may only act',
  'newcomer',
  'member elsewhere',
  'service that reads',
  'service that imports',
  'service that founds',
  'service elsewhere',
] as const
export type CallerKind = (typeof CALLERS)[number]

/** Every kind of person in session. The asker (Ada, whose tokens the members above have) asks the asked (Ben). */
export const SIGNED_IN = [
  'newcomer in session',
  'member in session',
  'asker in session',
  'asked in session',
  'left, by an old session',
  'left, signed in anew',
  'member elsewhere in session',
] as const
export type SignedInKind = (typeof SIGNED_IN)[number]

export const EVERYBODY = [...CALLERS, ...SIGNED_IN] as const
export type AnyCaller = (typeof EVERYBODY)[number]

const SCOPE = '403 MISSING_SCOPE'
const HUMAN = '403 HUMAN_ONLY'
const NO = '404'
const strangers = ['401', '401', '401', '401'] as const
const all = (status: string) => EVERYBODY.map(() => status)
const signedIn = (member: string, asker = member, asked = member, newcomer = NO, left = NO) => [
  newcomer,
  member,
  asker,
  asked,
  '401',
  left,
  NO,
]
/** What a person gives by a token as well as in session: `asker` is Ada by either. */
const acts = (member: string, asker = member, asked = member) => [
  ...[...strangers, SCOPE, asker, SCOPE, asker, NO, NO, SCOPE, SCOPE, SCOPE, NO],
  ...signedIn(member, asker, asked),
]
/** What only a person does or reads, in session: no token of whatever scope is good for it. */
const own = (member: string, asker = member, asked = member, left = NO) => [
  ...[...strangers, HUMAN, HUMAN, HUMAN, HUMAN, NO, NO, HUMAN, HUMAN, HUMAN, NO],
  ...signedIn(member, asker, asked, NO, left),
]
const YES = '403 NOT_YOURS_TO_ACCEPT'
const HOLDER = '422 NOT_THE_HOLDER'

/**
 * What each kind of caller is answered, in the order of {@link EVERYBODY}: a status, with the code where one status has
 * several. The example of a command is a dry run, so what may be done is 200.
 */
const RULES = {
  open: all('200'),
  operating: [...strangers, '200', NO, NO, NO, NO, NO, NO, NO, NO, NO, ...signedIn(NO)],
  asking: [...strangers, '200', '200', '200', SCOPE, NO, NO, '200', SCOPE, SCOPE, NO, ...signedIn('200')],
  founding: [...strangers, '200', NO, NO, NO, NO, NO, NO, NO, '200', NO, ...signedIn(NO)],
  joining: [
    ...strangers,
    SCOPE,
    '422 ALREADY_A_MEMBER',
    SCOPE,
    '422 ALREADY_A_MEMBER',
    '200',
    NO,
    SCOPE,
    SCOPE,
    SCOPE,
    NO,
    ...signedIn('422 ALREADY_A_MEMBER', '422 ALREADY_A_MEMBER', '422 ALREADY_A_MEMBER', '200', '200'),
  ],
  member: acts('200'),
  either: [...strangers, '200', '200', SCOPE, '200', NO, NO, SCOPE, SCOPE, SCOPE, NO, ...signedIn('200')],
  // A circle that was imported, and in which nobody holds a role: only the operator may change it.
  keeping: [
    ...strangers,
    '200',
    '403 NOT_YOURS_TO_AMEND',
    SCOPE,
    '403 NOT_YOURS_TO_AMEND',
    NO,
    NO,
    SCOPE,
    SCOPE,
    SCOPE,
    NO,
    ...signedIn('403 NOT_YOURS_TO_AMEND'),
  ],
  importing: [...strangers, '200', SCOPE, SCOPE, SCOPE, NO, NO, SCOPE, '200', SCOPE, NO, ...signedIn(SCOPE)],
  erasing: [...strangers, '200', SCOPE, SCOPE, SCOPE, NO, NO, SCOPE, SCOPE, SCOPE, NO, ...signedIn(SCOPE)],
  // A record of Ada's time as chair.
  'of the asker': acts('403 NOT_YOURS_TO_ATTEST', '200'),
  disputing: acts('403 NOT_YOURS_TO_DISPUTE', '200'),
  // Ben holds a role in the same circle.
  annotating: acts('422 NOT_CONCERNED', '200', '200'),
  correcting: [
    ...[...strangers, '200', '200', SCOPE, '200', NO, NO, SCOPE, SCOPE, SCOPE, NO],
    ...signedIn('403 NOT_YOURS_TO_CORRECT', '200'),
  ],
  holding: acts(HOLDER, '200', HOLDER),
  ending: acts('403 NOT_YOURS_TO_END', '200', '200'),
  'stepping in': acts('422 NOT_IN_LINE', '200', '422 HOLDER_NOT_ON_LEAVE'),
  returning: acts('422 NOT_ON_LEAVE', '422 NOT_ON_LEAVE', '200'),
  ticking: acts('422 NOT_IN_HANDOVER', '200', '200'),
  own: own('200'),
  'own data': own('200', '200', '200', '200'),
  party: own(NO, '200', '200'),
  'own holding': own(HOLDER, '200', HOLDER),
  declining: own(NO, '403 NOT_YOURS_TO_DECLINE', '200'),
  reminding: own(NO, '200', '403 NOT_YOURS_TO_REMIND'),
  withdrawing: own(NO, '200', '403 NOT_YOURS_TO_WITHDRAW'),
  'saying yes': own(NO, YES, '200'),
  // About an invitation of Ada's, to which Ben has said yes.
  inviting: acts('422 NOT_AN_INVITER', '200', '422 NOT_AN_INVITER'),
  'taking back a yes': acts('422 NOTHING_TO_WITHDRAW', '422 NOTHING_TO_WITHDRAW', '200'),
  'joining in': own('422 ALREADY_AN_INVITER', '200', '200'),
  hosting: acts('422 NOT_A_HOST', '200', '422 NOT_A_HOST'),
  'own hosting': own('422 NOT_A_HOST', '200', '422 NOT_A_HOST'),
  'at home': own('422 NOT_PRESENT', '422 ALREADY_TAKEN_UP', '200'),
  reflecting: own('422 NOT_A_GUEST', '422 NOT_A_GUEST', '200'),
  'told to hosts': own(NO, '200', NO),
  'ending her tie': acts('403 NOT_YOURS_TO_END', '200', '403 NOT_YOURS_TO_END'),
  // By a link that does not count.
  'signing in': all('401 LINK_NOT_VALID'),
  'signing out': [
    ...['204', '401', '401', '401', NO, NO, NO, NO, NO, NO, NO, NO, NO, NO],
    ...['204', '204', '204', '204', '401', '204', '204'],
  ],
  'who one is': [
    ...[...strangers, NO, '200', '200', '200', '200', '200', NO, NO, NO, NO],
    ...['200', '200', '200', '200', '401', '200', '200'],
  ],
} satisfies Readonly<Record<string, readonly string[]>>

type Rule = keyof typeof RULES

const HOSTING = {
  invitation: 'asking',
  invitations: 'asking',
  gathering: 'asking',
  gatherings: 'asking',
  accountability: 'asking',
  uptake: 'asking',
  'my-uptake': 'own',
  'hosting-reflections': 'told to hosts',
  ProposeInvitation: 'member',
  ProposePersonalInvitation: 'own',
  JoinAsInviter: 'joining in',
  AcceptInvitation: 'saying yes',
  DeclineInvitation: 'declining',
  WithdrawAcceptance: 'taking back a yes',
  RemindOfInvitation: 'inviting',
  WithdrawInvitation: 'inviting',
  CloseInvitation: 'inviting',
  OpenGathering: 'hosting',
  MoveGathering: 'hosting',
  CancelGathering: 'hosting',
  CloseGathering: 'hosting',
  MakeYourselfAtHome: 'hosting',
  TakeUpHome: 'at home',
  RecordContribution: 'member',
  OfferHosting: 'own hosting',
  AcceptHosting: 'saying yes',
  ReflectOnHosting: 'reflecting',
  InviteMentor: 'own',
  AcceptMentorship: 'saying yes',
  EndMentorship: 'ending',
  InviteAccountabilityPartner: 'own',
  AcceptAccountability: 'saying yes',
  EndAccountability: 'ending her tie',
} satisfies Readonly<Record<string, Rule>>

/** The rule of every operation. One without a row fails the suite. */
const OPERATIONS: Readonly<Record<string, Rule>> = {
  ...INFLUENCE_OPERATIONS,
  ...HOSTING,
  health: 'open',
  readiness: 'open',
  openapi: 'open',
  problems: 'open',
  problem: 'open',
  keys: 'open',
  'sign-in': 'signing in',
  'sign-out': 'signing out',
  session: 'who one is',
  communities: 'operating',
  digests: 'operating',
  checkpoint: 'asking',
  proof: 'asking',
  stream: 'asking',
  community: 'asking',
  audit: 'asking',
  event: 'asking',
  import: 'asking',
  people: 'asking',
  person: 'asking',
  'person-history': 'asking',
  'person-roles': 'asking',
  policies: 'asking',
  spells: 'asking',
  tenure: 'asking',
  together: 'asking',
  carrying: 'asking',
  changes: 'asking',
  'change-counts': 'asking',
  circles: 'asking',
  circle: 'asking',
  compare: 'asking',
  handover: 'asking',
  handovers: 'asking',
  horizon: 'asking',
  'load-concentration': 'asking',
  'tenure-concentration': 'asking',
  holders: 'asking',
  'holders-between': 'asking',
  'most-loaded': 'asking',
  peak: 'asking',
  'role-history': 'asking',
  roles: 'asking',
  role: 'asking',
  roster: 'asking',
  'longest-tenure': 'asking',
  turns: 'asking',
  understudies: 'asking',
  vacancy: 'asking',
  'my-asks': 'own',
  'my-data': 'own data',
  'my-handover-notes': 'own',
  'my-matter': 'party',
  'my-matters': 'own',
  FoundCommunity: 'founding',
  JoinCommunity: 'joining',
  LeaveCommunity: 'own',
  TakeLeave: 'member',
  ReturnFromLeave: 'returning',
  SayStillIn: 'member',
  AmendPolicy: 'member',
  MakeSignInLink: 'own',
  ClaimMyHistory: 'own',
  FormCircle: 'member',
  AmendCircle: 'keeping',
  CloseCircle: 'keeping',
  ReopenCircle: 'keeping',
  DefineRole: 'member',
  AmendRole: 'member',
  RetireRole: 'member',
  OfferRole: 'own',
  AcceptRole: 'saying yes',
  InviteUnderstudy: 'own holding',
  AcceptUnderstudy: 'saying yes',
  EndUnderstudy: 'ending',
  HandOverRole: 'own holding',
  AcceptHandover: 'saying yes',
  TickHandoverStep: 'ticking',
  StandIn: 'own holding',
  AcceptStandIn: 'saying yes',
  EndStandIn: 'ending',
  StepIn: 'stepping in',
  RenewTerm: 'holding',
  StepBack: 'holding',
  DeclineAsk: 'declining',
  RemindAsk: 'reminding',
  WithdrawAsk: 'withdrawing',
  AnnotateRecord: 'annotating',
  DisputeRecord: 'disputing',
  AttestRecord: 'of the asker',
  CorrectRecord: 'correcting',
  ImportCircles: 'importing',
  ImportHoldings: 'importing',
  WithdrawImport: 'importing',
  ErasePersonalData: 'erasing',
}

/** What members read and the public roster does not show: the audit trail, what is made of it, and what is only theirs. */
const MEMBERS_ONLY = [
  ...INFLUENCE_OF_MEMBERS,
  ...['invitation', 'invitations', 'gathering', 'gatherings', 'accountability', 'uptake'],
  'audit',
  'event',
  'import',
  'stream',
  'policies',
  'handover',
  'handovers',
  'horizon',
  'understudies',
]

/** What a community that opted into a public roster shows to everybody. */
export const PUBLIC: ReadonlySet<string> = new Set(
  Object.keys(OPERATIONS).filter((id) => OPERATIONS[id] === 'asking' && !MEMBERS_ONLY.includes(id)),
)

/** What an operation answers each kind of caller; undefined for one that has no row. */
export function expectedOf(operationId: string, publicRoster = false): Readonly<Record<AnyCaller, string>> | undefined {
  const rule = OPERATIONS[operationId]
  if (rule === undefined) return undefined
  const row = RULES[rule]
  const open = publicRoster && PUBLIC.has(operationId)
  const unknown: readonly AnyCaller[] = ['garbage', 'expired', 'revoked', 'left, by an old session']
  const cell = (caller: AnyCaller, status = '') => (open && !unknown.includes(caller) ? '200' : status)
  return Object.fromEntries(EVERYBODY.map((caller, at) => [caller, cell(caller, row[at])])) as Record<AnyCaller, string>
}

export const OPERATIONS_WITH_A_ROW: readonly string[] = Object.keys(OPERATIONS)

/** Every kind of caller there is. `elsewhere` belong to another community of the same server. */
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

const SCOPE = '403 MISSING_SCOPE'
const NO = '404'
const strangers = ['401', '401', '401', '401'] as const
const all = (status: string) => CALLERS.map(() => status)

/**
 * What each kind of caller is answered, in the order of {@link CALLERS}: a status, with the code where one status has
 * several. The example of a command is a dry run, so what may be done is 200.
 */
const RULES = {
  open: all('200'),
  operating: [...strangers, '200', NO, NO, NO, NO, NO, NO, NO, NO, NO],
  asking: [...strangers, '200', '200', '200', SCOPE, NO, NO, '200', SCOPE, SCOPE, NO],
  founding: [...strangers, '200', NO, NO, NO, NO, NO, NO, NO, '200', NO],
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
  ],
  member: [...strangers, SCOPE, '200', SCOPE, '200', NO, NO, SCOPE, SCOPE, SCOPE, NO],
  either: [...strangers, '200', '200', SCOPE, '200', NO, NO, SCOPE, SCOPE, SCOPE, NO],
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
  ],
  importing: [...strangers, '200', SCOPE, SCOPE, SCOPE, NO, NO, SCOPE, '200', SCOPE, NO],
  erasing: [...strangers, '200', SCOPE, SCOPE, SCOPE, NO, NO, SCOPE, SCOPE, SCOPE, NO],
} satisfies Readonly<Record<string, readonly string[]>>

type Rule = keyof typeof RULES

/** The rule of every operation. One without a row fails the suite. */
const OPERATIONS: Readonly<Record<string, Rule>> = {
  health: 'open',
  readiness: 'open',
  openapi: 'open',
  problems: 'open',
  problem: 'open',
  keys: 'open',
  communities: 'operating',
  digests: 'operating',
  checkpoint: 'asking',
  proof: 'asking',
  community: 'asking',
  audit: 'asking',
  event: 'asking',
  import: 'asking',
  people: 'asking',
  person: 'asking',
  'person-history': 'asking',
  'person-roles': 'asking',
  spells: 'asking',
  tenure: 'asking',
  together: 'asking',
  changes: 'asking',
  'change-counts': 'asking',
  circles: 'asking',
  circle: 'asking',
  compare: 'asking',
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
  vacancy: 'asking',
  FoundCommunity: 'founding',
  JoinCommunity: 'joining',
  FormCircle: 'member',
  AmendCircle: 'keeping',
  CloseCircle: 'keeping',
  ReopenCircle: 'keeping',
  DefineRole: 'member',
  AmendRole: 'member',
  RetireRole: 'member',
  AnnotateRecord: 'member',
  DisputeRecord: 'member',
  AttestRecord: 'member',
  CorrectRecord: 'either',
  ImportCircles: 'importing',
  ImportHoldings: 'importing',
  WithdrawImport: 'importing',
  ErasePersonalData: 'erasing',
}

/** What a community that opted into a public roster shows to everybody; the audit trail and what it is made of it does not. */
export const PUBLIC: ReadonlySet<string> = new Set(
  Object.keys(OPERATIONS).filter((id) => OPERATIONS[id] === 'asking' && !['audit', 'event', 'import'].includes(id)),
)

/** What an operation answers each kind of caller; undefined for one that has no row. */
export function expectedOf(
  operationId: string,
  publicRoster = false,
): Readonly<Record<CallerKind, string>> | undefined {
  const rule = OPERATIONS[operationId]
  if (rule === undefined) return undefined
  const row = RULES[rule]
  const open = publicRoster && PUBLIC.has(operationId)
  const cell = (caller: CallerKind, status = '') =>
    open && !['garbage', 'expired', 'revoked'].includes(caller) ? '200' : status
  return Object.fromEntries(CALLERS.map((caller, at) => [caller, cell(caller, row[at])])) as Record<CallerKind, string>
}

export const OPERATIONS_WITH_A_ROW: readonly string[] = Object.keys(OPERATIONS)

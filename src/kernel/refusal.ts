/** A rule said no: a value, not an exception. Nothing was written. */
export interface Refusal {
  readonly refused: true
  readonly code: string
  /** The facts that caused it, named as in the command; shown to whoever asked. */
  readonly facts: Readonly<Record<string, unknown>>
  /** JSON pointer to the field concerned, where there is one. */
  readonly pointer?: string
  /** One sentence that says what to change. */
  readonly message: string
}

export interface RefusalDetails {
  readonly message: string
  readonly facts?: Readonly<Record<string, unknown>>
  readonly pointer?: string
}

export function refuse(code: string, details: RefusalDetails): Refusal {
  return {
    refused: true,
    code,
    facts: details.facts ?? {},
    message: details.message,
    ...(details.pointer === undefined ? {} : { pointer: details.pointer }),
  }
}

/** An id in a body that names nothing this community has. */
export function unknownReference(pointer: string, value: string, what: string): Refusal {
  return refuse('UNKNOWN_REFERENCE', {
    pointer,
    facts: { value },
    message: `There is no ${what} "${value}" in this community.`,
  })
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true
}

/** Refusals every command shares: what each means, and the HTTP status it becomes. */
export const COMMON_REFUSALS: Readonly<Record<string, { readonly status: number; readonly meaning: string }>> = {
  VALIDATION_FAILED: {
    status: 400,
    meaning: 'The request does not have the form the description asks for. Each finding names the field and the rule.',
  },
  LOOKS_LIKE_A_SECRET: {
    status: 422,
    meaning:
      'A text looks like a key, an account number or a password. Records are never edited: write where it is kept instead.',
  },
  UNAUTHENTICATED: { status: 401, meaning: 'This needs a token, and none that counts came with the request.' },
  LINK_NOT_VALID: {
    status: 401,
    meaning:
      'The sign-in link was used, has expired or was never made. The three are not told apart: ask for a new one.',
  },
  CROSS_SITE: {
    status: 403,
    meaning: 'A page of another site made the browser send this. Nothing was done; act from a page of this server.',
  },
  MISSING_SCOPE: { status: 403, meaning: 'The token is good, but not for this.' },
  HUMAN_ONLY: {
    status: 403,
    meaning: 'Only the person themself does or reads this, signed in: no token, no service, and nobody in their name.',
  },
  NOT_FOUND: {
    status: 404,
    meaning: 'There is nothing here for you: it does not exist, or it is not yours to see. The two are not told apart.',
  },
  METHOD_NOT_ALLOWED: { status: 405, meaning: 'The address exists, but not with this method.' },
  PRECONDITION_FAILED: {
    status: 412,
    meaning: 'The resource has changed since the version named in If-Match. Read it again and decide again.',
  },
  PAYLOAD_TOO_LARGE: { status: 413, meaning: 'The body is larger than this address takes.' },
  URI_TOO_LONG: { status: 414, meaning: 'The address is longer than this server takes.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, meaning: 'Send JSON, with Content-Type: application/json.' },
  REVISION_NOT_REACHED: {
    status: 422,
    meaning:
      'The book has not come to the revision the question asks for at least, in the store neither: a backup may have been restored since, or the number is of another book.',
  },
  UNKNOWN_REFERENCE: { status: 422, meaning: 'A field names something this community does not have.' },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    meaning: 'The Idempotency-Key was used before with another body. Use a new key for a new act.',
  },
  IDEMPOTENCY_KEY_REQUIRED: {
    status: 400,
    meaning: 'A service must send an Idempotency-Key with every command, so that a retry is never a second act.',
  },
  PERSON_ERASED: {
    status: 422,
    meaning:
      'The words would be those of a person whose key was destroyed on their request. Nothing more is written of theirs.',
  },
  BACKDATE_LIMIT: {
    status: 422,
    meaning:
      'The effective time lies further back than the community allows. Older facts come by import or correction.',
  },
  CAPACITY_NOT_HELD: { status: 422, meaning: 'One acts in the capacity of a role one holds now, and of no other.' },
  FUTURE_FACT: { status: 422, meaning: 'The effective time lies in the future, and the fact is one of a moment.' },
  TOO_MANY_REQUESTS: {
    status: 429,
    meaning: 'Too many requests from this token or address. Wait as long as Retry-After says.',
  },
  INTERNAL: { status: 500, meaning: 'A fault of this server. It was logged under the request id.' },
  STORE_UNAVAILABLE: {
    status: 503,
    meaning: 'The store does not answer. Nothing was lost; try again as Retry-After says.',
  },
  LEDGER_DOES_NOT_VERIFY: {
    status: 503,
    meaning:
      "This community's book does not verify, so nothing is served from it. The operator's `hearthbook verify` names the first record concerned.",
  },
  STORE_FULL: { status: 507, meaning: 'The disk is full. Nothing was written; reading goes on.' },
}

/** The HTTP status of a refusal: rules are 422, acts that are another person's are 403, the rest as the table says. */
export function statusOf(code: string): number {
  const common = COMMON_REFUSALS[code]
  if (common) return common.status
  return code.startsWith('NOT_YOURS_') ? 403 : 422
}

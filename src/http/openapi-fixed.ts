import { MIN_REVISION } from './min-revision.ts'

type Json = Record<string, unknown>

const community = { name: 'community', in: 'path', required: true, schema: { type: 'string' } }
const minRevision = {
  name: 'minRevision',
  in: 'query',
  schema: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
  description: MIN_REVISION,
}
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
})
const json = (description: string, properties: Json) => ({
  description,
  content: { 'application/json': { schema: { type: 'object', properties } } },
})
const text = (description: string, type = 'text/plain') => ({
  description,
  content: { [type]: { schema: { type: 'string' } } },
})
const closed = {
  400: problem('VALIDATION_FAILED'),
  414: problem('URI_TOO_LONG'),
  401: problem('UNAUTHENTICATED'),
  404: problem('NOT_FOUND'),
  503: problem('STORE_UNAVAILABLE, LEDGER_DOES_NOT_VERIFY'),
  429: problem('TOO_MANY_REQUESTS'),
}
const open = { 400: problem('VALIDATION_FAILED'), 429: problem('TOO_MANY_REQUESTS') }
const posted = {
  403: problem('CROSS_SITE'),
  413: problem('PAYLOAD_TOO_LARGE'),
  415: problem('UNSUPPORTED_MEDIA_TYPE'),
  ...open,
}

/** Addresses that no definition makes: proofs, keys, problems, health and the description itself. */
export const fixedPaths: Readonly<Record<string, Json>> = {
  '/v1/communities/{community}/checkpoint': {
    operationId: 'checkpoint',
    security: [{ token: [] }, {}],
    summary: 'A signed checkpoint of the open book as it stands.',
    tags: ['proofs'],
    parameters: [community, minRevision],
    responses: {
      200: text('Signed note'),
      403: problem('MISSING_SCOPE'),
      422: problem('REVISION_NOT_REACHED'),
      ...closed,
    },
  },
  '/v1/communities/{community}/proofs/{revision}': {
    operationId: 'proof',
    security: [{ token: [] }, {}],
    summary:
      'That a record is in the book: its hash, an RFC 9162 inclusion proof, and a checkpoint to check it against.',
    tags: ['proofs'],
    parameters: [
      community,
      { name: 'revision', in: 'path', required: true, schema: { type: 'integer' } },
      {
        name: 'size',
        in: 'query',
        schema: { type: 'integer' },
        description: 'Size of the tree; all records unless given',
      },
      minRevision,
    ],
    responses: {
      200: json('The proof', {
        revision: { type: 'integer' },
        hash: { type: 'string' },
        size: { type: 'integer' },
        proof: { type: 'array', items: { type: 'string' } },
        checkpoint: { type: 'string' },
      }),
      403: problem('MISSING_SCOPE'),
      422: problem('REVISION_NOT_REACHED'),
      ...closed,
    },
  },
  '/v1/communities/{community}/events/stream': {
    operationId: 'stream',
    summary:
      'The open book as Server-Sent Events: each event once it is durable, in order, from the head on or after a revision.',
    tags: ['questions'],
    parameters: [
      community,
      {
        name: 'after',
        in: 'query',
        schema: { type: 'string', pattern: '^(-1|0|[1-9][0-9]{0,14})$' },
        description: 'The revision after which to begin, -1 for the whole book; the head unless given',
      },
      {
        name: 'Last-Event-ID',
        in: 'header',
        schema: { type: 'string', pattern: '^(-1|0|[1-9][0-9]{0,14})$' },
        description: 'The id last seen, as a browser sends it on coming back; goes before `after`',
      },
    ],
    responses: {
      200: text(
        'Events whose data is a JSON object with revision, id, type, actor, effectiveAt, recordedAt, data and hash',
        'text/event-stream',
      ),
      403: problem('MISSING_SCOPE'),
      ...closed,
    },
  },
  '/v1/communities/{community}/digests': {
    operationId: 'digests',
    summary: 'Digests of every view at the head, for the operator: a rebuild must reach the same.',
    tags: ['operating'],
    parameters: [community],
    responses: {
      200: json('Digests by view', {
        revision: { type: 'integer' },
        views: { type: 'object', additionalProperties: { type: 'string' } },
      }),
      ...closed,
    },
  },
  '/v1/communities': {
    operationId: 'communities',
    summary: 'The communities of this server, for the operator.',
    tags: ['operating'],
    responses: { 200: json('Communities', { communities: { type: 'array', items: { type: 'object' } } }), ...closed },
  },
  '/v1/session': {
    operationId: 'session',
    summary: 'Who is signed in, by a session or by a token of their own.',
    tags: ['signing in'],
    responses: {
      200: json('The person', {
        community: { type: 'string' },
        personId: { type: 'string' },
        via: { enum: ['session', 'token'] },
        expiresAt: { type: 'string' },
      }),
      401: problem('UNAUTHENTICATED'),
      404: problem('NOT_FOUND'),
      ...open,
    },
  },
  '/v1/keys': {
    operationId: 'keys',
    summary: 'The key that checkpoints of this server are verified with.',
    tags: ['proofs'],
    security: [{}],
    responses: { 200: json('Verifier key of a signed note', { checkpoints: { type: ['string', 'null'] } }), ...open },
  },
  '/problems': {
    operationId: 'problems',
    summary: 'All problems, as a page.',
    tags: ['problems'],
    security: [{}],
    responses: { 200: text('Page', 'text/html'), ...open },
  },
  '/problems/{code}': {
    operationId: 'problem',
    summary: 'What a problem means, as a page.',
    tags: ['problems'],
    security: [{}],
    parameters: [{ name: 'code', in: 'path', required: true, schema: { type: 'string' } }],
    responses: { 200: text('Page', 'text/html'), 404: problem('NOT_FOUND'), 414: problem('URI_TOO_LONG'), ...open },
  },
  '/openapi.json': {
    operationId: 'openapi',
    summary: 'This description.',
    tags: ['operating'],
    security: [{}],
    responses: { 200: json('OpenAPI 3.1', {}), ...open },
  },
  '/healthz': {
    operationId: 'health',
    summary: 'Whether the process is alive.',
    tags: ['operating'],
    security: [{}],
    responses: { 200: json('Alive', { status: { type: 'string' } }), ...open },
  },
  '/readyz': {
    operationId: 'readiness',
    summary: 'Whether the server takes requests.',
    tags: ['operating'],
    security: [{}],
    responses: {
      200: json('Ready', { status: { type: 'string' } }),
      503: json('Not ready', { status: { type: 'string' } }),
      ...open,
    },
  },
}

/** Addresses that no definition makes and that take a POST. */
export const fixedPosts: Readonly<Record<string, Json>> = {
  '/v1/sign-in': {
    operationId: 'sign-in',
    summary: 'Uses a sign-in link up and begins a session, in a cookie and as a token.',
    tags: ['signing in'],
    security: [{}],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['link'],
            properties: { link: { type: 'string', minLength: 1, maxLength: 512 } },
            additionalProperties: false,
          },
        },
      },
    },
    responses: {
      201: json('The session; the token is not shown again', {
        community: { type: 'string' },
        personId: { type: 'string' },
        expiresAt: { type: 'string' },
        session: { type: 'string' },
      }),
      401: problem('LINK_NOT_VALID'),
      ...posted,
    },
  },
  '/v1/sign-out': {
    operationId: 'sign-out',
    summary: 'Ends the session it is sent with, and takes the cookie back.',
    tags: ['signing in'],
    security: [{ token: [] }, {}],
    responses: {
      204: { description: 'Nobody is signed in any more' },
      401: problem('UNAUTHENTICATED'),
      404: problem('NOT_FOUND'),
      ...posted,
    },
  },
}

import { z } from 'zod'
import type { AnyCommand } from '../kernel/define-command.ts'
import type { AnyQuestion } from '../kernel/define-question.ts'
import { statusOf } from '../kernel/refusal.ts'
import type { Registry } from '../kernel/registry.ts'
import { pointSchema } from './asking.ts'
import { addressOf, bodySchema, pathFields } from './commands.ts'
import { fixedPaths, fixedPosts } from './openapi-fixed.ts'
import { withProblemExamples } from './openapi-problems.ts'
import { SESSION_COOKIE } from './session-cookie.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 description of everything this server answers, from the same definitions the routes are made of. */
export function openapiDocument(registry: Registry): Json {
  const paths: Record<string, Json> = {}
  const add = (path: string, method: string, operation: Json) => {
    paths[path] = { ...paths[path], [method]: operation }
  }
  for (const command of registry.commands.values()) add(addressOf(command.http), 'post', commandOperation(command))
  for (const question of registry.questions.values()) add(addressOf(question.http), 'get', questionOperation(question))
  for (const [path, operation] of Object.entries(fixedPaths)) add(path, 'get', operation)
  for (const [path, operation] of Object.entries(fixedPosts)) add(path, 'post', operation)
  const sorted = Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1)))
  const described = withProblemExamples(sorted, registry)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hearthbook',
      version: '1',
      summary: 'Who held which role when, on two time axes, from a record nobody can edit',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{ token: [] }, { session: [] }],
    paths: described.paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
      },
      schemas: {
        Problem: problemSchema,
        Receipt: receiptSchema,
        MatterReceipt: matterReceiptSchema,
        CommandAnswer: commandAnswer,
        DryRun: dryRunAnswer,
      },
      examples: described.examples,
      responses: described.responses,
    },
  }
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    pointer: { type: 'string', description: 'JSON pointer to the field concerned' },
    facts: { type: 'object', additionalProperties: true },
    findings: {
      type: 'array',
      items: {
        type: 'object',
        required: ['rule'],
        properties: {
          pointer: { type: 'string' },
          row: { type: 'integer' },
          field: { type: 'string' },
          rule: { type: 'string' },
        },
      },
    },
    requestId: { type: 'string' },
  },
}
const receiptSchema: Json = {
  type: 'object',
  required: ['community', 'book', 'revision', 'hash', 'checkpoint'],
  properties: {
    community: { type: 'string' },
    book: { const: 'open' },
    revision: { type: 'integer' },
    hash: { type: 'string', description: 'RFC 6962 leaf hash, base64url' },
    checkpoint: { type: 'string', description: 'Signed note (C2SP tlog-checkpoint) that covers the record' },
  },
}
const matterReceiptSchema: Json = {
  type: 'object',
  required: ['community', 'book', 'matter', 'matterRevision', 'hash', 'checkpoint'],
  properties: {
    community: { type: 'string' },
    book: { const: 'private' },
    matter: { type: 'string' },
    matterRevision: { type: 'integer' },
    hash: { type: 'string', description: 'Matter hash of the record, base64url' },
    checkpoint: { type: 'string', description: 'Signed note over the matter up to the record' },
  },
}
const commandAnswer: Json = {
  type: 'object',
  required: ['events', 'result', 'receipt', 'warnings'],
  properties: {
    events: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'type', 'recordedAt'],
        properties: {
          id: { type: 'string' },
          type: { type: 'string' },
          revision: { type: 'integer', description: 'Its place in the open book' },
          matter: { type: 'string', description: 'Of a private act: the matter it belongs to' },
          matterRevision: { type: 'integer', description: 'Of a private act: its place in its matter' },
          recordedAt: { type: 'string' },
        },
      },
    },
    result: { type: 'object', additionalProperties: true },
    receipt: { anyOf: [ref('Receipt'), ref('MatterReceipt'), { type: 'null' }] },
    warnings: { type: 'array', items: { type: 'object' } },
  },
}
const dryRunAnswer: Json = {
  type: 'object',
  required: ['dryRun', 'events', 'warnings'],
  properties: {
    dryRun: { const: true },
    events: {
      type: 'array',
      items: {
        type: 'object',
        required: ['type', 'data'],
        properties: { type: { type: 'string' }, data: { type: 'object', additionalProperties: true } },
      },
    },
    warnings: { type: 'array', items: { type: 'object' } },
  },
}

const communityParam = {
  name: 'community',
  in: 'path',
  required: true,
  schema: { type: 'string' },
  description: 'The community',
}

function commandOperation(command: AnyCommand): Json {
  const shape = (command.schema as z.ZodObject).shape
  const answer = { 'application/json': { schema: { anyOf: [ref('CommandAnswer'), ref('DryRun')] } } }
  return {
    operationId: command.name,
    summary: command.summary,
    tags: ['commands'],
    parameters: [
      ...(command.http.root ? [] : [communityParam]),
      ...pathFields(command.http.path).map((name) => ({
        name,
        in: 'path',
        required: true,
        schema: schemaOf(shape[name] as z.ZodType, 'input'),
      })),
      {
        name: 'dryRun',
        in: 'query',
        schema: { enum: ['true', 'false'] },
        description: 'Answer with what would be written, and write nothing',
      },
      {
        name: 'Idempotency-Key',
        in: 'header',
        schema: { type: 'string', pattern: '^[\\x20-\\x7e]{1,128}$' },
        description: 'The same key again gets the same answer, for ever',
      },
      {
        name: 'If-Match',
        in: 'header',
        schema: { type: 'string' },
        description: 'Only if the resource is still at this ETag',
      },
    ],
    requestBody: { content: { 'application/json': { schema: schemaOf(bodySchema(command), 'input') } } },
    responses: {
      200: { description: 'Done before under this key, nothing to do, or a dry run', content: answer },
      201: { description: 'Written and durable', content: { 'application/json': { schema: ref('CommandAnswer') } } },
      ...problems([
        ...COMMAND_CODES,
        ...(command.backdatable ? ['BACKDATE_LIMIT', 'FUTURE_FACT'] : []),
        ...(command.redeems === undefined ? [] : ['LINK_NOT_VALID']),
        ...Object.keys(command.refusals),
      ]),
    },
  }
}

function questionOperation(question: AnyQuestion): Json {
  const inPath = new Set(pathFields(question.http.path))
  const own = (question.params as z.ZodObject).shape as Record<string, z.ZodType>
  const query = {
    ...Object.fromEntries(Object.entries(own).filter(([name]) => !inPath.has(name))),
    ...pointSchema(question),
  }
  const answer = schemaOf(question.answer, 'output') as { properties?: Json; required?: string[] }
  const moment = question.timed ? { asOf: { type: 'string' } } : {}
  const clocked = question.clockDefaults?.(0) ?? {}
  const around: Json = question.own
    ? {}
    : {
        ...moment,
        asKnownAt: { type: ['string', 'null'] },
        atRevision: { type: 'integer' },
        head: { type: 'object', properties: { revision: { type: 'integer' }, hash: { type: ['string', 'null'] } } },
        record: { enum: ['recorded', 'nothing-recorded-yet'] },
        permalink: { type: 'string' },
      }
  const schema = {
    ...answer,
    properties: { ...around, ...answer.properties },
    required: [...Object.keys(around), ...(answer.required ?? [])],
  }
  return {
    operationId: question.name,
    summary: question.summary,
    tags: ['questions'],
    ...(question.public ? { security: [{ token: [] }, { session: [] }, {}] } : {}),
    ...(question.own ? { security: [{ session: [] }, { token: [] }] } : {}),
    parameters: [
      communityParam,
      ...[...inPath].map((name) => ({
        name,
        in: 'path',
        required: true,
        schema: schemaOf(own[name] as z.ZodType, 'input'),
      })),
      ...Object.entries(query).map(([name, each]) => {
        const schema = schemaOf(each as z.ZodType, 'input')
        const required = !(each as z.ZodType).safeParse(undefined).success && !(name in clocked)
        return {
          name,
          in: 'query',
          ...(required ? { required } : {}),
          schema,
          ...(schema.description ? { description: schema.description } : {}),
        }
      }),
    ],
    responses: {
      200: {
        description: 'The answer',
        content: {
          'application/json': { schema },
          ...(question.rows ? { 'text/csv': { schema: { type: 'string' } } } : {}),
        },
      },
      ...(question.own ? {} : { 304: { description: 'The answer has not changed' } }),
      ...problems(question.own ? [...READ_CODES, 'HUMAN_ONLY'] : READ_CODES),
    },
  }
}

const QUESTION_CODES = [
  'VALIDATION_FAILED',
  'UNAUTHENTICATED',
  'MISSING_SCOPE',
  'NOT_FOUND',
  'URI_TOO_LONG',
  'UNKNOWN_REFERENCE',
  'TOO_MANY_REQUESTS',
  'STORE_UNAVAILABLE',
  'LEDGER_DOES_NOT_VERIFY',
]
const READ_CODES = [...QUESTION_CODES, 'REVISION_NOT_REACHED']
const COMMAND_CODES = [
  ...QUESTION_CODES,
  'HUMAN_ONLY',
  'CROSS_SITE',
  'CAPACITY_NOT_HELD',
  'PERSON_ERASED',
  'LOOKS_LIKE_A_SECRET',
  'PRECONDITION_FAILED',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'IDEMPOTENCY_KEY_REUSED',
  'IDEMPOTENCY_KEY_REQUIRED',
  'STORE_FULL',
]

/** Problems by status, each naming the codes that come with it; `/problems/{code}` says what they mean. */
export function problems(codes: readonly string[]): Json {
  const byStatus = Map.groupBy(new Set(codes), statusOf)
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, named]) => [
        String(status),
        {
          description: named.join(', '),
          content: {
            'application/problem+json': { schema: { ...ref('Problem'), properties: { code: { enum: named } } } },
          },
        },
      ]),
  )
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
  return json
}

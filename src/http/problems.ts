import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { LedgerDoesNotVerify, UnknownEvent } from '../engine/errors.ts'
import { COMMON_REFUSALS, type Refusal, refuse, statusOf } from '../kernel/refusal.ts'
import { AppendOutcomeUnknown, RecordTooLarge, RevisionConflict, StoreFull, StoreUnavailable } from '../ledger/port.ts'
import { VaultUnavailable } from '../vault/vault-unavailable.ts'
import { html } from '../web/html.ts'
import { problemPage } from '../web/problem-page.ts'

/** One field that broke one rule. */
export interface Finding {
  readonly pointer: string
  readonly rule: string
}

/** RFC 9457 problem details with the stable code of the refusal and the facts that caused it. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly pointer?: string
  readonly facts?: Readonly<Record<string, unknown>>
  readonly findings?: readonly Finding[]
  readonly requestId?: string
}

/** Sends a problem; the one place where a no gets its status and form. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const problem = problemOf(refusal)
  if (isForPeople(request)) return sendProblemPage(request, reply, problem)
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  // A missing thing and a hidden one must not differ by a byte, so that body names no request.
  const body = problem.status === 404 ? problem : { ...problem, requestId: request.id }
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(body))
}

/** Whether somebody looks at a page: its address is one of theirs, or a browser asks for something outside the API. */
function isForPeople({ url, headers }: FastifyRequest): boolean {
  if (/^\/v1(?:[/?]|$)/.test(url)) return false
  return /^\/(?:c\/|sign-in|sign-out)/.test(url) || /\btext\/html\b/.test(headers.accept ?? '')
}

function sendProblemPage(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  // As in the problem document: what is missing and what is hidden do not differ by a byte.
  const shown = problem.status === 404 ? problem : { ...problem, requestId: request.id }
  const next = request.method === 'GET' && request.url.startsWith('/c/') ? request.url : undefined
  return html(reply.code(problem.status), problemPage(shown, next))
}

/** The problem a refusal becomes. */
export function problemOf({ code, message, facts, pointer }: Refusal): Problem {
  const { findings, ...others } = facts as { findings?: readonly Finding[] }
  const status = statusOf(code)
  return {
    type: `/problems/${code}`,
    title: titleOf(code),
    status,
    code,
    detail: code === 'NOT_FOUND' ? (COMMON_REFUSALS.NOT_FOUND?.meaning ?? message) : message,
    ...(pointer === undefined ? {} : { pointer }),
    ...(Object.keys(others).length > 0 ? { facts: others } : {}),
    ...(findings === undefined ? {} : { findings }),
  }
}

/** A code in words: `CIRCLE_HAS_ROLES` reads "Circle has roles". */
export function titleOf(code: string): string {
  const words = code.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What a form that does not fit becomes: a finding for each field, or the code of the rule a text broke. */
export function invalid(error: z.ZodError, base = ''): Refusal {
  const findings = error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        pointer: `${base}${pointerTo([...issue.path, key])}`,
        rule: 'is not a field of this',
      }))
    return [{ pointer: `${base}${pointerTo(issue.path)}`, rule: issue.message }]
  })
  const ruled = error.issues.find((issue) => issue.code === 'custom' && typeof issue.params?.code === 'string')
  const code = ruled?.code === 'custom' ? String(ruled.params?.code) : 'VALIDATION_FAILED'
  const first = findings[0]
  return refuse(code, {
    ...(first ? { pointer: first.pointer } : {}),
    facts: { findings },
    message: first
      ? `${first.pointer === '' ? 'The request' : first.pointer} ${first.rule}.`
      : 'The request does not have the right form.',
  })
}

/** The refusal a single field gets. */
export function invalidField(pointer: string, rule: string): Refusal {
  return refuse('VALIDATION_FAILED', {
    pointer,
    facts: { findings: [{ pointer, rule }] },
    message: `${pointer} ${rule}.`,
  })
}

function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

export const notFound = (): Refusal => refuse('NOT_FOUND', { message: '' })

const BY_FASTIFY_CODE: Readonly<Record<string, readonly [string, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['PAYLOAD_TOO_LARGE', 'The body is larger than this address takes.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'Send JSON, with Content-Type: application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['VALIDATION_FAILED', 'The body is empty: send a JSON object.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['VALIDATION_FAILED', 'The body is not JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['VALIDATION_FAILED', 'Content-Length does not fit the body.'],
  FST_ERR_BAD_URL: ['VALIDATION_FAILED', 'The address has a percent sign that encodes nothing.'],
  FST_ERR_MAX_PARAM_LENGTH: ['URI_TOO_LONG', 'A part of the address is longer than this server takes.'],
}

/** What an error thrown on the way becomes; undefined for a fault of this server. */
export function refusalOf(
  error: Error & { code?: string; statusCode?: number; retryAfter?: number },
): Refusal | undefined {
  if (error instanceof RefusedRequest) return error.refusal
  if (error instanceof LedgerDoesNotVerify)
    return refuse('LEDGER_DOES_NOT_VERIFY', {
      message: "This community's book does not verify; nothing is served from it.",
    })
  if (error instanceof StoreFull)
    return refuse('STORE_FULL', { message: 'The disk is full. Nothing was written; reading goes on.' })
  if (error instanceof RevisionConflict || error instanceof AppendOutcomeUnknown || error instanceof UnknownEvent) {
    return refuse('STORE_UNAVAILABLE', {
      message: 'The store could not settle this now. The same request with the same key is safe to repeat.',
    })
  }
  if (error instanceof StoreUnavailable)
    return refuse('STORE_UNAVAILABLE', { message: 'The store does not answer. Try again.' })
  if (error instanceof VaultUnavailable)
    return refuse('STORE_UNAVAILABLE', { message: 'The vault of keys and credentials does not answer. Try again.' })
  if (error instanceof RecordTooLarge)
    return refuse('PAYLOAD_TOO_LARGE', { message: 'The record would be larger than the store takes.' })
  const known = BY_FASTIFY_CODE[error.code ?? '']
  if (known) return refuse(known[0], { message: known[1] })
  if (error.statusCode === 429)
    return refuse('TOO_MANY_REQUESTS', { message: 'Too many requests. Wait as long as Retry-After says.' })
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return refuse('VALIDATION_FAILED', { message: 'The request cannot be read.' })
  return undefined
}

/** A refusal met where only throwing gets out, such as a body parser. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest'
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** The id a request goes by in logs and problems: the caller's where it has the right form, else a fresh one. */
export function requestIdOf(header: unknown): string {
  return typeof header === 'string' && /^[\w-]{8,64}$/.test(header) ? header : randomUUID()
}

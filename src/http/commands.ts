import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { canonicalHash } from '../engine/canonical.ts'
import type { Standing } from '../engine/ports.ts'
import type { Outcome, Submission } from '../engine/submission.ts'
import { warningsIn } from '../engine/warnings.ts'
import type { AnyCommand } from '../kernel/define-command.ts'
import type { Actor, Via } from '../kernel/envelope.ts'
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.ts'
import { dateForm, idOf } from '../kernel/text.ts'
import { actorFor, type Caller, callerOf, principalText } from './authorization.ts'
import { issueLink, mayNotOpen, redeem } from './links-in-commands.ts'
import type { AppParts } from './parts.ts'
import { invalid, invalidField, sendProblem } from './problems.ts'
import { letIn } from './standing.ts'

/** Names in braces of a path: the command's own fields. */
export function pathFields(path: string): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
}

/** The address of a command or question, `{name}` as it stands in OpenAPI. */
export function addressOf(http: { readonly path: string; readonly root?: true }): string {
  return http.root ? `/v1${http.path}` : `/v1/communities/{community}${http.path}`
}

/** An address in Fastify's form. */
export function routeOf(address: string): string {
  return address.replaceAll(/\{(\w+)\}/g, ':$1')
}

/** The form of a command's body: its schema without what the path says, with `effectiveAt` where it may be backdated. */
export function bodySchema(command: AnyCommand): z.ZodObject {
  const { shape } = command.schema as z.ZodObject
  const inPath = new Set(pathFields(command.http.path))
  const fields = Object.fromEntries(
    Object.entries(shape)
      .filter(([name]) => !inPath.has(name))
      .map(([name, field]) => (name === command.redeems ? ['link', LINK] : [name, field])),
  )
  return z.strictObject({
    ...fields,
    ...(actsAsPerson(command) ? { capacity: CAPACITY } : {}),
    ...(command.backdatable ? { effectiveAt: dateForm().optional() } : {}),
  })
}

const LINK = z.string().min(16).max(200).meta({ description: 'A sign-in link made for the person whose history it is' })

const CAPACITY = idOf('role').optional().meta({ description: 'The role in which you do this, one you hold now' })

/** Whether a person in their own name gives the command: then they may say in which role they do. */
function actsAsPerson({ who }: AnyCommand): boolean {
  return who === 'member' || who === 'member-or-operator'
}

const DRY_RUN = z.strictObject({ dryRun: z.enum(['true', 'false']).optional() })

/** Adds a route for every command of the registry. */
export function addCommandRoutes(app: FastifyInstance, parts: AppParts): void {
  const acting = new WeakMap<FastifyRequest, Acting>()
  for (const command of parts.registry.commands.values()) {
    const { bodyLimit } = command.http
    app.post(routeOf(addressOf(command.http)), {
      ...(bodyLimit === undefined ? {} : { bodyLimit }),
      // A stranger is told so before the server reads what they send, and after they were counted.
      preParsing: async (request, reply) => {
        const who = await authorize(command, parts, request)
        if (isRefusal(who)) return void sendProblem(request, reply, who)
        acting.set(request, who)
      },
      handler: (request, reply) => handle(command, parts, acting.get(request) as Acting, request, reply),
    })
  }
}

interface Acting {
  readonly caller: Caller
  readonly actor: Actor
  readonly via: Via
}

async function authorize(
  command: AnyCommand,
  { engine, identity }: AppParts,
  request: FastifyRequest,
): Promise<Acting | Refusal> {
  const caller = await callerOf(request, identity)
  const { community = '*' } = request.params as { community?: string }
  const as = headerText(request, 'hearthbook-as')
  const judge = (standing?: Standing) => actorFor({ caller, community, standing }, command, as)
  const acting =
    typeof caller === 'string' || command.http.root
      ? judge()
      : (await letIn(engine, caller, community, (standing) => judge(standing))).result
  return isRefusal(acting) ? acting : { caller, ...acting }
}

async function handle(
  command: AnyCommand,
  parts: AppParts,
  { caller, actor, via }: Acting,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { engine } = parts
  const path = request.params as Record<string, string>
  const sent = (request.body ?? {}) as Record<string, unknown>
  const redeemed = await redeem(command, parts, path.community ?? '', sent)
  if (isRefusal(redeemed)) return sendProblem(request, reply, redeemed)
  const { body } = redeemed
  const read = readRequest(command, request, path, body)
  if (isRefusal(read)) return sendProblem(request, reply, read)
  const service = typeof caller === 'object' && caller.kind === 'service'
  if (service && read.key === undefined && !read.dryRun) {
    return sendProblem(
      request,
      reply,
      refuse('IDEMPOTENCY_KEY_REQUIRED', { message: 'A service sends an Idempotency-Key with every command.' }),
    )
  }
  const fields = read.input as Record<string, unknown>
  const community = command.http.root ? String(fields.community) : (path.community ?? '')
  const hot = await engine.community(community)
  const submission: Submission = {
    actor,
    via,
    command,
    input: read.input,
    commandId: hot.fingerprints.commandId(principalText(caller, actor), read.key ?? randomUUID()),
    // Of what was sent, not of what it was completed to: a default added later must not make a retry another request.
    requestHash: canonicalHash({ command: command.name, path, body: sent }),
    correlationId: request.id,
    ...(read.dryRun ? { dryRun: true } : {}),
    ...(read.ifMatch === undefined ? {} : { ifMatch: read.ifMatch }),
    ...(read.capacity === undefined ? {} : { capacity: read.capacity }),
    ...(read.effectiveAt === undefined ? {} : { effectiveAt: read.effectiveAt }),
  }
  const target = command.http.target === undefined ? undefined : fill(command.http.target, fields)
  const opening = await mayNotOpen(command, parts, community, fields)
  if (opening) return sendProblem(request, reply, opening)
  const outcome = await engine.submit(community, submission, target)
  if (outcome.kind === 'refused' && redeemed.invalid) return sendProblem(request, reply, redeemed.invalid)
  if (outcome.kind === 'done' && redeemed.link !== undefined) await parts.identity.useLink(redeemed.link)
  const issued = await issueLink(command, parts, community, actor, outcome)
  return sendOutcome(command, outcome, { ...fields, community }, issued, request, reply)
}

/**
 * Gives a command whose fields came by the form of a page, for whoever sent it: let in and refused as in the API. A form
 * has no dry run, no key and no precondition.
 */
export async function giveByForm(
  command: AnyCommand,
  parts: AppParts,
  request: FastifyRequest,
  sent: Readonly<Record<string, unknown>>,
): Promise<Outcome | Refusal> {
  const who = await authorize(command, parts, request)
  if (isRefusal(who)) return who
  const { caller, actor, via } = who
  const path = request.params as Record<string, string>
  const input = command.schema.safeParse(sent) as z.ZodSafeParseResult<unknown>
  if (!input.success) return invalid(input.error)
  const { community = '' } = path
  const { fingerprints } = await parts.engine.community(community)
  return parts.engine.submit(community, {
    actor,
    via,
    command,
    input: input.data,
    commandId: fingerprints.commandId(principalText(caller, actor), randomUUID()),
    requestHash: canonicalHash({ command: command.name, path, body: sent }),
    correlationId: request.id,
  })
}

interface ReadRequest {
  readonly input: unknown
  readonly effectiveAt: string | undefined
  readonly capacity: string | undefined
  readonly key: string | undefined
  readonly ifMatch: number | undefined
  readonly dryRun: boolean
}

function readRequest(
  command: AnyCommand,
  request: FastifyRequest,
  path: Record<string, string>,
  body: Record<string, unknown>,
): ReadRequest | Refusal {
  const query = DRY_RUN.safeParse(request.query)
  if (!query.success) return invalid(query.error)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return invalidField('', 'must be a JSON object')
  const { effectiveAt, capacity, ...own } = body
  if (capacity !== undefined && !actsAsPerson(command)) return invalidField('/capacity', 'is not a field of this')
  const role = CAPACITY.safeParse(capacity)
  if (!role.success) return invalid(role.error, '/capacity')
  if (effectiveAt !== undefined && !command.backdatable)
    return invalidField('/effectiveAt', 'is not a field of this: the command cannot be backdated')
  const when = dateForm().optional().safeParse(effectiveAt)
  if (!when.success) return invalid(when.error, '/effectiveAt')
  const fields = pathFields(command.http.path)
  const doubled = fields.find((name) => name in own)
  if (doubled !== undefined) return invalidField(`/${doubled}`, 'stands in the address, not in the body')
  const input = command.schema.safeParse({
    ...own,
    ...Object.fromEntries(fields.map((name) => [name, path[name]])),
  }) as z.ZodSafeParseResult<unknown>
  if (!input.success) {
    // A path that names nothing well-formed names nothing at all.
    const inPath = input.error.issues.some((issue) => fields.includes(String(issue.path[0])))
    return inPath ? refuse('NOT_FOUND', { message: '' }) : invalid(input.error)
  }
  const key = headerText(request, 'idempotency-key')
  if (key !== undefined && !/^[\x20-\x7e]{1,128}$/.test(key))
    return invalidField('Idempotency-Key', 'must have 1 to 128 printable ASCII characters')
  const match = headerText(request, 'if-match')
  const revision = match === undefined ? undefined : /^"(\d{1,15})"$/.exec(match)?.[1]
  if (match !== undefined && revision === undefined)
    return invalidField('If-Match', 'must be an ETag as this server gives them, such as "17"')
  return {
    input: input.data,
    effectiveAt: when.data,
    capacity: role.data,
    key,
    ifMatch: revision === undefined ? undefined : Number(revision),
    dryRun: query.data.dryRun === 'true',
  }
}

function sendOutcome(
  command: AnyCommand,
  outcome: Outcome,
  fields: Record<string, unknown>,
  issued: Record<string, unknown>,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (outcome.kind === 'refused') return sendProblem(request, reply, outcome.refusal)
  reply.header('cache-control', 'no-store')
  if (outcome.kind === 'dry-run') {
    const events = outcome.events.map(({ definition, data }) => ({ type: definition.type, data }))
    return reply.code(200).send({ dryRun: true, events, warnings: outcome.warnings })
  }
  const { events, repeated } = outcome
  const result = events.length > 0 ? (command.result?.(events) ?? {}) : {}
  const last = events.at(-1)
  if (last) reply.header('etag', `"${last.matterRevision ?? last.revision}"`)
  const { location } = command.http
  const known = { ...fields, ...result }
  if (location !== undefined && pathFields(location).every((name) => known[name as keyof typeof known] !== undefined)) {
    const filled = fill(location, known)
    reply.header('location', filled.startsWith('/v1') ? filled : `/v1/communities/${String(fields.community)}${filled}`)
  }
  return reply.code(repeated || events.length === 0 ? 200 : 201).send({
    // Of the private book nobody learns more than the place in their own matter.
    events: events.map(({ id, type, revision, recordedAt, matter, matterRevision }) =>
      matter === undefined ? { id, type, revision, recordedAt } : { id, type, matter, matterRevision, recordedAt },
    ),
    result: { ...result, ...issued },
    receipt: outcome.receipt ?? null,
    warnings: events.flatMap(({ data }) => warningsIn(data)),
  })
}

function fill(template: string, fields: Record<string, unknown>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(fields[name])))
}

function headerText(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}

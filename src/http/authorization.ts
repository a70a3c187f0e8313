import type { FastifyRequest } from 'fastify'
import type { Standing } from '../engine/ports.ts'
import type { Identity, Principal, Scope } from '../identity/port.ts'
import type { AnyCommand } from '../kernel/define-command.ts'
import type { Actor, Via } from '../kernel/envelope.ts'
import { type Refusal, refuse } from '../kernel/refusal.ts'
import { invalidField, notFound } from './problems.ts'
import { signedInBy } from './session-cookie.ts'

/** Who sent the request: a principal, nobody, or somebody whose credentials do not count. */
export type Caller = Principal | 'nobody' | 'unknown'

/**
 * Reads the bearer token of a request, or without that header the cookie of a session; a token anywhere else does not
 * count.
 * @throws RefusedRequest where a page of another site made the browser send the cookie.
 */
export async function callerOf(request: FastifyRequest, identity: Identity): Promise<Caller> {
  const header = request.headers.authorization
  if (header === undefined) return signedInBy(request, identity)
  const [, token] = /^Bearer ([\w-]{16,512})$/i.exec(header) ?? []
  return (token === undefined ? undefined : await identity.authenticate(token)) ?? 'unknown'
}

const unauthenticated = (): Refusal =>
  refuse('UNAUTHENTICATED', { message: 'This needs a token: Authorization: Bearer <token>.' })
const missingScope = (scope: Scope): Refusal =>
  refuse('MISSING_SCOPE', { facts: { scope }, message: `The token does not have the scope "${scope}".` })

/** What a caller may do in one community; `standing` is undefined where there is no such community. */
export interface Access {
  readonly caller: Caller
  readonly community: string
  readonly standing: Standing | undefined
}

/** Why the caller may not read, or undefined. Forbidden and missing get the same answer. */
export function mayNotRead({ caller, community, standing }: Access, isPublic: boolean): Refusal | undefined {
  if (caller === 'unknown') return unauthenticated()
  if (isPublic && standing?.founded && standing.publicRoster) return undefined
  if (caller === 'nobody') return unauthenticated()
  if (!standing?.founded) return notFound()
  if (caller.kind === 'operator') return undefined
  if (!belongs(caller, community)) return notFound()
  if (caller.kind === 'person' && !standing.isMember(caller.personId)) return notFound()
  return caller.scopes.includes('read') ? undefined : missingScope('read')
}

const humanOnly = (): Refusal =>
  refuse('HUMAN_ONLY', { message: 'Only the person themself, signed in, does or reads this.' })

/**
 * Whose own things the caller may read, or why they may not: a member's in session, and nobody else's. A token reads
 * nothing private, whatever its scopes.
 */
export function ownerFor({ caller, community, standing }: Access, afterLeaving = false): string | Refusal {
  if (caller === 'unknown' || caller === 'nobody') return unauthenticated()
  if (!standing?.founded) return notFound()
  if (caller.kind === 'operator') return humanOnly()
  if (!belongs(caller, community)) return notFound()
  if (caller.kind === 'service') return humanOnly()
  const left = afterLeaving && standing.leftAt(caller.personId) !== undefined
  if (!standing.isMember(caller.personId) && !left) return notFound()
  return caller.via === 'session' ? caller.personId : humanOnly()
}

/** Whether only the person themself may give a command: everything private, every yes, and what else says so. */
export function isHumanOnly({ book, yes, humanOnly: said }: AnyCommand): boolean {
  return book === 'private' || yes === true || said === true
}

/** Who acts, or why they may not. The operator may act for a person, and the record says by which way. */
export function actorFor(
  access: Access,
  command: AnyCommand,
  actAs: string | undefined,
): { readonly actor: Actor; readonly via: Via } | Refusal {
  const { caller, community, standing } = access
  const { who } = command
  if (caller === 'unknown' || caller === 'nobody') return unauthenticated()
  const founding = who === 'founder'
  if (!founding && !standing?.founded) return notFound()
  if (caller.kind === 'operator') return operatorActs(command, standing, actAs)
  if (!belongs(caller, community)) return notFound()
  if (caller.kind === 'service') {
    const scope = founding ? 'found' : who === 'importer' ? 'import' : undefined
    if (scope === undefined) return isHumanOnly(command) ? humanOnly() : missingScope('act')
    if (!caller.scopes.includes(scope)) return missingScope(scope)
    return { actor: { kind: 'service', label: caller.label }, via: 'token' }
  }
  // A token made for something that is no person's id can write nothing in anybody's name.
  if (!isPersonId(caller.personId)) return notFound()
  const actor: Actor = { kind: 'person', personId: caller.personId }
  const member = standing?.isMember(caller.personId) ?? false
  if (who !== 'newcomer' && !member) return notFound()
  if (founding || who === 'importer') return missingScope(founding ? 'found' : 'import')
  if (who === 'operator') return missingScope('operate')
  if (isHumanOnly(command) && caller.via !== 'session') return humanOnly()
  return caller.scopes.includes('act') ? { actor, via: caller.via } : missingScope('act')
}

function operatorActs(
  command: AnyCommand,
  standing: Standing | undefined,
  actAs: string | undefined,
): { readonly actor: Actor; readonly via: Via } | Refusal {
  const { who } = command
  const via = 'operator-cli'
  if (isHumanOnly(command)) return humanOnly()
  if (actAs !== undefined) {
    if (!isPersonId(actAs))
      return invalidField('Hearthbook-As', 'must be the id of a person, as this server makes them')
    if (who === 'operator' || who === 'importer' || who === 'founder')
      return invalidField('Hearthbook-As', 'has no place here: the operator does this in their own name')
    if (who !== 'newcomer' && !standing?.isMember(actAs)) return notFound()
    return { actor: { kind: 'person', personId: actAs }, via }
  }
  if (who === 'member' || who === 'newcomer') {
    return refuse('MISSING_SCOPE', {
      facts: { scope: 'act' },
      message: 'Only a person does this. The operator acts for one by name, and the record says so.',
    })
  }
  return { actor: { kind: 'operator' }, via }
}

const isPersonId = (text: string) => /^person_[\w-]{22}$/.test(text)

/** Whether only the operator may see it, or why not. */
export function mayNotOperate(caller: Caller): Refusal | undefined {
  if (caller === 'unknown' || caller === 'nobody') return unauthenticated()
  return caller.kind === 'operator' ? undefined : notFound()
}

function belongs(caller: Exclude<Principal, { kind: 'operator' }>, community: string): boolean {
  return caller.community === community || caller.community === '*'
}

/**
 * The principal as command ids are derived from it: two callers never share an idempotency key, nor does the operator
 * acting for a person share that person's.
 */
export function principalText(caller: Caller, actor: Actor): string {
  if (typeof caller === 'string') return caller
  if (caller.kind === 'person') return `person:${caller.personId}`
  if (caller.kind === 'service') return `service:${caller.label}`
  return actor.kind === 'person' ? `operator-as:${actor.personId}` : 'operator'
}

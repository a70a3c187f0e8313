import type { z } from 'zod'
import { instantText } from '../kernel/dates.ts'
import type { AnyCommand, DecideContext } from '../kernel/define-command.ts'
import type { AnyEvent, EventField, NewEvent } from '../kernel/define-event.ts'
import { actorText, type RecordedEvent } from '../kernel/envelope.ts'
import type { AnySlice, Folds } from '../kernel/folds.ts'
import { isMade, type Mandate, type Part, type Parts } from '../kernel/parts.ts'
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.ts'
import type { Registry } from '../kernel/registry.ts'
import type { Act } from './drafting.ts'
import { eventIdOf } from './fingerprints.ts'
import { NO_MATTERS } from './matters.ts'

/** Where and by whom the command that carries the parts is decided. */
export interface Carrying {
  readonly registry: Registry
  readonly state: Folds
  /** Revision of the open book's head. */
  readonly head: number
  readonly act: Act
}

/** The parts of one command: `context` is that of the command itself, whose clock, actor and ids they share. */
export function partsOf(carrying: Carrying, context: () => DecideContext): Parts {
  return {
    check: (parts) => firstUnfit(carrying.registry, parts),
    decide: (parts, mandate) => decideInTurn(carrying, context(), parts, mandate),
  }
}

function decideInTurn(
  carrying: Carrying,
  context: DecideContext,
  parts: readonly Part[],
  mandate: Mandate,
): readonly NewEvent[] | Refusal {
  const { registry } = carrying
  const commands = parts.map(({ command }) => commandOf(registry, command))
  const decided: NewEvent[] = []
  const made: (string | undefined)[] = []
  let state = carrying.state
  for (const [index, part] of parts.entries()) {
    const command = commands[index]
    if (!command) return failed(index, part, refuse('NOT_EXECUTABLE', { message: `${part.command} is no such part.` }))
    const input = command.schema.safeParse(filled(part.input, (at) => made[at])) as { data?: unknown; success: boolean }
    if (!input.success)
      return failed(index, part, refuse('VALIDATION_FAILED', { message: 'It does not have its form.' }))
    const decide = command.part?.decide ?? command.decide
    const own = { ...context, mandate, mine: NO_MATTERS, actedAt: context.now }
    const decision = decide.call(command, slicesIn(state, command) as never, input.data as never, own)
    if (isRefusal(decision)) return failed(index, part, decision)
    const stray = decision.find(({ definition }) => definition.book !== 'open')
    if (stray) throw new Error(`${part.command} as a part writes ${stray.definition.type}, which is of the other book`)
    const events = decision.map((event, i) => provisional(event, decided.length + i, carrying, context))
    decided.push(...decision)
    const { makes } = command.part ?? {}
    made.push(makes === undefined ? undefined : (command.result?.(events)[makes] as string | undefined))
    if (index === parts.length - 1 || events.length === 0) continue
    // Nothing of this is durable yet, and a later part may still be refused: what they see is a copy.
    if (state === carrying.state) state = state.fork(slicesOf(commands))
    for (const event of events) state.apply(event)
  }
  return decided
}

function failed(index: number, { command }: Part, { code, facts, message, pointer }: Refusal): Refusal {
  return refuse('CHANGE_REFUSED', {
    facts: { index, command, code, facts, ...(pointer === undefined ? {} : { pointer }) },
    message: `Change ${index}, ${command}: ${message}`,
  })
}

function firstUnfit(registry: Registry, parts: readonly Part[]): Refusal | undefined {
  const makes = parts.map(({ command }) => commandOf(registry, command)?.part?.makes)
  for (const [index, part] of parts.entries()) {
    const command = commandOf(registry, part.command)
    const pointer = `/changes/${index}`
    if (!command) {
      const message = `${part.command} is no command that a proposal can carry.`
      return refuse('NOT_EXECUTABLE', {
        pointer: `${pointer}/command`,
        facts: { index, command: part.command },
        message,
      })
    }
    const sample = (at: number) => (at < index && makes[at] !== undefined ? sampleId(makes[at]) : undefined)
    const parsed = command.schema.safeParse(filled(part.input, sample))
    if (parsed.success) continue
    const { issues } = parsed.error as z.ZodError
    const findings = issues.map(({ path, message }) => ({
      pointer: [`${pointer}/input`, ...path.map(String)].join('/'),
      rule: message,
    }))
    const ruled = issues.find((issue) => issue.code === 'custom' && typeof issue.params?.code === 'string')
    const [first] = findings
    return refuse(ruled?.code === 'custom' ? String(ruled.params?.code) : 'NOT_EXECUTABLE', {
      pointer: first?.pointer ?? pointer,
      facts: { index, command: part.command, findings },
      message: first ? `${first.pointer} ${first.rule}.` : `${part.command} does not have its form.`,
    })
  }
  return undefined
}

function commandOf(registry: Registry, name: string): AnyCommand | undefined {
  const command = registry.commands.get(name)
  return command?.part ? command : undefined
}

// `roleId` is the id of a role: a reference is good where an id of that kind is.
function sampleId(makes: string): string {
  return `${makes.replace(/Id$/, '').toLowerCase()}_${'0'.repeat(22)}`
}

/** The input with ids in place of what refers to earlier parts; a reference to nothing stays, and fails the form. */
function filled(value: unknown, idOf: (at: number) => string | undefined): unknown {
  if (isMade(value)) return idOf(value.madeBy) ?? value
  if (Array.isArray(value)) return value.map((each) => filled(each, idOf))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, filled(each, idOf)]))
}

function slicesOf(commands: readonly (AnyCommand | undefined)[]): readonly AnySlice[] {
  return [...new Set(commands.flatMap((command) => Object.values(command?.reads ?? {}) as AnySlice[]))]
}

function slicesIn(state: Folds, command: AnyCommand): Record<string, unknown> {
  const reads = Object.entries(command.reads) as [string, AnySlice][]
  return Object.fromEntries(reads.map(([name, slice]) => [name, state.of(slice)]))
}

/** A decided event as folds would see it, were it in the book. Whose words it holds is not looked up for that. */
function provisional(
  { definition, data }: NewEvent,
  place: number,
  { act, head }: Carrying,
  { community, now }: DecideContext,
): RecordedEvent {
  const recordedAt = instantText(now)
  const stored = { ...data }
  for (const [name, field] of Object.entries(definition.fields as AnyEvent['fields']) as [string, EventField][])
    if (field.owner !== undefined && name in stored) stored[name] = { v: 1, alg: 'A256GCM', kid: '', iv: '', ct: '' }
  return {
    actor: actorText(act.actor),
    book: 'open',
    commandId: act.commandId,
    community,
    correlationId: act.correlationId,
    data: stored,
    effectiveAt: definition.effectiveAt?.(stored as never) ?? recordedAt,
    // Of no event that will be: the place in the whole append is not known here.
    id: eventIdOf(`${act.commandId}/parts`, place),
    previous: null,
    recordedAt,
    requestHash: act.requestHash,
    revision: head + 1 + place,
    schemaVersion: definition.version,
    type: definition.type,
    via: act.via,
  }
}

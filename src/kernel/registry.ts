import type { AnyCommand } from './define-command.ts'
import type { AnyEvent } from './define-event.ts'
import type { AnyNotices } from './define-notices.ts'
import type { AnyQuestion } from './define-question.ts'
import { type AnyProjection, type AnySlice, bookOf } from './folds.ts'

/** Everything the folders `commands/` and `projections/` define; routes, verbs, pages and test tables follow from it. */
export interface Registry {
  readonly events: ReadonlyMap<string, AnyEvent>
  readonly slices: readonly AnySlice[]
  readonly commands: ReadonlyMap<string, AnyCommand>
  readonly projections: readonly AnyProjection[]
  readonly questions: ReadonlyMap<string, AnyQuestion>
  readonly notices: readonly AnyNotices[]
}

export interface RegistryParts {
  readonly events: readonly AnyEvent[]
  readonly slices: readonly AnySlice[]
  readonly commands: readonly AnyCommand[]
  readonly projections: readonly AnyProjection[]
  readonly questions: readonly AnyQuestion[]
  readonly notices?: readonly AnyNotices[]
}

/**
 * Builds the registry and checks what no type can: names are unique, and what commands, folds and questions lean on is
 * there. @throws Error naming the part and the rule.
 */
export function buildRegistry(parts: RegistryParts): Registry {
  const events = byKey('event', parts.events, (e) => e.type)
  const slices = byKey('slice', parts.slices, (s) => s.name)
  const projections = byKey('projection', parts.projections, (p) => p.name)
  const commands = byKey('command', parts.commands, (c) => c.name)
  const questions = byKey('question', parts.questions, (q) => q.name)
  for (const command of parts.commands) {
    for (const slice of Object.values(command.reads) as AnySlice[]) {
      if (slices.get(slice.name) !== slice)
        throw new Error(`command ${command.name} reads the unknown slice "${slice.name}"`)
      if (command.book === 'open' && slice.book !== 'open') {
        throw new Error(
          `command ${command.name} writes the open book and may not read the private slice "${slice.name}"`,
        )
      }
      checkMayRead(`command ${command.name}`, command.name, slice)
    }
  }
  for (const command of parts.commands) {
    if ((command.book === 'private') !== command.http.path.startsWith('/mine'))
      throw new Error(`command ${command.name}: commands of the private book, and no others, stand below /mine`)
    if (command.yes && command.book !== 'open') throw new Error(`command ${command.name}: a yes writes the open book`)
  }
  for (const question of parts.questions) {
    if ((question.own === true) !== question.http.path.startsWith('/mine')) {
      throw new Error(`question ${question.name}: questions of one's own, and no others, stand below /mine`)
    }
    for (const slice of question.sums ?? []) {
      if (question.own !== true || slice.book !== 'private' || slices.get(slice.name) !== slice)
        throw new Error(`question ${question.name}: sums are of the private book, and for questions of one's own`)
    }
    for (const projection of Object.values(question.reads) as AnyProjection[]) {
      if (projections.get(projection.name) !== projection) {
        throw new Error(`question ${question.name} reads the unknown projection "${projection.name}"`)
      }
    }
  }
  for (const part of [...parts.slices, ...parts.projections]) {
    for (const { event } of part.cases) {
      if (event.book !== bookOf(part)) {
        throw new Error(
          `"${part.name}" folds the ${bookOf(part)} book and may not fold ${event.type}, which stands in the ${event.book} one`,
        )
      }
      if (events.get(event.type) !== event) throw new Error(`"${part.name}" folds the unknown event ${event.type}`)
    }
  }
  const { notices = [] } = parts
  for (const rule of byKey('rule of notices', notices, (n) => n.name).values()) {
    for (const slice of Object.values(rule.reads) as AnySlice[]) {
      if (slices.get(slice.name) !== slice || slice.book !== rule.book)
        throw new Error(`notices ${rule.name}: "${slice.name}" is no slice of the ${rule.book} book`)
      checkMayRead(`notices ${rule.name}`, rule.name, slice)
    }
  }
  return { events, slices: parts.slices, commands, projections: parts.projections, questions, notices }
}

function checkMayRead(reader: string, name: string, slice: AnySlice): void {
  if (slice.readBy?.includes(name) ?? true) return
  throw new Error(`${reader} may not read "${slice.name}": only ${slice.readBy?.join(', ')} may`)
}

function byKey<T>(what: string, items: readonly T[], key: (item: T) => string): Map<string, T> {
  const map = new Map<string, T>()
  for (const item of items) {
    const name = key(item)
    const there = map.get(name)
    if (there && there !== item) throw new Error(`two ${what}s are called "${name}"`)
    map.set(name, item)
  }
  return map
}

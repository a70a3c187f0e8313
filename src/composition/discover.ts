import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AnyCommand } from '../kernel/define-command.ts'
import type { AnyEvent } from '../kernel/define-event.ts'
import type { AnyNotices } from '../kernel/define-notices.ts'
import type { AnyQuestion } from '../kernel/define-question.ts'
import { type DefinitionKind, definitionKind } from '../kernel/definitions.ts'
import type { AnyProjection, AnySlice } from '../kernel/folds.ts'
import { buildRegistry, type Registry } from '../kernel/registry.ts'

const discovered = new Map<string, Promise<Registry>>()

/**
 * Builds the registry from what the files below the folders export, in the order of their paths. A folder may be one of
 * a test's own: whatever it defines appears wherever the built-in definitions do. What a process has loaded does not
 * change, so the same folders are looked through once.
 * @throws Error naming a part that does not fit the others.
 */
export function discover(folders: readonly string[]): Promise<Registry> {
  const key = JSON.stringify(folders)
  const known = discovered.get(key) ?? lookThrough(folders)
  discovered.set(key, known)
  return known
}

async function lookThrough(folders: readonly string[]): Promise<Registry> {
  const found = new Map<DefinitionKind, Set<object>>()
  for (const folder of folders) {
    for (const file of await sourceFiles(folder)) {
      const exports = (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>
      for (const value of Object.values(exports)) {
        const kind = definitionKind(value)
        if (kind === undefined) continue
        const known = found.get(kind) ?? new Set()
        found.set(kind, known.add(value as object))
      }
    }
  }
  const all = <T>(kind: DefinitionKind) => [...(found.get(kind) ?? [])] as T[]
  return buildRegistry({
    events: all<AnyEvent>('event'),
    slices: all<AnySlice>('slice'),
    commands: all<AnyCommand>('command'),
    projections: all<AnyProjection>('projection'),
    questions: all<AnyQuestion>('question'),
    notices: all<AnyNotices>('notices'),
  })
}

async function sourceFiles(folder: string): Promise<readonly string[]> {
  const files: string[] = []
  for await (const file of glob('**/*.{ts,js}', { cwd: folder })) files.push(file)
  return files.filter((file) => !file.endsWith('.d.ts')).sort()
}

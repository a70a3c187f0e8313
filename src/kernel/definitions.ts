/** What a definition is; set by the `define…` functions, so that composition finds the parts a file exports. */
export type DefinitionKind = 'event' | 'slice' | 'command' | 'projection' | 'question' | 'notices'

const kinds = new WeakMap<object, DefinitionKind>()

/** Marks a definition with its kind. */
export function defined<T extends object>(kind: DefinitionKind, definition: T): T {
  kinds.set(definition, kind)
  return definition
}

/** The kind of a value made by a `define…` function; undefined for anything else. */
export function definitionKind(value: unknown): DefinitionKind | undefined {
  return typeof value === 'object' && value !== null ? kinds.get(value) : undefined
}

/** How an object of a class that holds state makes a copy of its own that later events change alone. */
export const FORK = Symbol('fork')

export interface Forkable {
  [FORK](): unknown
}

/**
 * A copy of a state that folds may change, for as long as the one it was made of stays as it is. Takes what states are
 * made of: plain objects, arrays, maps, sets, and objects that say how themselves. The cost is that of the whole state, so
 * it is for rare acts.
 * @throws Error for an object of a class that does not say how.
 */
export function forkOf<T>(value: T): T {
  return copyOf(value, new Map()) as T
}

// What is reached by two ways stays one thing.
function copyOf(value: unknown, copies: Map<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null) return value
  const known = copies.get(value)
  if (known !== undefined) return known
  const keep = <C>(copy: C): C => {
    copies.set(value, copy)
    return copy
  }
  if (FORK in value) return keep((value as Forkable)[FORK]())
  if (value instanceof Map) {
    const copy = keep(new Map<unknown, unknown>())
    for (const [key, each] of value) copy.set(key, copyOf(each, copies))
    return copy
  }
  if (value instanceof Set) {
    const copy = keep(new Set<unknown>())
    for (const each of value) copy.add(copyOf(each, copies))
    return copy
  }
  if (Array.isArray(value)) {
    const copy = keep([] as unknown[])
    for (const each of value) copy.push(copyOf(each, copies))
    return copy
  }
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null)
    throw new Error(`a state holds a ${value.constructor.name}, which does not say how it is forked`)
  const copy = keep({} as Record<string, unknown>)
  for (const [name, each] of Object.entries(value)) copy[name] = copyOf(each, copies)
  return copy
}

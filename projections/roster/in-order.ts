/** Sorted by one key after the other; names as people sort them, what has no number last. */
export function inOrder<T>(items: readonly T[], keys: (item: T) => readonly (string | number | null)[]): T[] {
  return items
    .map((item) => ({ item, by: keys(item) }))
    .sort((a, b) => {
      for (const [i, key] of a.by.entries()) {
        const order = compared(key, b.by[i] ?? null)
        if (order !== 0) return order
      }
      return 0
    })
    .map(({ item }) => item)
}

function compared(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), 'en')
}

import type { FileRow } from './rows.ts'

export interface Ordered {
  /** Parents first, else in the order of the file. */
  readonly rows: readonly FileRow[]
  /** Rows inside a circle that is, in the end, inside them. */
  readonly cyclic: readonly FileRow[]
}

/** Orders rows of circles so that the first row of a parent comes before the rows inside it. */
export function parentsFirst(rows: readonly FileRow[]): Ordered {
  const keys = new Set(rows.map(({ row }) => row.circle))
  const placed = new Set<unknown>()
  const waiting = new Map<unknown, FileRow[]>()
  const ordered: FileRow[] = []
  const place = (first: FileRow) => {
    const queue = [first]
    for (let each = queue.pop(); each; each = queue.pop()) {
      ordered.push(each)
      const { circle } = each.row
      if (placed.has(circle)) continue
      placed.add(circle)
      queue.push(...(waiting.get(circle) ?? []).toReversed())
      waiting.delete(circle)
    }
  }
  for (const each of rows) {
    const { parent } = each.row
    // A parent that no row brings is in the book already, or was reported.
    if (parent == null || !keys.has(parent) || placed.has(parent)) place(each)
    else waiting.set(parent, [...(waiting.get(parent) ?? []), each])
  }
  return { rows: ordered, cyclic: [...waiting.values()].flat().sort((a, b) => a.line - b.line) }
}

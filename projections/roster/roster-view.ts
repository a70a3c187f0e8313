import { HoldingLog, type HoldingVersion } from '../../commands/roles/holding-log.ts'

export type { HoldingVersion }
export type HoldingKey = 'personId' | 'roleId' | 'circleId'

const NONE: readonly HoldingVersion[] = []

/** Every version of every holding, and where to find those of one person, role or circle. */
export class RosterView {
  readonly holdings = new HoldingLog()
  readonly all: HoldingVersion[] = []
  /** Earliest beginning and latest end (ms) of each of `all`: a look over the whole roster reads these alone. */
  readonly earliest: number[] = []
  readonly latest: number[] = []
  // Made when first asked for: a book that is loaded to be written to, or to be compared, needs none of them.
  readonly #indexes = new Map<HoldingKey, Map<string, HoldingVersion[]>>()

  place(versions: readonly HoldingVersion[]): void {
    for (const version of versions) {
      this.all.push(version)
      this.earliest.push(version.from.earliest)
      this.latest.push(version.to.latest)
      for (const [key, index] of this.#indexes) list(index, version.fact[key], version)
    }
  }

  /** The versions whose person, role or circle is the one named. */
  of(key: HoldingKey, id: string): readonly HoldingVersion[] {
    let index = this.#indexes.get(key)
    if (!index) {
      index = new Map()
      for (const version of this.all) list(index, version.fact[key], version)
      this.#indexes.set(key, index)
    }
    return index.get(id) ?? NONE
  }

  /** What a digest is made over: whether an index was asked for is no part of what the book says. */
  digestForm() {
    return { holdings: this.holdings.facts, earliest: this.earliest, latest: this.latest }
  }
}

function list(index: Map<string, HoldingVersion[]>, id: string, version: HoldingVersion): void {
  const versions = index.get(id)
  if (versions) versions.push(version)
  else index.set(id, [version])
}

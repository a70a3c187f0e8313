import { emptyRoot, hashBytes, nodeHash, writeNodeHash } from './merkle-hash.ts'

/** The hashes of one height of the tree, packed; only nodes over full subtrees, which never change again. */
interface Level {
  bytes: Buffer
  count: number
}

/**
 * The Merkle tree over a book's leaf hashes (RFC 9162 section 2.1, the same tree as RFC 6962).
 *
 * Appending only keeps the leaf hash. Inner nodes are computed when a root or a proof is first asked for, then kept,
 * so roots and proofs of every earlier size stay available, each at the cost of O(log n) hashes.
 * Hashes go in and out as base64url without padding.
 */
export class MerkleTree {
  readonly #waiting: string[] = []
  readonly #levels: Level[] = [{ bytes: Buffer.alloc(0), count: 0 }]
  #size = 0

  /** Number of leaves. */
  get size(): number {
    return this.#size
  }

  /** Appends a leaf hash (see `leafHash`). Throws RangeError if it has not the length of one. */
  append(leaf: string): void {
    if (leaf.length !== 43) throw new RangeError(`leaf ${this.#size} is not a hash`)
    this.#waiting.push(leaf)
    this.#size += 1
  }

  /**
   * Root of the first `size` leaves, by default of all.
   * Throws RangeError if the tree never had that size, or if a leaf turns out not to be base64url.
   */
  rootAt(size: number = this.#size): string {
    this.#compute(size)
    return size === 0 ? emptyRoot : this.#hashOf(0, size).toString('base64url')
  }

  /**
   * Proof that leaf `index` is in the tree of the first `size` leaves: the sibling hashes from the leaf upwards
   * (RFC 9162 section 2.1.3.1). Throws RangeError unless 0 ≤ index < size ≤ the tree's size.
   */
  inclusionProof(index: number, size: number = this.#size): string[] {
    this.#compute(size)
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
      throw new RangeError(`leaf ${index} is not in a tree of ${size}`)
    }
    const proof: string[] = []
    let start = 0
    let end = size
    while (end - start > 1) {
      const middle = start + splitOf(end - start)
      const inLeft = index < middle
      proof.push((inLeft ? this.#hashOf(middle, end) : this.#hashOf(start, middle)).toString('base64url'))
      if (inLeft) end = middle
      else start = middle
    }
    return proof.reverse()
  }

  /**
   * Proof that the tree of `newSize` leaves continues the one of `oldSize` (RFC 9162 section 2.1.4.1). Empty when the
   * sizes are equal or the old tree is empty. Throws RangeError unless 0 ≤ oldSize ≤ newSize ≤ the tree's size.
   */
  consistencyProof(oldSize: number, newSize: number = this.#size): string[] {
    this.#compute(newSize)
    if (!Number.isSafeInteger(oldSize) || oldSize < 0 || oldSize > newSize) {
      throw new RangeError(`a tree of ${newSize} does not continue one of ${oldSize}`)
    }
    if (oldSize === 0 || oldSize === newSize) return []
    const proof: string[] = []
    let start = 0
    let end = newSize
    // Down to the subtree that ends where the old tree ended.
    while (end !== oldSize) {
      const middle = start + splitOf(end - start)
      const inLeft = oldSize <= middle
      proof.push((inLeft ? this.#hashOf(middle, end) : this.#hashOf(start, middle)).toString('base64url'))
      if (inLeft) end = middle
      else start = middle
    }
    // The verifier knows the old root; a subtree that is not the whole old tree has to be given.
    if (start > 0) proof.push(this.#hashOf(start, end).toString('base64url'))
    return proof.reverse()
  }

  /** Hash of the subtree over leaves start … end − 1, where `start` is a multiple of its full width. */
  #hashOf(start: number, end: number): Buffer {
    const width = end - start
    const height = heightOf(width)
    if (2 ** height === width) return this.#nodeAt(height, start / width)
    const middle = start + splitOf(width)
    return nodeHash(this.#hashOf(start, middle), this.#hashOf(middle, end))
  }

  #nodeAt(height: number, place: number): Buffer {
    const level = this.#levels[height]
    if (level === undefined || place >= level.count) throw new RangeError('the tree has no such node')
    return level.bytes.subarray(place * hashBytes, (place + 1) * hashBytes)
  }

  #compute(size: number): void {
    if (!Number.isSafeInteger(size) || size < 0 || size > this.#size) {
      throw new RangeError(`a tree of ${this.#size} leaves has no size ${size}`)
    }
    if (this.#waiting.length === 0) return
    let level = this.#packWaiting()
    for (let height = 1; level.count > 1; height++) {
      const parents = this.#levels[height] ?? { bytes: Buffer.alloc(0), count: 0 }
      this.#levels[height] = parents
      const full = level.count >> 1
      reserve(parents, full)
      for (let place = parents.count; place < full; place++) {
        const at = 2 * place * hashBytes
        const left = level.bytes.subarray(at, at + hashBytes)
        const right = level.bytes.subarray(at + hashBytes, at + 2 * hashBytes)
        writeNodeHash(left, right, parents.bytes, place * hashBytes)
      }
      parents.count = full
      level = parents
    }
  }

  #packWaiting(): Level {
    const [leaves = { bytes: Buffer.alloc(0), count: 0 }] = this.#levels
    reserve(leaves, this.#size)
    let at = leaves.count * hashBytes
    for (const text of this.#waiting) {
      if (leaves.bytes.write(text, at, 'base64url') !== hashBytes) {
        throw new RangeError(`leaf ${at / hashBytes} is not a hash`)
      }
      at += hashBytes
    }
    leaves.count = this.#size
    this.#waiting.length = 0
    return leaves
  }
}

/** The largest power of two smaller than `width`: where RFC 9162 splits a tree into left and right. */
function splitOf(width: number): number {
  return 2 ** (heightOf(width) - 1)
}

/** Height of the tree over `width` leaves, 1 … 2³² − 1: the binary logarithm, rounded up. */
function heightOf(width: number): number {
  return 32 - Math.clz32(width - 1)
}

function reserve(level: Level, count: number): void {
  if (level.bytes.length >= count * hashBytes) return
  const bytes = Buffer.allocUnsafeSlow(Math.max(count, 2 * level.count) * hashBytes)
  level.bytes.copy(bytes, 0, 0, level.count * hashBytes)
  level.bytes = bytes
}

import { emptyRoot, hashFromText, nodeHash } from './merkle-hash.ts'

/** What an inclusion proof claims: that a leaf is number `index` of the `size` leaves under `root`. */
export interface Inclusion {
  /** Leaf hash, base64url without padding, as all hashes here. */
  readonly leaf: string
  readonly index: number
  readonly size: number
  readonly root: string
  /** Sibling hashes, from the leaf upwards. */
  readonly proof: readonly string[]
}

/** What a consistency proof claims: that the tree with `newRoot` begins with the very leaves of the one with `oldRoot`. */
export interface Consistency {
  readonly oldSize: number
  readonly oldRoot: string
  readonly newSize: number
  readonly newRoot: string
  readonly proof: readonly string[]
}

/** Whether the inclusion proof holds. Never throws. Source: RFC 9162 section 2.1.3.2. */
export function verifyInclusion(claim: Inclusion): boolean {
  const { index, size } = claim
  if (!areSizes(index, size) || index >= size) return false
  let hash = hashFromText(claim.leaf)
  let place = index
  let last = size - 1
  for (const text of claim.proof) {
    const sibling = hashFromText(text)
    if (hash === undefined || sibling === undefined || last === 0) return false
    if (isOdd(place) || place === last) {
      hash = nodeHash(sibling, hash)
      // A node without a right sibling is carried up unchanged until it has a left one.
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)]
    } else {
      hash = nodeHash(hash, sibling)
    }
    place = half(place)
    last = half(last)
  }
  return last === 0 && hash !== undefined && hash.toString('base64url') === claim.root
}

/**
 * Whether the consistency proof holds. Never throws. The empty tree is consistent with every later one, and trees of
 * equal size when their roots are equal, both with an empty proof. Source: RFC 9162 section 2.1.4.2.
 */
export function verifyConsistency(claim: Consistency): boolean {
  const { oldSize, oldRoot, newSize, newRoot, proof } = claim
  if (!areSizes(oldSize, newSize) || oldSize > newSize) return false
  if (hashFromText(oldRoot) === undefined || hashFromText(newRoot) === undefined) return false
  if (oldSize === newSize) return proof.length === 0 && oldRoot === newRoot
  if (oldSize === 0) return proof.length === 0 && oldRoot === emptyRoot

  // A full old tree is a subtree of the new one: its root is the first hash, and not repeated in the proof.
  const [first, ...rest] = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof
  if (first === undefined || rest.length === 0) return false
  let place = oldSize - 1
  let last = newSize - 1
  while (isOdd(place)) [place, last] = [half(place), half(last)]
  let oldHash = hashFromText(first)
  let newHash = oldHash
  for (const text of rest) {
    const sibling = hashFromText(text)
    if (oldHash === undefined || newHash === undefined || sibling === undefined || last === 0) return false
    if (isOdd(place) || place === last) {
      oldHash = nodeHash(sibling, oldHash)
      newHash = nodeHash(sibling, newHash)
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)]
    } else {
      newHash = nodeHash(newHash, sibling)
    }
    place = half(place)
    last = half(last)
  }
  if (last !== 0 || oldHash === undefined || newHash === undefined) return false
  return oldHash.toString('base64url') === oldRoot && newHash.toString('base64url') === newRoot
}

// Plain arithmetic rather than shifts: sizes come from outside and may be larger than 32 bits.
const isOdd = (n: number): boolean => n % 2 === 1
const half = (n: number): number => Math.floor(n / 2)

function areSizes(...sizes: readonly number[]): boolean {
  return sizes.every((size) => Number.isSafeInteger(size) && size >= 0)
}

function isPowerOfTwo(n: number): boolean {
  let rest = n
  while (!isOdd(rest)) rest = half(rest)
  return rest === 1
}

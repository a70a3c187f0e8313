import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leafHash } from '../../../src/ledger/proofs/leaf.ts'
import { MerkleTree } from '../../../src/ledger/proofs/merkle-tree.ts'
import { verifyConsistency, verifyInclusion } from '../../../src/ledger/proofs/verify-proof.ts'
import {
  fromHex,
  publishedConsistencies,
  publishedInclusions,
  publishedLeaves,
  publishedRoots,
} from './certificate-transparency.ts'

const sha256 = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
const publishedLeafHashes = publishedLeaves.map((hex) => {
  return sha256(Buffer.of(0), Buffer.from(hex, 'hex')).toString('base64url')
})

function treeOf(leaves: readonly string[]): MerkleTree {
  const tree = new MerkleTree()
  for (const leaf of leaves) tree.append(leaf)
  return tree
}

/** MTH as RFC 9162 section 2.1.1 defines it, word for word. */
function definedRoot(leaves: readonly string[]): Buffer {
  const [first] = leaves
  if (first === undefined) return sha256()
  if (leaves.length === 1) return Buffer.from(first, 'base64url')
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha256(Buffer.of(1), definedRoot(leaves.slice(0, k)), definedRoot(leaves.slice(k)))
}

const leavesOf = (size: number) => Array.from({ length: size }, (_, i) => leafHash(`leaf ${i}`))
const sizes = fc.integer({ min: 1, max: 300 })
const sizeAndIndex = sizes.chain((size) => fc.record({ size: fc.constant(size), index: fc.nat(size - 1) }))
const twoSizes = sizes.chain((newSize) =>
  fc.record({ newSize: fc.constant(newSize), oldSize: fc.integer({ min: 1, max: newSize }) }),
)

/** The proof with one character of one of its hashes changed, so that it is still base64url. */
function tampered(proof: readonly string[], at: number): string[] {
  const node = Math.floor(at / 43) % proof.length
  const place = at % 43
  return proof.map((hash, i) => {
    if (i !== node) return hash
    const other = hash[place] === 'A' ? 'B' : 'A'
    return hash.slice(0, place) + other + hash.slice(place + 1)
  })
}

describe('the published vectors', () => {
  const tree = treeOf(publishedLeafHashes)

  it.each(publishedRoots.entries().toArray())('root of %i leaves', (size, root) => {
    expect(tree.rootAt(size)).toBe(fromHex(root))
  })

  it.each(publishedInclusions)('leaf $index in a tree of $size', ({ index, size, proof }) => {
    const hashes = proof.map(fromHex)
    expect(tree.inclusionProof(index, size)).toEqual(hashes)
    const leaf = publishedLeafHashes[index] ?? ''
    expect(verifyInclusion({ leaf, index, size, root: fromHex(publishedRoots[size] ?? ''), proof: hashes })).toBe(true)
  })

  it.each(publishedConsistencies)('a tree of $newSize continues one of $oldSize', ({ oldSize, newSize, proof }) => {
    const hashes = proof.map(fromHex)
    expect(tree.consistencyProof(oldSize, newSize)).toEqual(hashes)
    const oldRoot = fromHex(publishedRoots[oldSize] ?? '')
    const newRoot = fromHex(publishedRoots[newSize] ?? '')
    expect(verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof: hashes })).toBe(true)
  })
})

describe('roots', () => {
  it('are those of the definition at every size, whenever they are asked for', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 }), (portions) => {
        const leaves = leavesOf(portions.reduce((sum, n) => sum + n, 0))
        const tree = new MerkleTree()
        for (const portion of portions) {
          for (const leaf of leaves.slice(tree.size, tree.size + portion)) tree.append(leaf)
          expect(tree.rootAt()).toBe(definedRoot(leaves.slice(0, tree.size)).toString('base64url'))
        }
        for (let size = 0; size <= tree.size; size++) {
          expect(tree.rootAt(size)).toBe(definedRoot(leaves.slice(0, size)).toString('base64url'))
        }
      }),
      { numRuns: 30 },
    )
  })

  it('are refused for sizes the tree never had', () => {
    const tree = treeOf(leavesOf(3))
    for (const size of [-1, 4, 1.5, Number.NaN]) expect(() => tree.rootAt(size)).toThrow(RangeError)
  })

  it('take hashes only', () => {
    expect(() => new MerkleTree().append('short')).toThrow(RangeError)
    expect(() => treeOf(['!'.repeat(43)]).rootAt()).toThrow(RangeError)
  })
})

describe('inclusion', () => {
  it('is proved for every leaf of a tree, and for no other leaf, place or size', () => {
    fc.assert(
      fc.property(sizeAndIndex, fc.nat(), ({ size, index }, other) => {
        const leaves = leavesOf(size)
        const tree = treeOf(leaves)
        const leaf = leaves[index] ?? ''
        const claim = { leaf, index, size, root: tree.rootAt(), proof: tree.inclusionProof(index) }
        expect(verifyInclusion(claim)).toBe(true)
        expect(verifyInclusion({ ...claim, leaf: leafHash('other') })).toBe(false)
        expect(verifyInclusion({ ...claim, root: leafHash('other') })).toBe(false)
        if (other % size !== index) expect(verifyInclusion({ ...claim, index: other % size })).toBe(false)
        expect(verifyInclusion({ ...claim, index: size })).toBe(false)
        expect(verifyInclusion({ ...claim, proof: [...claim.proof, leafHash('one more')] })).toBe(false)
        if (claim.proof.length > 0) expect(verifyInclusion({ ...claim, proof: claim.proof.slice(1) })).toBe(false)
      }),
    )
  })

  it('fails with any hash of the proof changed', () => {
    fc.assert(
      fc.property(sizeAndIndex, fc.nat(), ({ size, index }, at) => {
        fc.pre(size > 1)
        const leaves = leavesOf(size)
        const tree = treeOf(leaves)
        const proof = tampered(tree.inclusionProof(index), at)
        expect(verifyInclusion({ leaf: leaves[index] ?? '', index, size, root: tree.rootAt(), proof })).toBe(false)
      }),
    )
  })

  it('is refused for a leaf the tree does not have', () => {
    const tree = treeOf(leavesOf(3))
    for (const index of [-1, 3, 0.5]) expect(() => tree.inclusionProof(index)).toThrow(RangeError)
    expect(() => tree.inclusionProof(2, 2)).toThrow(RangeError)
  })

  it('is not proved by what is not even a proof', () => {
    const [leaf = ''] = leavesOf(1)
    expect(verifyInclusion({ leaf, index: 0, size: 1, root: leaf, proof: [] })).toBe(true)
    expect(verifyInclusion({ leaf: 'x', index: 0, size: 1, root: 'x', proof: [] })).toBe(false)
    expect(verifyInclusion({ leaf, index: -1, size: 1, root: leaf, proof: [] })).toBe(false)
    expect(verifyInclusion({ leaf, index: 0, size: 2, root: leaf, proof: ['x'] })).toBe(false)
  })
})

describe('consistency', () => {
  it('is proved for every earlier size, and for no other size or root', () => {
    fc.assert(
      fc.property(twoSizes, fc.nat(), ({ oldSize, newSize }, other) => {
        const tree = treeOf(leavesOf(newSize))
        const [oldRoot, newRoot] = [tree.rootAt(oldSize), tree.rootAt(newSize)]
        const claim = { oldSize, oldRoot, newSize, newRoot, proof: tree.consistencyProof(oldSize, newSize) }
        expect(verifyConsistency(claim)).toBe(true)
        expect(verifyConsistency({ ...claim, oldRoot: leafHash('other') })).toBe(false)
        expect(verifyConsistency({ ...claim, newRoot: leafHash('other') })).toBe(false)
        expect(verifyConsistency({ ...claim, proof: [...claim.proof, leafHash('one more')] })).toBe(false)
        const otherSize = other % newSize
        if (otherSize !== oldSize) expect(verifyConsistency({ ...claim, oldSize: otherSize })).toBe(false)
        if (claim.proof.length > 0) expect(verifyConsistency({ ...claim, proof: claim.proof.slice(1) })).toBe(false)
      }),
    )
  })

  it('fails with any hash of the proof changed', () => {
    fc.assert(
      fc.property(twoSizes, fc.nat(), ({ oldSize, newSize }, at) => {
        fc.pre(oldSize < newSize)
        const tree = treeOf(leavesOf(newSize))
        const [oldRoot, newRoot] = [tree.rootAt(oldSize), tree.rootAt(newSize)]
        const proof = tampered(tree.consistencyProof(oldSize, newSize), at)
        expect(verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof })).toBe(false)
      }),
    )
  })

  it('holds for the empty tree and every later one', () => {
    const tree = treeOf(leavesOf(5))
    const claim = {
      oldSize: 0,
      oldRoot: tree.rootAt(0),
      newSize: 5,
      newRoot: tree.rootAt(),
      proof: tree.consistencyProof(0),
    }
    expect(verifyConsistency(claim)).toBe(true)
    expect(verifyConsistency({ ...claim, oldRoot: tree.rootAt(1) })).toBe(false)
  })

  it('does not hold for a fork', () => {
    const tree = treeOf(leavesOf(9))
    const fork = treeOf([...leavesOf(4), leafHash('another'), ...leavesOf(9).slice(5)])
    const claim = { oldSize: 6, oldRoot: tree.rootAt(6), newSize: 9, newRoot: fork.rootAt() }
    expect(verifyConsistency({ ...claim, proof: fork.consistencyProof(6) })).toBe(false)
    expect(verifyConsistency({ ...claim, proof: tree.consistencyProof(6) })).toBe(false)
  })

  it('is refused for a size beyond the newer one', () => {
    const tree = treeOf(leavesOf(5))
    expect(() => tree.consistencyProof(4, 3)).toThrow(RangeError)
    expect(() => tree.consistencyProof(3, 6)).toThrow(RangeError)
    expect(() => tree.consistencyProof(-1, 3)).toThrow(RangeError)
  })
})

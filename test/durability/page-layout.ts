// Which bytes of a SQLite file say something, https://sqlite.org/fileformat2.html. Only what a ledger has: no pointer maps.

/** Says of every byte of a database file whether anything is read from it. */
export interface PageLayout {
  readonly pageSize: number
  /** Number of bytes that say something. */
  readonly used: number
  isUsed(offset: number): boolean
}

const FILE_HEADER = 100
/** Bytes 72 to 91 of the file are reserved for expansion. */
const RESERVED_IN_HEADER = { from: 72, to: 92 } as const
const KINDS = { indexInterior: 0x02, tableInterior: 0x05, indexLeaf: 0x0a, tableLeaf: 0x0d } as const

/** Reads the layout of a sound file. `roots` are the root pages of its tables and indexes, that of the schema included. */
export function pageLayout(file: Buffer, roots: readonly number[]): PageLayout {
  const walk = new Walk(file)
  walk.header()
  walk.freelist()
  for (const root of roots) walk.tree(root)
  const unseen = walk.unseenPages()
  if (unseen.length > 0) throw new Error(`pages of no tree and no list: ${unseen.join(', ')}`)
  return {
    pageSize: walk.pageSize,
    used: walk.used.reduce((sum, byte) => sum + byte, 0),
    isUsed: (offset) => walk.used[offset] === 1,
  }
}

class Walk {
  readonly used: Uint8Array
  readonly pageSize: number
  readonly #usable: number
  readonly #file: Buffer
  readonly #seen = new Set<number>()

  constructor(file: Buffer) {
    this.#file = file
    this.used = new Uint8Array(file.length)
    const size = file.readUInt16BE(16)
    this.pageSize = size === 1 ? 65_536 : size
    this.#usable = this.pageSize - file.readUInt8(20)
  }

  header(): void {
    this.#use(0, RESERVED_IN_HEADER.from)
    this.#use(RESERVED_IN_HEADER.to, FILE_HEADER)
  }

  /** Trunk pages name the leaves; of a leaf nothing is read. */
  freelist(): void {
    for (let trunk = this.#file.readUInt32BE(32); trunk !== 0; ) {
      const at = this.#see(trunk)
      const leaves = this.#file.readUInt32BE(at + 4)
      this.#use(at, at + 8 + 4 * leaves)
      for (let leaf = 0; leaf < leaves; leaf += 1) this.#see(this.#file.readUInt32BE(at + 8 + 4 * leaf))
      trunk = this.#file.readUInt32BE(at)
    }
  }

  tree(page: number): void {
    const start = this.#see(page)
    const header = start + (page === 1 ? FILE_HEADER : 0)
    const kind = this.#file.readUInt8(header)
    const isInterior = kind === KINDS.tableInterior || kind === KINDS.indexInterior
    const pointers = header + (isInterior ? 12 : 8)
    const cells = this.#file.readUInt16BE(header + 3)
    this.#use(header, pointers + 2 * cells)
    for (let cell = 0; cell < cells; cell += 1) {
      const at = start + this.#file.readUInt16BE(pointers + 2 * cell)
      this.#cell(kind, at)
      if (isInterior) this.tree(this.#file.readUInt32BE(at))
    }
    if (isInterior) this.tree(this.#file.readUInt32BE(header + 8))
    this.#freeblocks(start, this.#file.readUInt16BE(header + 1))
  }

  unseenPages(): readonly number[] {
    return Array.from({ length: this.#file.length / this.pageSize }, (_, index) => index + 1).filter(
      (page) => !this.#seen.has(page),
    )
  }

  #cell(kind: number, from: number): void {
    let at = from
    if (kind === KINDS.tableInterior || kind === KINDS.indexInterior) at += 4
    if (kind === KINDS.tableInterior) {
      const [, end] = this.#varint(at)
      this.#use(from, end)
      return
    }
    if (kind !== KINDS.tableLeaf && kind !== KINDS.indexLeaf && kind !== KINDS.indexInterior) {
      throw new Error(`a page of the unknown kind ${kind}`)
    }
    const [payload, afterSize] = this.#varint(at)
    const body = kind === KINDS.tableLeaf ? this.#varint(afterSize)[1] : afterSize
    const local = this.#localSize(payload, kind === KINDS.tableLeaf)
    const end = body + local + (local < payload ? 4 : 0)
    this.#use(from, end)
    if (local < payload) this.#overflow(this.#file.readUInt32BE(body + local), payload - local)
  }

  #overflow(first: number, bytes: number): void {
    let left = bytes
    for (let page = first; page !== 0; ) {
      const at = this.#see(page)
      const here = Math.min(left, this.#usable - 4)
      this.#use(at, at + 4 + here)
      left -= here
      page = this.#file.readUInt32BE(at)
    }
    if (left !== 0) throw new Error('an overflow chain is too short')
  }

  /** Of a free block only its head is read: where the next one is, and its own size. */
  #freeblocks(start: number, first: number): void {
    for (let block = first; block !== 0; block = this.#file.readUInt16BE(start + block)) {
      this.#use(start + block, start + block + 4)
    }
  }

  #localSize(payload: number, isTable: boolean): number {
    const most = isTable ? this.#usable - 35 : Math.floor(((this.#usable - 12) * 64) / 255) - 23
    if (payload <= most) return payload
    const least = Math.floor(((this.#usable - 12) * 32) / 255) - 23
    const fitting = least + ((payload - least) % (this.#usable - 4))
    return fitting <= most ? fitting : least
  }

  /** A number of one to nine bytes, and where it ends. Payload sizes and the row ids of a test fit a double. */
  #varint(at: number): readonly [number, number] {
    let value = 0
    for (let index = 0; index < 8; index += 1) {
      const byte = this.#file.readUInt8(at + index)
      value = value * 128 + (byte & 0x7f)
      if (byte < 0x80) return [value, at + index + 1]
    }
    return [value * 256 + this.#file.readUInt8(at + 8), at + 9]
  }

  #see(page: number): number {
    if (this.#seen.has(page)) throw new Error(`page ${page} is used twice`)
    this.#seen.add(page)
    return (page - 1) * this.pageSize
  }

  #use(from: number, to: number): void {
    this.used.fill(1, from, to)
  }
}

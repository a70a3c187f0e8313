/** The two books of a community: `open` is read by every member, `private` by its parties only. */
export type BookName = 'open' | 'private'

/** Names one book of one community; one book is one stream in every store. */
export interface BookId {
  readonly community: string
  readonly book: BookName
}

/** Gapless, 0-based place of a record in its book. */
export type Revision = number

/** The stream name of a book, the same in every store. */
export function streamName(id: BookId): string {
  return id.book === 'open' ? `hearthbook-${id.community}` : `hearthbook-${id.community}-private`
}

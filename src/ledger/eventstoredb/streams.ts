import { type BookId, streamName } from '../../kernel/book.ts'

/** What the streams of all books begin with, and no other stream of ours. */
export const BOOK_PREFIX = 'hearthbook-'

/** Lists the streams of all books. No community has a colon in its name, so none can have this stream. */
export const CATALOGUE = 'hearthbook:books'

const PRIVATE_SUFFIX = '-private'

/** The stream of a book. @throws RangeError for an open book whose stream would be another community's private one. */
export function streamOf(id: BookId): string {
  if (id.book === 'open' && id.community.endsWith(PRIVATE_SUFFIX))
    throw new RangeError(`a community cannot be called "${id.community}": the stream is that of a private book`)
  return streamName(id)
}

/** The book that a stream holds; undefined for a stream that holds none. */
export function bookOf(stream: string): BookId | undefined {
  if (!stream.startsWith(BOOK_PREFIX)) return undefined
  const name = stream.slice(BOOK_PREFIX.length)
  return name.endsWith(PRIVATE_SUFFIX)
    ? { community: name.slice(0, -PRIVATE_SUFFIX.length), book: 'private' }
    : { community: name, book: 'open' }
}

/** Where the store keeps who may enter a stream. */
export function metastreamOf(stream: string): string {
  return `$$${stream}`
}

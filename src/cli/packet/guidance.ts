/** What a packet tells whoever holds it: part of its text, so a packet of one version of these words stays that version's. */
export const HOW_TO_CHECK: readonly string[] = [
  '1. `hearthbook packet verify <this file>` checks every record carried here against its hash and against the root of the',
  '   book, then makes everything above anew from those records alone and compares. It needs no network and no keys.',
  '2. With a checkpoint or receipt that somebody kept, add `--checkpoint <file>` or `--receipt <file>`.',
  '3. With the exported book, `hearthbook packet rebuild <this file> --book <book>` makes the same bytes anew from all its',
  '   records. That alone shows that nothing that bears on this was left out.',
]

export const WHAT_IT_PROVES: readonly string[] = [
  'It proves that the records carried here are records of a book with this root, unchanged, and that what stands above follows',
  'from them. It does not prove that what they say is true, that everything that happened was recorded, or, unless a checkpoint',
  'or receipt that somebody kept is held against it, that this is the book everybody saw. That no record was left out shows',
  'only against the whole book. Nothing of what is private is in it.',
]

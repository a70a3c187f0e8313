import { distance } from 'fastest-levenshtein'
import { plain } from './plain.ts'

// "Sam" may be Samuel; "S" alone may be anybody.
const SHORTEST_FIRST_NAME = 3
// Slips of the pen: one in five letters, two at most.
const SLIPS = { share: 0.2, most: 2 } as const

/** A name as it stands in a cell: in the order people say it, and what stood in brackets beside it. */
export interface CellName {
  readonly name: string
  readonly remark?: string
  /** Several people seem to share the cell. */
  readonly several?: readonly string[]
}

/** Reads a cell of names: `Kim, Samuel (acting)`. */
export function readNameCell(cell: string): CellName {
  const [, before = '', remark, after = ''] = /^(.*?)\s*[([]([^)\]]*)[)\]]\s*(.*)$/.exec(cell) ?? [undefined, cell]
  const name = inSpokenOrder(`${before} ${after}`.replaceAll(/\s+/g, ' ').trim())
  const parts = name.split(/\s*(?:[;&+/]|\b(?:and|und|et|y|en|e|och)\b)\s*/).filter((part) => part !== '')
  return {
    name,
    ...(remark ? { remark } : {}),
    ...(parts.length > 1 ? { several: parts } : {}),
  }
}

function inSpokenOrder(name: string): string {
  const parts = name.split(',').map((part) => part.trim())
  const [last = '', first = ''] = parts
  return parts.length === 2 && last !== '' && first !== '' ? `${first} ${last}` : name
}

/** Whether two names may be one person's, or two words one role: `Sam K` and `Samuel Kim`, `José` and `Jose`. */
export function mayBeSame(a: string, b: string): boolean {
  const [one, two] = [formOf(a), formOf(b)]
  if (one.whole === '' || two.whole === '') return false
  if (one.whole === two.whole) return true
  const [short, long] = [one.whole.length, two.whole.length]
  const slips = Math.min(SLIPS.most, Math.floor(Math.max(short, long) * SLIPS.share))
  const near = Math.abs(short - long) <= slips && distance(one.whole, two.whole) <= slips
  return near || isShort(one.words, two.words) || isShort(two.words, one.words)
}

interface Form {
  readonly whole: string
  readonly words: readonly string[]
}

// Every name is compared with every other.
const forms = new Map<string, Form>()

function formOf(text: string): Form {
  const known = forms.get(text)
  if (known) return known
  const whole = plain(text)
  const form = { whole, words: whole.split(' ') }
  forms.set(text, form)
  return form
}

/** Whether the words of the one are what the other's are shortened to, in either order. */
function isShort(words: readonly string[], full: readonly string[]): boolean {
  const [only = ''] = words
  if (words.length === 1)
    return full.length > 1 && only.length >= SHORTEST_FIRST_NAME && (full[0] ?? '').startsWith(only)
  if (words.length !== full.length) return false
  return beginEach(words, full) || beginEach(words.toReversed(), full)
}

function beginEach(words: readonly string[], full: readonly string[]): boolean {
  return words.every((word, i) => full[i]?.startsWith(word)) && words.some((word) => word.length > 1)
}

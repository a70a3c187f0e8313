import { h, type JSX } from 'preact'
import type { Frame } from './answers.ts'
import { dateWords, when } from './dates.ts'

/** Where on both axes a page stands, in a sentence: `On 15 March 2024, as the record stood on 20 March 2024.` */
export function pointWords({ asOf, asKnownAt, record }: Frame, pinned: boolean): string {
  const on = asOf === undefined ? '' : `On ${dateWords(asOf)}, `
  if (record === 'nothing-recorded-yet') return sentence(`${on}as the record stood before anything was in it`)
  return sentence(
    `${on}as ${pinned && asKnownAt !== null ? `the record stood with what it learned on ${dateWords(asKnownAt)}` : 'the record says now'}`,
  )
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** At the foot of a page: which record it was read from, and the links that repeat it for ever. */
export function foot({ atRevision, asKnownAt, head, permalink }: Frame, own: string): JSX.Element {
  const read =
    atRevision < 0
      ? 'Nothing was in the record then.'
      : [`Read from the record up to revision ${atRevision}, of `, asKnownAt === null ? '' : when(asKnownAt), '.']
  return h(
    'footer',
    { class: 'point' },
    h('p', null, read, head.revision > atRevision ? ` It has come to revision ${head.revision} since.` : null),
    h('p', null, h('a', { href: own }, 'This page for ever'), ' · ', h('a', { href: permalink }, 'The same as data')),
  )
}

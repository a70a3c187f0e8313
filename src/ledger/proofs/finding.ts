import type { Revision } from '../../kernel/book.ts'

/**
 * What can be wrong with a book:
 *
 * - `edited`: a text is not the one its hash, or the record after it, was made from
 * - `deleted`: records are missing before the last one
 * - `inserted`: a record that the chain passes over
 * - `reordered`: records stand in another order than they were written in
 * - `misplaced`: what is stored beside a text, or asked for, is not what the text says
 * - `time-went-back`: a record says it was recorded before the one before it
 * - `cut-off`: a checkpoint or receipt covers records that are no longer there
 * - `rewritten`: the book is not the one a checkpoint or receipt was made from, though its own chain may hold
 * - `bad-signature`: a checkpoint that the holder of the verifier key did not sign
 * - `unreadable`: a text, checkpoint, receipt or key that cannot be read
 */
export type FindingKind =
  | 'edited'
  | 'deleted'
  | 'inserted'
  | 'reordered'
  | 'misplaced'
  | 'time-went-back'
  | 'cut-off'
  | 'rewritten'
  | 'bad-signature'
  | 'unreadable'

/** One thing that is wrong, with the first revision concerned and a sentence or two for people. */
export interface Finding {
  readonly kind: FindingKind
  /** First revision concerned; 0 where a checkpoint or key cannot be used at all. */
  readonly revision: Revision
  readonly message: string
}

/**
 * Findings about records, those of one kind at revisions that follow each other taken as one: when every record from
 * some point on is concerned, people need to read that point, not a line for each.
 */
export function summarised(findings: readonly Finding[]): Finding[] {
  const runs: { first: Finding; last: Revision }[] = []
  const openRuns = new Map<FindingKind, { first: Finding; last: Revision }>()
  for (const finding of findings.toSorted((a, b) => a.revision - b.revision)) {
    const open = openRuns.get(finding.kind)
    if (open !== undefined && finding.revision === open.last + 1) {
      open.last = finding.revision
    } else {
      const run = { first: finding, last: finding.revision }
      openRuns.set(finding.kind, run)
      runs.push(run)
    }
  }
  return runs.map(({ first, last }) =>
    last === first.revision
      ? first
      : { ...first, message: `${first.message} Findings of this kind go on up to revision ${last}.` },
  )
}

import { z } from 'zod'
import { instantText } from '../kernel/dates.ts'
import type { AnyCommand } from '../kernel/define-command.ts'
import type { AnyNotices, Notice } from '../kernel/define-notices.ts'
import { canonicalHash } from './canonical.ts'
import type { Fingerprints } from './fingerprints.ts'
import type { Submission } from './submission.ts'

/** What of a community is due by a moment and not written yet, and when the next is. */
export interface DueNotices {
  readonly submissions: readonly Submission[]
  /** ms since 1970; undefined where nothing is to come. */
  readonly next: number | undefined
}

/**
 * Sorts the notices a rule calls for into those due by `now`, as submissions of the engine's own, and the next to come.
 * The command id is made of rule, subject and due time: however often and by whomever they are submitted, each is
 * written once.
 */
export function dueNotices(
  rules: readonly { readonly rule: AnyNotices; readonly notices: readonly Notice[] }[],
  now: number,
  fingerprints: Fingerprints,
  isWritten: (commandId: string) => boolean,
): DueNotices {
  const due: { readonly dueAt: number; readonly submission: Submission }[] = []
  let next: number | undefined
  for (const { rule, notices } of rules) {
    for (const notice of notices) {
      if (notice.dueAt > now) {
        if (Number.isFinite(notice.dueAt) && (next === undefined || notice.dueAt < next)) next = notice.dueAt
        continue
      }
      const commandId = fingerprints.of('notice', rule.name, notice.about, instantText(notice.dueAt))
      if (!isWritten(commandId)) due.push({ dueAt: notice.dueAt, submission: submissionOf(rule, notice, commandId) })
    }
  }
  return { submissions: due.toSorted((a, b) => a.dueAt - b.dueAt).map(({ submission }) => submission), next }
}

function submissionOf(rule: AnyNotices, { about, dueAt, event }: Notice, commandId: string): Submission {
  const command: AnyCommand = {
    name: 'AdvanceTime',
    summary: 'Internal: notices that a date was reached.',
    book: rule.book,
    who: 'operator',
    schema: z.strictObject({}),
    reads: {},
    http: { method: 'POST', path: '' },
    refusals: {},
    decide: () => [event],
  }
  return {
    command,
    input: {},
    actor: { kind: 'engine' },
    via: 'timer',
    commandId,
    requestHash: canonicalHash({ rule: rule.name, about, dueAt }),
    correlationId: commandId,
  }
}

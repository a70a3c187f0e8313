import type { Parts } from '../../src/kernel/parts.ts'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import type { Change, DecisionClass } from '../proposals/decision-facts.ts'

/** Which class of decision a change takes, where any other is too little, or is not how it is decided. */
const CLASS_OF: Readonly<Record<string, DecisionClass>> = {
  AmendPolicy: 'constitutional',
  RecallFromRole: 'recall',
  EndMembership: 'recall',
}

/**
 * Refuses changes that no proposal of the class can carry: NOT_EXECUTABLE. One that ends a role or a membership together
 * carries that and nothing else, since no objection stops it.
 */
export function notExecutable(
  changes: readonly Change[] | undefined,
  decisionClass: DecisionClass,
  parts: Parts,
): Refusal | undefined {
  if (changes === undefined)
    return decisionClass === 'recall'
      ? refuse('NOT_EXECUTABLE', { pointer: '/changes', message: 'Name whose role or membership would end.' })
      : undefined
  for (const [index, { command }] of changes.entries()) {
    const needed = CLASS_OF[command]
    if (needed === decisionClass || (needed === undefined && decisionClass !== 'recall')) continue
    return refuse('NOT_EXECUTABLE', {
      pointer: `/changes/${index}/command`,
      facts: { index, command, decisionClass, ...(needed === undefined ? {} : { needed }) },
      message: needed
        ? `${command} is decided by a ${needed} proposal.`
        : `A recall proposal ends a role or a membership, and does nothing else.`,
    })
  }
  return parts.check(changes)
}

/** Whose roles or memberships changes would end. */
export function endedBy(changes: readonly Change[] | undefined): readonly string[] {
  const ids = (changes ?? []).flatMap(({ command, input: { memberId } }) =>
    CLASS_OF[command] === 'recall' && typeof memberId === 'string' ? [memberId] : [],
  )
  return [...new Set(ids)]
}

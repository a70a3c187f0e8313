import type { Parts } from '../../src/kernel/parts.ts'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'
import type { Change, DecisionClass } from '../proposals/decision-facts.ts'

/** Changes that end what is another person's. */
const ENDING: readonly string[] = ['RecallFromRole', 'EndMembership']

/** In which classes of decision a change may be carried, where not in all but a recall. */
const CLASSES_OF: Readonly<Record<string, readonly DecisionClass[]>> = {
  AmendPolicy: ['constitutional'],
  // A constitutional proposal that ends something is no easier to adopt than a recall, and objections stop it too.
  RecallFromRole: ['recall', 'constitutional'],
  EndMembership: ['recall', 'constitutional'],
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
    const classes = CLASSES_OF[command]
    if (classes ? classes.includes(decisionClass) : decisionClass !== 'recall') continue
    return refuse('NOT_EXECUTABLE', {
      pointer: `/changes/${index}/command`,
      facts: { index, command, decisionClass, ...(classes === undefined ? {} : { classes }) },
      message: classes
        ? `${command} is decided by a proposal of the class ${classes.join(' or ')}.`
        : 'A recall proposal ends a role or a membership, and does nothing else.',
    })
  }
  return parts.check(changes)
}

/** Whose roles or memberships changes would end. */
export function endedBy(changes: readonly Change[] | undefined): readonly string[] {
  const ids = (changes ?? []).flatMap(({ command, input: { memberId } }) =>
    ENDING.includes(command) && typeof memberId === 'string' ? [memberId] : [],
  )
  return [...new Set(ids)]
}

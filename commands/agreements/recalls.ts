import type { Mandate } from '../../src/kernel/parts.ts'
import { type Refusal, refuse } from '../../src/kernel/refusal.ts'

export const RECALL_NEEDS_ADOPTED_PROPOSAL =
  "Nobody ends what is another person's but all together: it is done by adopting a recall proposal that carries it."

/** Whether what was decided together may end a role or a membership. */
export function mayEnd(mandate: Mandate | undefined): mandate is Mandate {
  return mandate?.decisionClass === 'recall' || mandate?.decisionClass === 'constitutional'
}

/**
 * Refuses to end a role or a membership by itself. What was adopted is done by adopting it, so nobody afterwards has a
 * mandate left over with which to end anything more.
 */
export function notByItself(): Refusal {
  return refuse('RECALL_NEEDS_ADOPTED_PROPOSAL', { message: RECALL_NEEDS_ADOPTED_PROPOSAL })
}

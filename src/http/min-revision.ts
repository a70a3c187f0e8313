import type { Engine } from '../engine/engine.ts'
import type { Revision } from '../kernel/book.ts'
import type { Refusal } from '../kernel/refusal.ts'

export const MIN_REVISION =
  'The answer is from no earlier revision of the open book than this: a node that is behind reads on before it answers'

/**
 * Waits until the node has come to what a reader needs. A revision that is only asked about may turn out not to exist
 * when the question is answered. @returns why it cannot have come to the least one that was asked for.
 */
export async function notReached(
  engine: Engine,
  community: string,
  least: Revision | undefined,
  about?: Revision,
): Promise<Refusal | undefined> {
  if (about !== undefined) await engine.reach(community, about)
  return least === undefined ? undefined : engine.reach(community, least)
}

import type { Engine } from '../engine/engine.ts'
import type { Standing } from '../engine/ports.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { isCommunityName } from '../kernel/text.ts'
import type { Caller } from './authorization.ts'

/** The community's standing; undefined where there is none of the name, and then nothing is loaded or made for it. */
export async function standingOf(engine: Engine, community: string): Promise<Standing | undefined> {
  if (!isCommunityName(community) || !(await engine.exists(community))) return undefined
  return (await engine.community(community)).standing
}

/**
 * Lets a caller in by what the community knows of them. Somebody with credentials is not turned away before the books
 * were read on: they may have joined at another node a moment ago.
 */
export async function letIn<T>(
  engine: Engine,
  caller: Caller,
  community: string,
  judge: (standing: Standing | undefined) => T | Refusal,
): Promise<{ readonly result: T | Refusal; readonly standing: Standing | undefined }> {
  const standing = caller === 'unknown' ? undefined : await standingOf(engine, community)
  const result = judge(standing)
  if (!isRefusal(result) || typeof caller === 'string' || !standing) return { result, standing }
  if (!(await engine.catchUp(community))) return { result, standing }
  const later = await standingOf(engine, community)
  return { result: judge(later), standing: later }
}

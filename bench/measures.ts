import { openHearthbook } from '../src/composition/wiring.ts'
import type { ViewDigests } from '../src/engine/view-digests.ts'
import { measureAppends } from './appends.ts'
import { CONGRESS, importCongress } from './congress.ts'
import { measureInfluenceAfterEvent, measureInfluenceSeries } from './influence.ts'
import { measureReplay } from './replay.ts'
import type { Result } from './result.ts'
import { measureRoster } from './roster.ts'

/** What one process of the benchmark is given, and what it found out. */
export interface Step {
  readonly results: readonly Result[]
  /** What the views of the imported record are, for the steps that build them again. */
  readonly digests?: ViewDigests
}

/** The steps in order. Each runs in a process of its own: garbage that one leaves must slow down neither side of the next. */
export const STEPS: Readonly<Record<string, (directory: string, digests: ViewDigests | undefined) => Promise<Step>>> = {
  appends: async () => ({ results: [await measureAppends()] }),
  import: async (directory) => {
    const hearthbook = await openHearthbook({ store: { directory } })
    await importCongress(hearthbook.engine)
    const digests = await (await hearthbook.engine.community(CONGRESS)).digests()
    await hearthbook.close()
    return { results: [], digests }
  },
  replay: (directory, digests) =>
    opened(directory, async (hearthbook) => {
      if (!digests) throw new Error('the import comes before the replay')
      return [await measureReplay(hearthbook, digests)]
    }),
  roster: (directory) => opened(directory, measureRoster),
  influence: async () => ({ results: [await measureInfluenceAfterEvent(), await measureInfluenceSeries()] }),
}

async function opened(
  directory: string,
  measure: (hearthbook: Awaited<ReturnType<typeof openHearthbook>>) => Promise<readonly Result[]>,
): Promise<Step> {
  const hearthbook = await openHearthbook({ store: { directory } })
  try {
    return { results: await measure(hearthbook) }
  } finally {
    await hearthbook.close()
  }
}

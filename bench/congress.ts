import type { Engine } from '../src/engine/engine.ts'
import { importExample } from './example-rows.ts'

/** The community that the example data is imported into. */
export const CONGRESS = 'us-congress'

/** Imports the offices and committees of the United States since 1789, as in examples/us-congress. */
export function importCongress(engine: Engine): Promise<void> {
  return importExample(engine, {
    community: CONGRESS,
    name: 'United States Congress',
    circles: 'us-congress.circles.jsonl',
    holdings: 'us-congress.jsonl.gz',
  })
}

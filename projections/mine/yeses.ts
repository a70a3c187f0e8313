import type { Asked } from '../../commands/asks/events.ts'
import { yesText } from '../../commands/asks/yes-facts.ts'
import { defineProjection } from '../../src/kernel/folds.ts'

/** Every yes of the open book, by what was answered. */
export const yesesProjection = defineProjection<Set<string>>({
  name: 'yeses',
  version: 1,
  summary: 'Which asks were answered with a yes; of the others it knows nothing.',
  initial: () => new Set(),
  every: (view, { data, actor }) => {
    const { asked } = (data ?? {}) as { asked?: Asked }
    if (asked) view.add(yesText(actor, asked))
  },
  cases: [],
})

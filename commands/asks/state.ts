import { defineSlice } from '../../src/kernel/folds.ts'
import type { Asked } from './events.ts'
import { type Yeses, yesText } from './yes-facts.ts'

export const yesesSlice = defineSlice<Yeses>({
  name: 'yeses',
  book: 'open',
  initial: () => new Set(),
  every: (state, { data, actor }) => {
    const { asked } = (data ?? {}) as { asked?: Asked }
    if (asked) state.add(yesText(actor, asked))
  },
  cases: [],
})

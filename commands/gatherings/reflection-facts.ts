import { defineSlice, on } from '../../src/kernel/folds.ts'
import { HostingReflectionGiven } from './events.ts'

export const REFLECTED = ['dignity', 'wellbeing', 'autonomy', 'couldSayNo'] as const

/** What guests answered, from 1 to 5, by gathering and question: without who said what. */
export type Reflections = Map<string, Record<(typeof REFLECTED)[number], number[]>>

export const reflectionsSlice = defineSlice<Reflections>({
  name: 'reflections',
  book: 'private',
  initial: () => new Map(),
  cases: [
    on(HostingReflectionGiven, (state, data) => {
      const known = state.get(data.invitationId) ?? { dignity: [], wellbeing: [], autonomy: [], couldSayNo: [] }
      for (const question of REFLECTED) known[question].push(data[question])
      state.set(data.invitationId, known)
    }),
  ],
})

import { defineSlice, on } from '../../../../../src/kernel/folds.ts'
import { KettleBoiled, KettleScoured } from './events.ts'

export const kettleSlice = defineSlice<{ boilings: number }>({
  name: 'kettle',
  book: 'open',
  initial: () => ({ boilings: 0 }),
  cases: [
    on(KettleBoiled, (state) => {
      state.boilings += 1
    }),
    on(KettleScoured, (state) => {
      state.boilings = 0
    }),
  ],
})

import type { Outcome } from '../../src/engine/submission.ts'
import { personNamed, type Scenario } from '../support/scenario.ts'

/** How one refusal of one command comes about, in a community with the members Ada, Ben and Cyd. */
export interface RefusalCase {
  readonly command: string
  readonly code: string
  readonly because: string
  when(book: Scenario): Promise<Outcome>
}

export const ada = personNamed('ada')
export const ben = personNamed('ben')
export const cyd = personNamed('cyd')
export const dov = personNamed('dov')

/** Ids that have the right form and name nothing. */
export const NOWHERE = {
  circle: `circle_${'x'.repeat(22)}`,
  role: `role_${'x'.repeat(22)}`,
  person: `person_${'x'.repeat(22)}`,
  event: '00000000-0000-8000-8000-000000000000',
}

import type { Answer } from '../support/http.ts'
import type { HttpCommunity } from '../support/http-community.ts'

/** How one refusal of one command comes about over HTTP, in a community with the members Ada, Ben, Cyd and Dov. */
export interface HttpRefusal {
  readonly command: string
  readonly code: string
  readonly because: string
  when(there: HttpCommunity): Promise<Answer>
}

/** An ask that has the right form and that nobody ever asked. */
export const NO_ASK = `ask_${'x'.repeat(22)}`
export const NO_HOLDING = `holding_${'x'.repeat(22)}`

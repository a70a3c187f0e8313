import type { Asked } from './events.ts'

/** Every yes in the open book, by what was answered: how an ask is known to be answered though no yes names it. */
export type Yeses = Set<string>

/** A yes as a text: who said it to what. */
export function yesText(personId: string, { what, about, by, at }: Asked): string {
  return JSON.stringify([personId, what, about, by, at])
}

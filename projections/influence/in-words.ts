import type { z } from 'zod'
import type { figures } from '../roster/figures.ts'

type Figures = z.output<typeof figures>

const BAR = 20

/** A share as a bar. */
function bar(share: number): string {
  const full = Math.round(share * BAR)
  return '█'.repeat(full) + '░'.repeat(BAR - full)
}

/** A figure for people; a dash where a number would mislead. */
export function shownFigure(figure: number | null): string {
  return figure === null ? '–' : String(Number(figure.toFixed(3)))
}

/** How voices are spread, in a few lines. */
export function inWords(
  people: number,
  { evenness, hill, topShare, giniCorrected, nakamoto, reason }: Figures,
): string[] {
  if (evenness === null || topShare === null) return [`There is no figure: ${reason ?? 'too few people'}.`]
  return [
    `Evenness      ${bar(evenness)} ${shownFigure(evenness)}: among ${people}, as if evenly shared by ${shownFigure(hill.n2)}`,
    `Largest share ${bar(topShare)} ${shownFigure(topShare)} of all voices`,
    `Corrected Gini ${shownFigure(giniCorrected)}; ${nakamoto === 1 ? 'one person has' : `${nakamoto} people together have`} more than half.`,
  ]
}

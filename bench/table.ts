import Table from 'cli-table3'
import { isReached, median, type Result } from './result.ts'

/** The results as a table for people. */
export function tableOf(results: readonly Result[]): string {
  const table = new Table({
    head: ['measured', 'against', 'ratio', 'spread', 'goal', ''],
    style: { head: [], border: [] },
    colWidths: [36, 44, 9, 15, 9, 13],
    wordWrap: true,
  })
  for (const result of results) {
    const { ratios, name, measured, peer, against } = result
    table.push([
      `${name}: ${measured}`,
      `${peer}: ${against}`,
      digits(median(ratios)),
      `${digits(Math.min(...ratios))} – ${digits(Math.max(...ratios))}`,
      goalText(result),
      verdict(result),
    ])
  }
  return table.toString()
}

/** The results for programs: the same, with what else was found out. */
export function jsonOf(results: readonly Result[]): string {
  const lines = results.map((result) => ({ ...result, ratio: median(result.ratios), reached: isReached(result) }))
  return `${JSON.stringify({ node: process.version, results: lines }, undefined, 2)}\n`
}

function goalText({ goal }: Result): string {
  if (goal === undefined) return '–'
  return `${goal.kind === 'at least' ? '≥' : '≤'} ${goal.ratio}`
}

function verdict(result: Result): string {
  if (result.goal === undefined) return 'information'
  return isReached(result) ? 'reached' : 'MISSED'
}

function digits(ratio: number): string {
  return ratio >= 100 ? ratio.toFixed(0) : ratio.toFixed(2)
}

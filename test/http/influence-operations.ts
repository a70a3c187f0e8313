import type { Example } from './operations.ts'

/** The questions about influence: members ask them, and the two of one's own nobody else. */
export const INFLUENCE_OPERATIONS = {
  influence: 'asking',
  'influence-series': 'asking',
  'influence-movement': 'asking',
  'influence-sensitivity': 'asking',
  'influence-signals': 'asking',
  'accountability-coverage': 'asking',
  rotation: 'asking',
  'who-led': 'asking',
  'my-influence': 'own',
  'my-step-back': 'own',
} as const

/** None of them is part of a public roster. */
export const INFLUENCE_OF_MEMBERS: readonly string[] = Object.entries(INFLUENCE_OPERATIONS).flatMap(([id, rule]) =>
  rule === 'asking' ? [id] : [],
)

const period = { query: 'from=2020-01-01&through=2020-03-01' }

export const influenceExamples: Readonly<Record<string, Example>> = {
  'influence-series': { query: 'from=2020-01-01&to=2026-01-01' },
  'influence-movement': period,
  rotation: period,
  'who-led': period,
}

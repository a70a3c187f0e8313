import type { Reporter, TestModule } from 'vitest/node'

/** Says at the end of a run what was left out and why: what nobody sees to have been skipped counts as passed. */
export class ClosingLines implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const reasons = new Map<string, Map<string, number>>()
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const { note } = test.result() as { readonly note?: string }
        // Without one it was left out by whoever ran it: by a filter.
        if (note === undefined) continue
        const suite = test.fullName.split(' > ')[0] ?? test.fullName
        const suites = reasons.get(note) ?? new Map<string, number>()
        reasons.set(note, suites.set(suite, (suites.get(suite) ?? 0) + 1))
      }
    }
    const lines = [...reasons].flatMap(([reason, suites]) =>
      [...suites].map(([suite, count]) => `  ${suite}: ${count} left out: ${reason}\n`),
    )
    if (lines.length > 0) process.stdout.write(`Left out, and why:\n${lines.join('')}\n`)
  }
}

import { defineConfig } from 'vitest/config'
import { ClosingLines } from './test/support/closing-lines.ts'

// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from the default export
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['reflect-metadata'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', new ClosingLines()],
    // Two cores: the suites that start processes of their own need the second one.
    maxWorkers: 2,
  },
})

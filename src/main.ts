#!/usr/bin/env node
import 'reflect-metadata'
import { run } from './cli/program.ts'

// Whoever reads the output may stop reading: `hearthbook audit | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 5)
})
process.exitCode = await run(process.argv.slice(2))

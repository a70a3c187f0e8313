#!/usr/bin/env node
import 'reflect-metadata'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Compiled code is kept between runs, so that a verb starts sooner; only what is imported after this call is. Not in the
// system's folder for temporary files, where another user of the machine could have put something else. Where the folder
// cannot be written, nothing is kept.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compiled'))
const { run } = await import('./cli/program.ts')

// Whoever reads the output may stop reading: `hearthbook audit | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 5)
})
process.exitCode = await run(process.argv.slice(2))

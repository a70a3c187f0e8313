import 'reflect-metadata'
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openHearthbook } from '../src/composition/wiring.ts'
import { measureAppends } from './appends.ts'
import { CONGRESS, importCongress } from './congress.ts'
import { measureReplay } from './replay.ts'
import { type Result, WrongAnswer } from './result.ts'
import { measureRoster } from './roster.ts'
import { inScratch } from './scratch.ts'
import { jsonOf, tableOf } from './table.ts'

const RESULT_FILE = fileURLToPath(new URL('../bench-result.json', import.meta.url))

async function measureAll(): Promise<readonly Result[]> {
  const appends = await measureAppends()
  return inScratch(async (directory) => {
    const store = { directory }
    const importing = await openHearthbook({ store })
    await importCongress(importing.engine)
    const digests = await (await importing.engine.community(CONGRESS)).digests()
    await importing.close()
    const replaying = await openHearthbook({ store })
    try {
      return [appends, await measureReplay(replaying, digests), ...(await measureRoster(replaying))]
    } finally {
      await replaying.close()
    }
  })
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
try {
  const results = await measureAll()
  process.stdout.write(`${tableOf(results)}\n`)
  if (values.json) await writeFile(RESULT_FILE, jsonOf(results))
} catch (error) {
  if (!(error instanceof WrongAnswer)) throw error
  process.stderr.write(`Wrong answer: ${error.message}.\n`)
  process.exitCode = 1
}

import 'reflect-metadata'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { ViewDigests } from '../src/engine/view-digests.ts'
import { STEPS, type Step } from './measures.ts'
import { type Result, WrongAnswer } from './result.ts'
import { inScratch } from './scratch.ts'
import { jsonOf, tableOf } from './table.ts'

const RESULT_FILE = fileURLToPath(new URL('../bench-result.json', import.meta.url))
const WRONG = 3

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    // How this program calls itself, once a step.
    step: { type: 'string' },
    directory: { type: 'string', default: '' },
    digests: { type: 'string' },
  },
})
if (values.step === undefined) await measureAll()
else await runStep(values.step)

async function measureAll(): Promise<void> {
  await inScratch(async (directory) => {
    const results: Result[] = []
    let digests: ViewDigests | undefined
    for (const step of Object.keys(STEPS)) {
      const done = inOwnProcess(step, directory, digests)
      if (done === undefined) return
      results.push(...done.results)
      digests ??= done.digests
    }
    process.stdout.write(`${tableOf(results)}\n`)
    if (values.json) writeFileSync(RESULT_FILE, jsonOf(results))
  })
}

function inOwnProcess(step: string, directory: string, digests: ViewDigests | undefined): Step | undefined {
  const given = digests === undefined ? [] : ['--digests', JSON.stringify(digests)]
  const args = ['--expose-gc', fileURLToPath(import.meta.url), '--step', step, '--directory', directory, ...given]
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status === 0) return JSON.parse(stdout) as Step
  process.exitCode = 1
  if (status !== WRONG) throw new Error(`the step "${step}" ended with ${status}`)
  return undefined
}

async function runStep(name: string): Promise<void> {
  const step = STEPS[name]
  if (!step) throw new RangeError(`there is no step "${name}"`)
  try {
    const digests = values.digests === undefined ? undefined : (JSON.parse(values.digests) as ViewDigests)
    process.stdout.write(JSON.stringify(await step(values.directory, digests)))
  } catch (error) {
    if (!(error instanceof WrongAnswer)) throw error
    process.stderr.write(`Wrong answer: ${error.message}.\n`)
    process.exitCode = WRONG
  }
}

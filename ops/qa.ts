// Imports a record with known questions and answers into a fresh store, asks every question over HTTP, and compares.
// npm run qa -- examples/kubernetes/kubernetes
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { readServerFile, readServerToken } from '../src/cli/server-file.ts'
import { type Ask, type Question, renderings } from './qa-kinds.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
// A store that HEARTHBOOK_STORE names may hold the communities of earlier runs.
const COMMUNITY = process.env.HEARTHBOOK_STORE ? `qa-${randomUUID()}` : 'qa'
const say = (text: string) => void process.stdout.write(`${text}\n`)

/** Runs a verb of the command line and waits for its end. @throws Error with what it printed where it fails. */
async function verb(...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'inherit', 'inherit'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`hearthbook ${args[0]} ended with ${code}`)
}

/** Starts a server on a port of its own and waits until it listens. */
async function serve(data: string): Promise<ChildProcess> {
  const args = ['serve', '--data', data, '--port', '0', '--no-metrics', '--log-level', 'warn']
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout })) if (line.includes(' listens on ')) return child
  throw new Error('the server did not start')
}

/** A way to ask the questions that the server's own description lists, and no others. */
async function asking(url: string, token: string): Promise<Ask> {
  const described = (await (await fetch(`${url}/openapi.json`)).json()) as {
    readonly paths: Readonly<Record<string, object>>
  }
  return async (path, params) => {
    const template = `/v1/communities/{community}${path}`
    const operations = described.paths[template]
    if (!operations || !('get' in operations)) throw new Error(`${template} is not listed in /openapi.json`)
    const rest = { ...params }
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = rest[name]
      delete rest[name]
      return encodeURIComponent(String(value))
    })
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries(rest))
      for (const each of [value].flat()) if (each !== undefined) query.append(name, each)
    const response = await fetch(`${url}/v1/communities/${COMMUNITY}${filled}?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const body: unknown = await response.json()
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(body)}`)
    return body as Awaited<ReturnType<Ask>>
  }
}

async function answers(questions: readonly Question[], ask: Ask): Promise<number> {
  let right = 0
  for (const { id, kind, question, params, answer } of questions) {
    const render = renderings[kind]
    let got: unknown
    try {
      if (!render) throw new Error(`nobody here knows the kind "${kind}"`)
      got = await render(params, ask)
    } catch (error) {
      got = { failed: error instanceof Error ? error.message : String(error) }
    }
    if (isDeepStrictEqual(got, answer)) right += 1
    else say(`${id} ${kind}: ${question}\n  expected ${JSON.stringify(answer)}\n  got      ${JSON.stringify(got)}`)
  }
  return right
}

async function main(prefix: string): Promise<boolean> {
  const holdings = [`${prefix}.jsonl`, `${prefix}.jsonl.gz`].find((file) => existsSync(file))
  if (holdings === undefined) throw new Error(`there is neither ${prefix}.jsonl nor ${prefix}.jsonl.gz`)
  const { questions } = JSON.parse(readFileSync(`${prefix}.qa.json`, 'utf8')) as {
    readonly questions: readonly Question[]
  }
  const data = mkdtempSync(join(tmpdir(), 'hearthbook-qa-'))
  let server: ChildProcess | undefined
  try {
    const began = performance.now()
    const map = join(dirname(prefix), 'map.json')
    const mapping = existsSync(map) ? ['--map', map] : []
    const files = [`${prefix}.circles.jsonl`, holdings]
    await verb('import', ...files, ...mapping, '--data', data, '--community', COMMUNITY, '--found')
    const imported = performance.now()
    server = await serve(data)
    const left = readServerFile(data)
    if (!left) throw new Error('the server left no word where it is')
    const ready = performance.now()
    const right = await answers(questions, await asking(left.url, readServerToken(left)))
    const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
    say(
      `imported in ${seconds(imported - began)}, started in ${seconds(ready - imported)}, asked in ${seconds(performance.now() - ready)}`,
    )
    say(`${right} of ${questions.length}`)
    return right === questions.length
  } finally {
    if (server?.exitCode === null) {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
    rmSync(data, { recursive: true, force: true })
  }
}

const [prefix] = process.argv.slice(2)
if (prefix === undefined) {
  say('Say which: npm run qa -- <directory>/<prefix>, such as examples/kubernetes/kubernetes')
  process.exitCode = 2
} else {
  process.exitCode = (await main(prefix)) ? 0 : 1
}

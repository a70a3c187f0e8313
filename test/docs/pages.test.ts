import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: root })].sort()

interface Block {
  readonly info: string
  readonly text: string
}

function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(root, page), 'utf8')
  return [...text.matchAll(/^```(\w[^\n]*)\n(.*?)^```$/gms)].map(([, info = '', body = '']) => ({ info, text: body }))
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** Waits for the line that says where the server listens. */
async function serverReady(server: ChildProcess): Promise<void> {
  if (server.stdout)
    for await (const line of createInterface({ input: server.stdout })) {
      if (!line.includes('listens on')) continue
      server.stdout.resume()
      return
    }
  throw new Error(`the server ended with ${server.exitCode}`)
}

describe('what the pages say to type works as it stands', () => {
  it.each(pages.filter((page) => page !== 'README.md' && blocksOf(page).some(({ info }) => info.startsWith('sh'))))(
    '%s',
    async (page) => {
      const port = await freePort()
      const folder = mkdtempSync(join(tmpdir(), 'hearthbook-docs-'))
      const env = { ...process.env, HEARTHBOOK_DATA: join(folder, 'data'), CI: 'true' }
      const at = (text: string) => text.replaceAll('127.0.0.1:7400', `127.0.0.1:${port}`)
      let server: ChildProcess | undefined
      let script = 'set -e\n'
      try {
        for (const { info, text } of blocksOf(page)) {
          if (info === 'sh') script += at(text)
          if (info !== 'sh server') continue
          const own = text.startsWith('npm ') ? ` -- --port ${port}` : ` --port ${port} --no-metrics`
          server = spawn('sh', ['-c', `exec ${text.trim()}${own}`], {
            cwd: root,
            env,
            stdio: ['ignore', 'pipe', 'ignore'],
            detached: true,
          })
          await serverReady(server)
        }
        const run = spawnSync('bash', ['-c', script], { cwd: root, env, encoding: 'utf8' })
        expect(run.status, `${run.stdout}\n${run.stderr}`).toBe(0)
      } finally {
        if (server?.pid !== undefined && server.exitCode === null) {
          process.kill(-server.pid, 'SIGTERM')
          await once(server, 'exit')
        }
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )

  it("the README's picture is what the command line prints", () => {
    const folder = mkdtempSync(join(tmpdir(), 'hearthbook-docs-'))
    const env = { ...process.env, HEARTHBOOK_DATA: folder, CI: 'true' }
    const run = (line: string) => spawnSync('bash', ['-c', line], { cwd: root, env, encoding: 'utf8' })
    try {
      for (const [name, circles, holdings] of [
        ['garden', 'garden/circles.jsonl', 'garden/holdings.jsonl'],
        ['kubernetes', 'kubernetes/kubernetes.circles.jsonl', 'kubernetes/kubernetes.jsonl'],
      ]) {
        expect(
          run(`./hearthbook import examples/${circles} examples/${holdings} --community ${name} --name ${name}`).status,
        ).toBe(0)
      }
      const picture = /^```\n(\$ .*?)^```$/ms.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ?? ''
      const shown = picture.split(/^\$ /m).filter((part) => part !== '')
      expect(shown.length).toBeGreaterThan(1)
      for (const part of shown) {
        const [command = '', ...lines] = part.trim().split('\n')
        const printed = run(command).stdout
        for (const line of lines) expect(printed).toContain(line.trim())
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('every link between the pages leads somewhere', () => {
    const broken = pages.flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)]
        .map(([, target = '']) => join(page, '..', target))
        .filter((target) => globSync(target, { cwd: root }).length === 0)
        .map((target) => `${page} → ${target}`),
    )
    expect(broken).toEqual([])
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

test.each(['kubernetes', 'us-congress'])('every question about %s is answered as the files say', async (name) => {
  const child = spawn(process.execPath, ['ops/qa.ts', `examples/${name}/${name}`], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  const [code] = await once(child, 'close')
  const last = out.trimEnd().split('\n').at(-1) ?? ''
  process.stdout.write(`${name}: ${last}\n`)
  expect({ code, last }, out).toEqual({ code: 0, last: '42 of 42' })
})

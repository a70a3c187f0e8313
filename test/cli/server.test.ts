import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockDirectory } from '../../src/ledger/sqlite/directory-lock.ts'
import { gardenDirectory, hearthbook, json, serving, temporary } from './cli.ts'

const FREE = ['--port', '0', '--metrics-port', '0', '--log-level', 'warn'] as const

test('a directory that a server has open is asked by way of that server, with the same answer', async () => {
  const data = await gardenDirectory()
  const before = await hearthbook('roster', '--on', '2024-03-15', '--data', data)
  const server = await serving(['serve', '--data', data, ...FREE])
  const during = await hearthbook('roster', '--on', '2024-03-15', '--data', data)
  expect(during).toEqual(before)
  const done = await json<{ events: { type: string }[] }>(
    ...['do', 'join-community', '--as', 'bela', '--display-name', 'Bela Horvat', '--data', data],
  )
  expect(done.events.map(({ type }) => type)).toEqual(['MemberJoined'])
  const token = readFileSync(join(data, 'server.token'), 'utf8').trim()
  const elsewhere = await hearthbook('who', '--url', server.url, '--token', token, '--community', 'garden')
  expect(elsewhere.code).toBe(0)
  expect((await hearthbook('who', '--url', server.url, '--token', 'hbk_wrong', '--community', 'garden')).code).toBe(5)
  expect((await hearthbook('verify', '--data', data)).code).toBe(0)
  expect((await hearthbook('export', '--data', data)).out.split('\n').length).toBeGreaterThan(20)

  expect(await server.stop()).toBe(0)
  expect(existsSync(join(data, 'server.json'))).toBe(false)
  expect(existsSync(join(data, 'server.token'))).toBe(false)
  const { tokens } = await json<{ tokens: { kind: string; revokedAt?: string }[] }>('token', 'list', '--data', data)
  expect(tokens.filter(({ revokedAt }) => revokedAt === undefined)).toEqual([])
})

test('a directory that is in use and no server to be found is said so', async () => {
  const data = await gardenDirectory()
  const lock = lockDirectory(data)
  try {
    const { code, err } = await hearthbook('who', '--data', data)
    expect({ code, err }).toEqual({ code: 5, err: expect.stringContaining('in use by another Hearthbook process') })
  } finally {
    lock.release()
  }
})

test('a replay equals the running server and what it left; a planted difference is named', async () => {
  const data = await gardenDirectory()
  expect((await hearthbook('replay', '--data', data)).out).toContain('There is nothing to compare with')
  const server = await serving(['serve', '--data', data, ...FREE])
  const beside = await hearthbook('replay', '--data', data)
  expect(beside).toMatchObject({ code: 0, out: expect.stringContaining('The same as the running server.') })
  await server.stop()
  const after = await hearthbook('replay', 'garden', '--data', data)
  expect(after).toMatchObject({ code: 0, out: expect.stringContaining('The same as the digests of the last stop.') })

  const file = join(data, 'digests', 'garden.json')
  const digests = JSON.parse(readFileSync(file, 'utf8')) as { views: Record<string, string> }
  writeFileSync(file, JSON.stringify({ ...digests, views: { ...digests.views, 'roster@1': 'not-this' } }))
  const planted = await hearthbook('replay', 'garden', '--data', data)
  expect(planted).toMatchObject({ code: 1, out: expect.stringMatching(/DIFFERS .*: roster@1$/m) })
  expect(planted.out).not.toMatch(/DIFFERS .*: people@1/)
})

test('tokens are made beside a running server, count there, and stop counting when revoked', async () => {
  const data = await gardenDirectory()
  const server = await serving(['serve', '--data', data, ...FREE])
  const made = await json<{ token: string; info: { id: string } }>(
    ...['token', 'create', '--service', 'reader', '--community', 'garden', '--days', '1', '--data', data],
  )
  const ask = async () =>
    (await fetch(`${server.url}/v1/communities/garden/people`, { headers: { authorization: `Bearer ${made.token}` } }))
      .status
  expect(await ask()).toBe(200)
  expect((await hearthbook('token', 'revoke', made.info.id, '--data', data)).code).toBe(0)
  expect(await ask()).toBe(401)
  expect((await hearthbook('token', 'revoke', made.info.id, '--data', data)).code).toBe(4)
})

test('the demo shows its questions with the answers the API gives, and starts again on the same books', async () => {
  const data = join(temporary(), 'data')
  const first = await serving(['demo', '--data', data, '--port', '0'], 'Stop it with')
  const text = first.lines.join('\n')
  expect(text).toMatch(/Jordan Liggitt +liggitt +chair +2018-03-15 +2018-10-16 +certain +reconstructed/)
  expect(text).toMatch(/Farida Haddad +key_keeper .*yes/)
  expect(text).toMatch(/Farida Haddad +treasurer +acting/)
  const urls = [...text.matchAll(/curl '(\S+)'/g)].map(([, url = '']) => url)
  expect(urls).toHaveLength(4)
  for (const url of urls) expect((await fetch(url)).status).toBe(200)
  await first.stop()
  const second = await serving(['demo', '--data', data, '--port', '0'], 'Stop it with')
  const answers = (lines: readonly string[]) => lines.filter((line) => /^ {5}[A-Z]/.test(line))
  expect(answers(second.lines)).toEqual(answers(first.lines))
})

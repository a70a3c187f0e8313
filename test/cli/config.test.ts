import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadConfig } from '../../src/cli/config/load.ts'
import { configurationPage } from '../../src/cli/config/page.ts'
import { ConfigRefused, type SettingProblem } from '../../src/cli/config/problems.ts'
import { OTHER_VARIABLES, SETTING_NAMES, variableOf } from '../../src/cli/config/settings.ts'
import { hearthbook, serving, temporary } from './cli.ts'
import { companionsOf, vaultValues } from './vault-values.ts'

const KEY = `${'k'.repeat(42)}A`

/** A file with settings, in a place of its own. */
function file(content: unknown): string {
  const path = join(temporary(), 'hearthbook.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

function problemsOf(options: Record<string, unknown>, env: Record<string, string> = {}): readonly SettingProblem[] {
  try {
    loadConfig({ data: temporary(), ...options }, env)
  } catch (error) {
    if (error instanceof ConfigRefused) return error.problems
    throw error
  }
  return []
}

test('a flag comes before the environment, that before the file, and that before the default', () => {
  const config = file({ port: 1, metricsPort: 1001, logLevel: 'debug' })
  const env = { HEARTHBOOK_CONFIG: config, HEARTHBOOK_PORT: '2', HEARTHBOOK_METRICS_PORT: '1002', HEARTHBOOK_HOST: '' }
  const { settings, from } = loadConfig({ data: temporary(), port: '3' }, env)
  expect(settings).toMatchObject({ port: 3, metricsPort: 1002, logLevel: 'debug', host: '127.0.0.1', timerSeconds: 60 })
  expect(from).toMatchObject({
    port: '--port',
    metricsPort: 'HEARTHBOOK_METRICS_PORT',
    logLevel: config,
    host: 'default',
  })
  const other = file({ logLevel: 'warn' })
  expect(loadConfig({ data: temporary(), config: other }, env).settings.logLevel).toBe('warn')
})

test.each(SETTING_NAMES)('%s can be set in the environment and in the file', (name) => {
  const key = join(temporary(), 'key')
  writeFileSync(key, KEY, { mode: 0o600 })
  const values: Record<string, unknown> = {
    ...{ data: temporary(), host: '::1', port: 81, metrics: false, metricsPort: 82, logLevel: 'error' },
    ...{ requestsPerMinute: 7, masterKeyFile: key, timerSeconds: 5, publicUrl: 'https://book.example.org' },
    ...{ store: 'esdb://127.0.0.1:2113?tls=false', ...vaultValues(temporary()) },
  }
  expect(Object.keys(values).sort()).toEqual([...SETTING_NAMES].sort())
  const options = { ...(name === 'data' ? {} : { data: temporary() }), ...companionsOf(name, values) }
  const byVariable = loadConfig(options, { [variableOf(name)]: String(values[name]) })
  expect([byVariable.settings[name], byVariable.from[name]]).toEqual([values[name], variableOf(name)])
  const config = file({ [name]: values[name] })
  const byFile = loadConfig({ ...options, config }, {})
  expect([byFile.settings[name], byFile.from[name]]).toEqual([values[name], config])
})

test('all that is wrong is named at once, each with where it came from, the rule and the value', async () => {
  const config = file({ timerSeconds: 0, hots: 1, metricsPort: '7401', masterKey: KEY })
  const flags = ['--port', '99999', '--public-url', 'ftp://example.org', '--log-level', 'loud', '--config', config]
  const { code, out, err } = await hearthbook('serve', '--data', join(temporary(), 'data'), ...flags)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err.trimEnd().split('\n')).toEqual([
    '7 settings are wrong:',
    '  port, from --port: must be a whole number from 0 to 65535; it is 99999',
    '  logLevel, from --log-level: must be one of silent, error, warn, info, debug; it is "loud"',
    expect.stringMatching(
      /^ {2}publicUrl, from --public-url: must be an http or https .*; it is "ftp:\/\/example.org"$/,
    ),
    `  metricsPort, from ${config}: must be a whole number from 0 to 65535; it is "7401"`,
    `  timerSeconds, from ${config}: must be a whole number from 1 to 86400; it is 0`,
    `  hots, from ${config}: there is no such setting`,
    `  masterKey, from ${config}: there is no such setting`,
  ])
})

test('a file that is missing, no JSON or no object is named', () => {
  const missing = join(temporary(), 'none.json')
  expect(problemsOf({ config: missing })).toEqual([
    { setting: 'config', from: '--config', rule: expect.stringContaining(`${missing} is not there`) },
  ])
  expect(problemsOf({}, { HEARTHBOOK_CONFIG: file(`{"host": "${KEY}`) })).toEqual([
    { setting: 'config', from: 'HEARTHBOOK_CONFIG', rule: expect.stringMatching(/is no JSON$/) },
  ])
  expect(problemsOf({ config: file([1]) })).toHaveLength(1)
})

test('a secret is never shown, wherever it was put', () => {
  const misplaced = [
    problemsOf({}, { HEARTHBOOK_MASTER_KEY: `${KEY}!` }),
    problemsOf({ masterKeyFile: KEY }),
    problemsOf({ port: KEY, logLevel: 'ab'.repeat(32), host: `${KEY} ` }),
    problemsOf({ publicUrl: `https://ana:${KEY}@example.org` }),
    problemsOf({ config: file({ masterKey: KEY }) }),
  ]
  expect(misplaced.map(({ length }) => length)).toEqual([1, 1, 3, 1, 1])
  const text = JSON.stringify(misplaced) + misplaced.map((problems) => new ConfigRefused(problems).message).join()
  for (const secret of [KEY, 'abababab', 'ana:']) expect(text).not.toContain(secret)
})

test('a master key comes from one place, and a file of it that others may read is refused', () => {
  const key = join(temporary(), 'key')
  writeFileSync(key, `${KEY}\n`, { mode: 0o600 })
  const { masterKey } = loadConfig({ data: temporary(), masterKeyFile: key }, {})
  expect(masterKey).toEqual({ text: KEY, from: 'masterKeyFile, from --master-key-file' })
  const both = problemsOf({ masterKeyFile: key }, { HEARTHBOOK_MASTER_KEY: KEY })
  expect(both).toEqual([
    { setting: 'masterKey', from: 'HEARTHBOOK_MASTER_KEY', rule: expect.stringContaining('only one of it and') },
  ])
  chmodSync(key, 0o644)
  expect(problemsOf({ masterKeyFile: key })[0]?.rule).toContain('chmod 600')
  const lost = temporary()
  writeFileSync(join(lost, 'vault.db'), '')
  expect(problemsOf({ data: lost })[0]?.rule).toContain('no master key')
})

test('two things on one port are refused, unless one of them is not there', () => {
  expect(problemsOf({ port: '80', metricsPort: '80' })).toMatchObject([{ setting: 'metricsPort', value: '80' }])
  expect(problemsOf({ port: '80', metricsPort: '80', metrics: false })).toEqual([])
  expect(problemsOf({ port: '0', metricsPort: '0' })).toEqual([])
})

test('"config check" shows what holds and where it came from, and warns of a variable nobody reads', () => {
  const config = file({ requestsPerMinute: 9 })
  const run = (env: Record<string, string>, ...args: readonly string[]) => {
    const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
    const all = ['config', 'check', '--data', 'nowhere', ...args]
    return spawnSync(process.execPath, [main, ...all], { env: { ...env }, encoding: 'utf8' })
  }
  const env = { HEARTHBOOK_PORTT: KEY, HEARTHBOOK_MASTER_KEY: KEY, HEARTHBOOK_CONFIG: config, HEARTHBOOK_TOKEN: 'x' }
  const shown = run(env, '--no-metrics')
  expect(shown.status).toBe(0)
  expect(shown.stdout).toMatch(/^requestsPerMinute +9 +\S*hearthbook\.json$/m)
  expect(shown.stdout).toMatch(/^metrics +false +--no-metrics$|^metrics +false +--metrics$/m)
  expect(shown.stdout).toMatch(/^masterKey +\(not shown\) +HEARTHBOOK_MASTER_KEY$/m)
  expect(shown.stderr).toBe('HEARTHBOOK_PORTT is set, and nothing reads a variable of that name.\n')
  expect(shown.stdout + shown.stderr).not.toContain(KEY)
  const asJson = run(env, '--json')
  expect(JSON.parse(asJson.stdout)).toMatchObject({
    sound: true,
    settings: { requestsPerMinute: { value: 9, from: config }, publicUrl: { value: null, from: 'default' } },
    masterKey: { from: 'HEARTHBOOK_MASTER_KEY' },
    warnings: [expect.stringContaining('HEARTHBOOK_PORTT')],
  })
  const wrong = run(env, '--json', '--port', 'x')
  expect([wrong.status, JSON.parse(wrong.stdout)]).toEqual([
    2,
    { sound: false, problems: [{ setting: 'port', from: '--port', rule: expect.any(String), value: '"x"' }] },
  ])
})

test('a server runs with the settings of its file: its limit, its key, and the address people reach it at', async () => {
  const key = join(temporary(), 'key')
  writeFileSync(key, KEY, { mode: 0o600 })
  const data = join(temporary(), 'data')
  const config = file({
    ...{ data, port: 0, metrics: false, logLevel: 'warn', requestsPerMinute: 3, masterKeyFile: key },
    publicUrl: 'https://book.example.org',
  })
  const server = await serving(['serve', '--config', config])
  const statuses = []
  for (let request = 0; request < 4; request += 1) statuses.push((await fetch(`${server.url}/v1/communities`)).status)
  expect(statuses).toEqual([401, 401, 401, 429])
  expect(await server.stop()).toBe(0)
  expect(() => readFileSync(join(data, 'master.key'))).toThrow('ENOENT')
  expect(readFileSync(join(data, 'vault.db')).length).toBeGreaterThan(0)
  const without = await hearthbook('serve', '--data', data, '--port', '0', '--no-metrics')
  expect(without).toMatchObject({ code: 2, err: expect.stringContaining('no master key') })
})

test('the reference page is the one the settings make, and names all of them', () => {
  const page = readFileSync(new URL('../../docs/reference/configuration.md', import.meta.url), 'utf8')
  expect(page).toBe(configurationPage())
  for (const name of [...SETTING_NAMES.map(variableOf), ...Object.keys(OTHER_VARIABLES)]) expect(page).toContain(name)
})

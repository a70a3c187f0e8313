import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig } from '../../src/cli/config/load.ts'
import { ConfigRefused } from '../../src/cli/config/problems.ts'
import { vaultAccess } from '../../src/cli/config/vault-settings.ts'
import { RemoteIdentity } from '../../src/identity/remote/remote-identity.ts'
import { openSqliteIdentity } from '../../src/identity/sqlite/sqlite-identity.ts'
import { RemoteVault } from '../../src/vault/remote/remote-vault.ts'
import { hearthbook, json, serving, temporary } from './cli.ts'
import { TOKEN, vaultValues } from './vault-values.ts'

/** Settings by name, as flags, and what is wrong with them: `setting: rule`. */
function problemsOf(settings: Record<string, unknown>): readonly string[] {
  try {
    loadConfig({ data: temporary(), ...settings }, {})
  } catch (error) {
    if (error instanceof ConfigRefused) return error.problems.map(({ setting, rule }) => `${setting}: ${rule}`)
    throw error
  }
  return []
}

test('what does not go together is named before anything starts', () => {
  const folder = temporary()
  const { vault, vaultTokenFile, vaultCa, vaultFingerprint, vaultCert, vaultKey } = vaultValues(folder)
  const node = { vault, vaultTokenFile }
  expect(problemsOf({ ...node, vaultCa })).toEqual([])
  expect(problemsOf({ ...node, vaultFingerprint })).toEqual([])
  expect(problemsOf({ vault: 'http://127.0.0.1:7402', vaultTokenFile })).toEqual([])
  expect(problemsOf({ vaultCert, vaultKey, vaultHost: '0.0.0.0' })).toEqual([])
  for (const wrong of [
    'http://vault:7402',
    'https://vault:7402/keys',
    'https://me:pw@vault',
    'vault:7402',
    'ftp://vault',
  ])
    expect(problemsOf({ ...node, vault: wrong })).toEqual([expect.stringMatching(/^vault: must be an https address/)])
  expect(problemsOf({ vault })).toEqual([expect.stringMatching(/^vaultTokenFile: must be given with vault/)])
  expect(problemsOf({ ...node, vaultCa, vaultFingerprint })).toEqual([
    expect.stringMatching(/^vaultFingerprint: only one of it and vaultCa/),
  ])
  expect(problemsOf({ vaultCa, vaultHost: '0.0.0.0', vaultPlain: true, vaultCert })).toEqual([
    'vaultCa: says something of an https vault, and there is none',
    expect.stringMatching(/^vaultPlain: may be true where vaultHost .* is loopback alone/),
    'vaultKey: must be given with the other of vaultCert and vaultKey',
  ])
  expect(problemsOf({ ...node, vaultCa: vaultTokenFile })).toEqual([
    expect.stringMatching(/^vaultCa: must be the path/),
  ])
  expect(problemsOf({ ...node, vaultCa: join(folder, 'none') })).toEqual(['vaultCa: cannot be read (ENOENT)'])
})

test('a token file that is missing, open to others or something else is refused, and never shown', () => {
  const folder = temporary()
  const { vault, vaultTokenFile } = vaultValues(folder)
  expect(problemsOf({ vault, vaultTokenFile: join(folder, 'none') })).toEqual([expect.stringContaining('there is no')])
  writeFileSync(vaultTokenFile, `${TOKEN}x`)
  expect(problemsOf({ vault, vaultTokenFile })).toEqual([expect.stringContaining('must hold a token')])
  chmodSync(vaultTokenFile, 0o644)
  const [problem = ''] = problemsOf({ vault, vaultTokenFile })
  expect(problem).toContain('chmod 600')
  expect(problem).not.toContain(TOKEN)
})

test('a vault process makes what nodes need at its first start, keeps it, and answers whoever has it', async () => {
  const data = join(temporary(), 'vault')
  const start = () =>
    serving(['vault', '--data', data, '--vault-port', '0', '--log-level', 'warn'], 'and its certificate')
  const first = await start()
  const said = first.lines.join('\n')
  const url = /listens on (https:\S+)/.exec(said)?.[1] ?? ''
  const fingerprint = /fingerprint ([0-9a-f]{64})/.exec(said)?.[1] ?? ''
  const files = ['vault.token', 'vault.key'].map((name) => statSync(join(data, name)).mode & 0o777)
  expect(files).toEqual([0o600, 0o600])
  const settings = { vault: url, vaultTokenFile: join(data, 'vault.token') }
  const access = vaultAccess({ ...settings, vaultFingerprint: fingerprint })
  if (!access) throw new Error('there is no way to the vault')
  const [vault, identity] = [new RemoteVault(access), new RemoteIdentity(access, Date.now)]
  const keys = await vault.keysFor('hearth', ['ana'])
  const { token } = await identity.issue({ kind: 'operator', expiresAt: new Date(Date.now() + 60_000).toISOString() })

  const { tokens } = await json<{ tokens: { kind: string }[] }>('token', 'list', '--data', data)
  expect(tokens.map(({ kind }) => kind)).toEqual(['operator'])
  expect(await hearthbook('vault', '--data', data, '--vault-port', '0')).toMatchObject({
    code: 5,
    err: expect.stringContaining('in use by another Hearthbook process'),
  })
  const copy = join(temporary(), 'keys')
  expect(await json('backup', '--keys-to', copy, '--data', data)).toMatchObject({ sound: true, keysTo: copy })
  const store = openSqliteIdentity({ file: join(copy, 'identity.db'), now: Date.now })
  expect(await store.authenticate(token)).toMatchObject({ kind: 'operator' })
  await store.close()
  expect(await first.stop()).toBe(0)

  const second = await start()
  expect(second.lines.join('\n')).toContain(fingerprint)
  const again = vaultAccess({
    vault: /listens on (https:\S+)/.exec(second.lines.join('\n'))?.[1] ?? '',
    vaultTokenFile: join(data, 'vault.token'),
    vaultCa: join(data, 'vault.crt'),
  })
  if (!again) throw new Error('there is no way to the vault')
  const kid = (await new RemoteVault(again).keysFor('hearth', ['ana'])).get('ana')?.kid
  expect(kid).toBe(keys.get('ana')?.kid)
  expect(await new RemoteIdentity(again, Date.now).authenticate(token)).toMatchObject({ kind: 'operator' })
  expect(readFileSync(join(data, 'vault.db')).includes(token)).toBe(false)
})

test('a node says at its start what keeps it from its vault', async () => {
  const folder = temporary()
  const { vaultTokenFile } = vaultValues(folder)
  const flags = ['--data', join(folder, 'node'), '--port', '0', '--no-metrics', '--vault-token-file', vaultTokenFile]
  const away = await hearthbook('serve', ...flags, '--vault', 'http://127.0.0.1:9')
  expect(away).toMatchObject({ code: 5, err: expect.stringContaining('the vault does not answer') })
  const itself = await hearthbook('vault', '--vault', 'http://127.0.0.1:9', '--vault-token-file', vaultTokenFile)
  expect(itself).toMatchObject({ code: 2, err: expect.stringContaining('is for its nodes') })
})

import { expect, test } from 'vitest'
import { loadConfig } from '../../src/cli/config/load.ts'
import { ConfigRefused } from '../../src/cli/config/problems.ts'
import { hearthbook, temporary } from './cli.ts'

test('a store comes from the flag, else the environment, and must be an address that can be used', () => {
  const data = temporary()
  const env = { HEARTHBOOK_STORE: 'esdb://one?tls=false' }
  expect(loadConfig({ data }, {}).settings.store).toBeUndefined()
  expect(loadConfig({ data }, env).settings.store).toBe('esdb://one?tls=false')
  expect(loadConfig({ data, store: 'kurrentdb://two?tls=false' }, env).settings.store).toBe('kurrentdb://two?tls=false')
  for (const store of ['http://one', 'esdb://one', 'esdb://a:b@one?throwOnAppendFailure=false'])
    expect(() => loadConfig({ data, store }, {})).toThrow(ConfigRefused)
})

test('a user that would not be sent is warned of, and a password is shown nowhere', async () => {
  const data = temporary()
  const store = 'esdb://hearth:geheim@127.0.0.1:2113?tls=false'
  expect(loadConfig({ data }, { HEARTHBOOK_STORE: store }).warnings).toEqual([
    'store (from HEARTHBOOK_STORE) names a user and says tls=false: the user is not sent over such a connection.',
  ])
  expect(loadConfig({ data, store: 'esdb://hearth:geheim@127.0.0.1' }, {}).warnings).toEqual([])
  const { out, err } = await hearthbook('config', 'check', '--data', data, '--store', store)
  expect(err).toContain('is not sent over such a connection')
  const wrong = await hearthbook('config', 'check', '--data', data, '--store', 'esdb://hearth:geheim@a b')
  expect(wrong.code).toBe(2)
  expect(`${out}${err}${wrong.out}${wrong.err}`).not.toContain('geheim')
})

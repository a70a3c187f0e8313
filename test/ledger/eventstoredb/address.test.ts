import { describe, expect, it } from 'vitest'
import { storeAddress } from '../../../src/ledger/eventstoredb/address.ts'

describe('the address of a store', () => {
  it.each([
    ['esdb://127.0.0.1:2113?tls=false', 'esdb://127.0.0.1:2113?tls=false', 'esdb://127.0.0.1:2113'],
    ['kurrentdb://localhost:2113?tls=false', 'esdb://localhost:2113?tls=false', 'esdb://localhost:2113'],
    [
      'kurrent+discover://db.example.org?tls=false',
      'esdb+discover://db.example.org?tls=false',
      'esdb+discover://db.example.org',
    ],
    [' esdb://a:b@one:1,two:2/?tls=false ', 'esdb://a:b@one:1,two:2/?tls=false', 'esdb://one:1,two:2'],
    ['esdb://hearth:p%40ss@db:2113', 'esdb://hearth:p%40ss@db:2113', 'esdb://db:2113'],
  ])('reads %s', (text, connectionString, shown) => {
    expect(storeAddress(text)).toMatchObject({ connectionString, shown })
  })

  it('knows who to be, and always somebody', () => {
    expect(storeAddress('esdb://hearth:p%40ss@db').credentials).toEqual({ username: 'hearth', password: 'p@ss' })
    expect(storeAddress('esdb://db?tls=false').credentials.username).not.toBe('')
    expect(storeAddress('esdb://db?tls=false').encrypted).toBe(false)
    expect(storeAddress('esdb://a:b@db?TLS=true').encrypted).toBe(true)
  })

  it.each([
    'http://127.0.0.1:2113',
    'esdb:/127.0.0.1',
    'esdb://',
    'esdb://?tls=false',
    'esdb://a b?tls=false',
    'esdb://host:port?tls=false',
    'somewhere',
    '',
  ])('refuses %s in words', (text) => {
    expect(() => storeAddress(text)).toThrow(/must be the address/)
  })

  it('refuses what would fail later and silently, and quotes no password', () => {
    expect(() => storeAddress('esdb://db:2113')).toThrow('must name a user')
    expect(() => storeAddress('esdb://a:geheim@db?throwOnAppendFailure=false')).toThrow(/^(?!.*geheim).*throwOnAppend/)
    expect(() => storeAddress('esdb://a:geheim@d b')).toThrow(/^(?!.*geheim)/)
    expect(() => storeAddress('esdb://a:geheim@db?tlsVerifyCert=false')).toThrow(/^(?!.*geheim).*tlsCAFile/)
    expect(() => storeAddress('esdb://a:geheim@db?tls=true&max_attempts=3')).toThrow(/^(?!.*geheim).*: maxattempts$/)
    const all =
      'tls=true&max-discover-attempts=3&gossipTimeout=1&keepAliveInterval=-1&connectionName=me&nodePreference=leader'
    expect(storeAddress(`esdb://a:b@db?${all}`).encrypted).toBe(true)
  })
})

import { describe, expect, it } from 'vitest'
import { InvalidTokenRequest, type LinkRequest, type Scope, type TokenRequest } from '../../src/identity/port.ts'
import { infoOfLink, infoOfNew } from '../../src/identity/token-request.ts'

const NOW = Date.parse('2026-03-10T09:00:00Z')
const SOON = '2026-04-10T09:00:00Z'

type Changes = Readonly<Record<string, unknown>>

/** A request with fields that types would not let through, as a body or a command line can bring them. */
function person(changes: Changes): TokenRequest {
  const request = { kind: 'person', community: 'hearth', personId: 'person_ana', scopes: ['read'], expiresAt: SOON }
  return { ...request, ...changes } as TokenRequest
}

function service(changes: Changes): TokenRequest {
  const request = { kind: 'service', community: 'hearth', label: 'nightly import', scopes: ['read'], expiresAt: SOON }
  return { ...request, ...changes } as TokenRequest
}

function check(request: TokenRequest) {
  return infoOfNew(request, 'id', NOW)
}

describe('a token request', () => {
  it('becomes what is noted of the token', () => {
    expect(check(person({ scopes: ['act', 'read', 'act'] }))).toEqual({
      id: 'id',
      kind: 'person',
      community: 'hearth',
      personId: 'person_ana',
      scopes: ['read', 'act'],
      createdAt: '2026-03-10T09:00:00.000Z',
      expiresAt: '2026-04-10T09:00:00.000Z',
    })
    expect(check(service({ community: '*' }))).toMatchObject({
      kind: 'service',
      community: '*',
      label: 'nightly import',
    })
    expect(check({ kind: 'operator', expiresAt: SOON }).scopes).toEqual(['read', 'act', 'import', 'found', 'operate'])
  })

  it.each<readonly [TokenRequest['kind'], Scope, boolean]>([
    ['person', 'read', true],
    ['person', 'act', true],
    ['person', 'import', false],
    ['person', 'found', false],
    ['person', 'operate', false],
    ['service', 'read', true],
    ['service', 'act', false],
    ['service', 'import', true],
    ['service', 'found', true],
    ['service', 'operate', false],
  ])('of a %s may ask for %s: %s', (kind, scope, allowed) => {
    const request = kind === 'person' ? person({ scopes: [scope] }) : service({ scopes: [scope] })
    if (allowed) expect(check(request).scopes).toEqual([scope])
    else expect(() => check(request)).toThrow(InvalidTokenRequest)
  })

  it('expires after now and within 366 days', () => {
    const at = (ms: number) => ({ expiresAt: new Date(ms).toISOString() })
    const year = 366 * 24 * 60 * 60 * 1000
    expect(() => check(person(at(NOW)))).toThrow('expiresAt must be in the future')
    expect(() => check(person(at(NOW - 1)))).toThrow('expiresAt must be in the future')
    expect(check(person(at(NOW + 1))).expiresAt).toBe('2026-03-10T09:00:00.001Z')
    expect(check(person(at(NOW + year))).expiresAt).toBe('2027-03-11T09:00:00.000Z')
    expect(() => check(person(at(NOW + year + 1)))).toThrow('at most 366 days')
    expect(() => check(service(at(NOW + year + 1)))).toThrow('at most 366 days')
    expect(() => check({ kind: 'operator', ...at(NOW + year + 1) })).toThrow('at most 366 days')
  })

  it('reads an offset in the expiry', () => {
    expect(check(person({ expiresAt: '2026-03-10T11:00:00+01:00' })).expiresAt).toBe('2026-03-10T10:00:00.000Z')
    expect(() => check(person({ expiresAt: '2026-03-10T10:00:00+01:00' }))).toThrow('in the future')
  })

  it.each([
    '',
    'never',
    '2026',
    '2026-04',
    '2026-04-10',
    '2026-04-31T09:00:00Z',
    '2026-04-10T09:00:00',
    '2026-04-10T24:00:00Z',
  ])('is refused with the expiry %j', (expiresAt) => {
    expect(() => check(person({ expiresAt }))).toThrow('expiresAt must be an instant')
  })

  it.each<readonly [string, TokenRequest]>([
    ['no scope', person({ scopes: [] })],
    ['an unknown scope', person({ scopes: ['read', 'everything'] })],
    ['all communities for a person', person({ community: '*' })],
    ['no community', service({ community: '' })],
    ['a malformed community', person({ community: 'Hearth/..' })],
    ['no person', person({ personId: '' })],
    ['a malformed person', person({ personId: 'ana ben' })],
    ['no label', service({ label: '' })],
    ['a blank label', service({ label: '  ' })],
    ['a label of two lines', service({ label: 'import\nrevoked' })],
    ['a label that reads backwards', service({ label: 'import \u202Edekover' })],
    ['too long a label', service({ label: 'x'.repeat(121) })],
    ['an unknown kind', person({ kind: 'root' })],
  ])('is refused with %s', (_what, request) => {
    expect(() => check(request)).toThrow(InvalidTokenRequest)
  })
})

describe('a request for a sign-in link', () => {
  function link(changes: Changes = {}) {
    const request = {
      community: 'hearth',
      personId: 'person_ana',
      expiresAt: '2026-03-12T09:00:00Z',
      madeBy: 'operator',
    }
    return infoOfLink({ ...request, ...changes } as LinkRequest, 'id', NOW)
  }

  it('expires after now and within seven days', () => {
    const at = (ms: number) => ({ expiresAt: new Date(ms).toISOString() })
    const week = 7 * 24 * 60 * 60 * 1000
    expect(() => link(at(NOW))).toThrow('expiresAt must be in the future')
    expect(link(at(NOW + week)).expiresAt).toBe('2026-03-17T09:00:00.000Z')
    expect(() => link(at(NOW + week + 1))).toThrow('at most 7 days')
  })

  it.each<readonly [string, Changes]>([
    ['all communities', { community: '*' }],
    ['no community', { community: undefined }],
    ['a malformed community', { community: 'Hearth/..' }],
    ['no person', { personId: undefined }],
    ['a malformed person', { personId: 'ana ben' }],
    ['nobody who made it', { madeBy: '' }],
    ['somebody malformed who made it', { madeBy: 'ana ben' }],
    ['an expiry that is a day', { expiresAt: '2026-03-12' }],
  ])('is refused with %s', (_what, changes) => {
    expect(() => link(changes)).toThrow(InvalidTokenRequest)
  })
})

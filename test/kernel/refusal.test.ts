import { describe, expect, it } from 'vitest'
import { COMMON_REFUSALS, isRefusal, refuse, statusOf, unknownReference } from '../../src/kernel/refusal.ts'

describe('the HTTP status of a refusal', () => {
  it.each([
    ['VALIDATION_FAILED', 400],
    ['IDEMPOTENCY_KEY_REQUIRED', 400],
    ['UNAUTHENTICATED', 401],
    ['MISSING_SCOPE', 403],
    ['NOT_YOURS_TO_AMEND', 403],
    ['NOT_YOURS_TO_ERASE', 403],
    ['NOT_FOUND', 404],
    ['METHOD_NOT_ALLOWED', 405],
    ['PRECONDITION_FAILED', 412],
    ['PAYLOAD_TOO_LARGE', 413],
    ['URI_TOO_LONG', 414],
    ['UNSUPPORTED_MEDIA_TYPE', 415],
    ['LOOKS_LIKE_A_SECRET', 422],
    ['UNKNOWN_REFERENCE', 422],
    ['IDEMPOTENCY_KEY_REUSED', 422],
    ['BACKDATE_LIMIT', 422],
    ['FUTURE_FACT', 422],
    ['CIRCLE_CYCLE', 422],
    ['TOO_MANY_REQUESTS', 429],
    ['INTERNAL', 500],
    ['STORE_UNAVAILABLE', 503],
    ['LEDGER_DOES_NOT_VERIFY', 503],
    ['STORE_FULL', 507],
  ])('%s: %i', (code, status) => {
    expect(statusOf(code)).toBe(status)
  })

  it('is never 410: what is gone is not told apart from what never was', () => {
    expect(Object.values(COMMON_REFUSALS).map(({ status }) => status)).not.toContain(410)
  })
})

describe('a refusal', () => {
  it('is told apart from what a command decides', () => {
    expect(isRefusal(refuse('CIRCLE_CYCLE', { message: 'No.' }))).toBe(true)
    expect([[], undefined, null, 'CIRCLE_CYCLE', { refused: false }].some(isRefusal)).toBe(false)
  })

  it('has no pointer where no field is concerned', () => {
    expect(refuse('CIRCLE_CYCLE', { message: 'No.' })).toEqual({
      refused: true,
      code: 'CIRCLE_CYCLE',
      facts: {},
      message: 'No.',
    })
  })

  it('of an unknown id names the field and the id', () => {
    expect(unknownReference('/parentId', 'circle_x', 'circle')).toMatchObject({
      code: 'UNKNOWN_REFERENCE',
      pointer: '/parentId',
      facts: { value: 'circle_x' },
    })
  })
})

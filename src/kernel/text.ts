import { z } from 'zod'
import { parseDate } from './dates.ts'

// Control characters, line and paragraph separators, and the bidirectional controls that make a name read as another.
const UNSAFE_IN_NAMES = /[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u
// In longer texts line breaks and tabs are wanted.
const UNSAFE_IN_TEXTS = /(?![\t\n])[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

const SECRETS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\b(?:gh[pousr]_|github_pat_|sk_live_|xox[abpr]-|hbk_)[A-Za-z0-9_-]{16,}/,
  /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/,
  /\b(?:password|passwort|passwd|pin|secret)\s*[:=]\s*\S{4,}/i,
]

/** Whether a text looks like a key, an IBAN or a password: those do not belong in a record that is never edited. */
export function looksLikeSecret(text: string): boolean {
  return SECRETS.some((pattern) => pattern.test(text))
}

const noSecret = {
  message: 'looks like a key, an account number or a password: write where it is kept instead',
  params: { code: 'LOOKS_LIKE_A_SECRET' },
}

/** A one-line name or title of 1 to `max` characters, without control or bidirectional characters. */
export function line(max = 200) {
  return z
    .string()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .refine((s) => s.isWellFormed(), 'must be well-formed Unicode: it has a lone surrogate')
    .refine((s) => !UNSAFE_IN_NAMES.test(s), 'must not have control or bidirectional characters')
    .refine((s) => s.trim() === s, 'must not begin or end with a space')
    .refine((s) => !looksLikeSecret(s), noSecret)
}

/** A text of several lines, 1 to `max` characters. */
export function prose(max = 4000) {
  return z
    .string()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .refine((s) => s.trim() !== '', 'must not be blank')
    .refine((s) => s.isWellFormed(), 'must be well-formed Unicode: it has a lone surrogate')
    .refine((s) => !UNSAFE_IN_TEXTS.test(s), 'must not have control or bidirectional characters')
    .refine((s) => !looksLikeSecret(s), noSecret)
}

/** A date by its form: its form is its precision. */
export function dateForm() {
  return z
    .string()
    .max(40)
    .refine(
      (s) => parseDate(s) !== undefined,
      'must be a date that exists: 2025, 2025-03, 2025-03-10 or 2025-03-10T09:30:00Z',
    )
    .meta({
      description: 'A year, month, day or RFC 3339 instant; its form is its precision',
      examples: ['2025-03-10'],
    })
}

/** A moment to ask about: a day (its 00:00Z) or an instant; a vague date would ask two questions at once. */
export function momentForm() {
  return dateForm()
    .refine((s) => s.length > 7, 'must be a day (2025-03-10) or an instant (2025-03-10T09:30:00Z)')
    .meta({ description: 'A day (its 00:00 UTC) or an RFC 3339 instant', examples: ['2025-03-10'] })
}

/** A calendar day. */
export function dayForm() {
  return z
    .string()
    .max(10)
    .refine((s) => parseDate(s)?.precision === 'day', 'must be a day that exists, as 2025-03-10')
    .meta({ description: 'A calendar day (UTC)', examples: ['2025-03-10'] })
}

const COMMUNITY_NAME = /^[a-z][a-z0-9-]{1,62}$/

/** The name by which a community is addressed in URLs and on the command line. */
export function communityName() {
  return z
    .string()
    .regex(COMMUNITY_NAME, 'must be 2 to 63 lower-case letters, digits and hyphens, beginning with a letter')
    .refine((name) => !isTaken(name), 'must not end in -private')
    .meta({ description: 'The community, as it stands in URLs', examples: ['kubernetes'] })
}

/** Whether a community could be called so. */
export function isCommunityName(text: string): boolean {
  return COMMUNITY_NAME.test(text) && !isTaken(text)
}

// The stream of an open book named so would be that of another community's private one.
function isTaken(name: string): boolean {
  return name.endsWith('-private')
}

/** An opaque id made by the server, such as `circle_0Qm…`. */
export function idOf(kind: string) {
  return z
    .string()
    .regex(
      new RegExp(`^${kind}_[A-Za-z0-9_-]{22}$`),
      `must be an id as this server makes them, beginning with ${kind}_`,
    )
    .meta({ description: `Opaque id, begins with ${kind}_` })
}

/** An event's id: a UUID. */
export function eventId() {
  return z
    .string()
    .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be an event id: a lower-case UUID')
    .meta({ description: 'Id of an event' })
}

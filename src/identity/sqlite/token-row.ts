import type { SQLOutputValue } from 'node:sqlite'
import type { CredentialKind, Scope, TokenInfo } from '../port.ts'

export type TokenRow = Readonly<Record<string, SQLOutputValue>>

/** The columns that {@link infoOf} reads. */
export const INFO_COLUMNS =
  'id, kind, community, person_id, label, made_by, scopes, created_at, expires_at, last_used_on, revoked_at'

/** What a row of the table `tokens` says of a token. */
export function infoOf(row: TokenRow): TokenInfo {
  return {
    id: String(row.id),
    // The table holds what infoOfNew let in, and checks the kind itself.
    kind: String(row.kind) as CredentialKind,
    scopes: String(row.scopes)
      .split(' ')
      .filter((scope) => scope !== '') as Scope[],
    createdAt: String(row.created_at),
    expiresAt: String(row.expires_at),
    ...present('community', row.community),
    ...present('personId', row.person_id),
    ...present('label', row.label),
    ...present('madeBy', row.made_by),
    ...present('lastUsedOn', row.last_used_on),
    ...present('revokedAt', row.revoked_at),
  }
}

function present<K extends string>(name: K, value: SQLOutputValue | undefined): { readonly [P in K]?: string } {
  return typeof value === 'string' ? ({ [name]: value } as { readonly [P in K]: string }) : {}
}

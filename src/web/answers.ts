/** Answers of the API, as far as the pages show them. */

/** The point an answer was given at. */
export interface Frame {
  readonly asOf?: string
  readonly asKnownAt: string | null
  readonly atRevision: number
  readonly head: { readonly revision: number; readonly hash: string | null }
  readonly record: 'recorded' | 'nothing-recorded-yet'
  /** In the API. */
  readonly permalink: string
}

export interface Person {
  readonly id: string
  readonly name: string | null
  readonly handle: string | null
  readonly erased?: boolean
}

export interface Named {
  readonly id: string
  readonly name: string
}

export interface Holding {
  readonly holdingId: string
  readonly person: Person
  readonly role: Named
  readonly circle: Named
  readonly kind: string
  readonly from: string
  /** First day no longer held. */
  readonly to: string | null
  readonly certainty?: 'certain' | 'possible'
  readonly disputed: boolean
  readonly status: string
  readonly termEnd: string | null
  readonly onBehalfOf: Person | null
  readonly basis: string
  readonly source: string | null
  readonly evidence: readonly string[]
}

export interface Spell extends Holding {
  readonly state: 'running' | 'possibly-running' | 'ended' | 'to-come'
  readonly days: number
}

export interface RosterAnswer extends Frame {
  readonly holders: readonly Holding[]
}

export interface HistoryAnswer extends Frame {
  readonly spells: readonly Spell[]
  readonly days: number
}

export interface PersonAnswer extends Frame {
  readonly person: Person
  readonly member: boolean
  readonly knownSince: string | null
  readonly joinedAt: string | null
  readonly leftAt: string | null
  readonly onLeave: { readonly from: string; readonly to: string | null } | null
  readonly names: readonly { readonly name: string | null; readonly knownSince: string | null }[]
}

export interface RoleAnswer extends Frame {
  readonly role: Named
  readonly circle: Named
  readonly imported: boolean
  readonly wordings: readonly {
    readonly purpose: string | null
    readonly responsibilities: readonly string[]
    readonly mandate: { readonly may: readonly string[]; readonly mayNot: readonly string[] }
    readonly seats: number | null
    readonly termDays: number | null
    readonly from: string | null
    readonly to: string | null
  }[]
}

export interface CommunityAnswer extends Frame {
  readonly community: string
  readonly name: string | null
}

export interface Remark {
  readonly eventId: string
  readonly type: string
  readonly recordedAt: string
  readonly by: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface Entry {
  readonly revision: number
  readonly id: string
  readonly type: string
  readonly actor: string
  readonly person: Person | null
  readonly via: string
  readonly effectiveAt: string
  readonly recordedAt: string
  readonly basis: string
  readonly touches: readonly string[]
  readonly data: Readonly<Record<string, unknown>>
  readonly hash: string
  readonly previous: string | null
  readonly remarks: readonly Remark[]
}

export interface AuditAnswer extends Frame {
  readonly entries: readonly Entry[]
  readonly next: number | null
}

/** An objection as the book says now; moments in ms since 1970. */
export interface Objection {
  readonly objectionId: string
  readonly objectorId: string
  readonly version: number
  readonly raisedAt: number
  /** Whoever raised it says that others may test it: company came, or is waived. */
  allowed: boolean
  /** Who took it up, or saw it too after it was set aside: it stands then, for good. */
  readonly standsWith: Set<string>
  /** Proposed to be set aside, and seconded from `secondedAt` on with effect from `takesEffectAt` on. */
  settingAside?: { readonly by: string; takesEffectAt?: number }
  ended?: { readonly how: 'integrated' | 'withdrawn'; readonly at: number; readonly inVersion?: number }
}

export type ObjectionStatus = 'open' | 'setting-aside' | 'set-aside' | 'integrated' | 'withdrawn'

/** How an objection stands at a moment; `setting-aside` is seconded and still counts as open. */
export function objectionStatus(objection: Objection, t: number): ObjectionStatus {
  if (objection.ended) return objection.ended.how
  const { takesEffectAt } = objection.settingAside ?? {}
  if (takesEffectAt === undefined) return 'open'
  return takesEffectAt <= t ? 'set-aside' : 'setting-aside'
}

/** Whether it stops an adoption: until it is met or taken back, or set aside with effect. */
export function isOpenObjection(objection: Objection, t: number): boolean {
  const status = objectionStatus(objection, t)
  return status === 'open' || status === 'setting-aside'
}

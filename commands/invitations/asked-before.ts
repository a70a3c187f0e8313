import type { Matter } from '../../src/kernel/matters.ts'
import { type Yeses, yesText } from '../asks/yes-facts.ts'
import type { InvitationKind } from './events.ts'
import type { InvitationLife } from './life.ts'

/** The last time an inviter asked somebody to something of a kind. */
export interface Asking {
  /** ms. */
  readonly at: number
  readonly accepted: boolean
}

/**
 * The last asking of a person by one inviter to one kind of invitation, by name or to all. It looks at the inviter's own
 * askings and at yeses everybody can read; a no and silence are the same to it.
 */
export function lastAsking(
  personId: string,
  by: string,
  kind: InvitationKind,
  own: { readonly matters: readonly Matter[]; readonly lives: readonly InvitationLife[]; readonly yeses: Yeses },
): Asking | undefined {
  const toAll = own.lives.flatMap((life): Asking[] => {
    const at = life.inviters.get(by)
    // Who invites along was asked by nobody.
    if (life.toAll === undefined || life.kind !== kind || at === undefined || life.inviters.has(personId)) return []
    return [{ at, accepted: life.yeses.has(personId) }]
  })
  const byName = own.matters.flatMap(({ events: [first] }): Asking[] => {
    const data = (first?.data ?? {}) as Readonly<Record<string, string>>
    if (data.what !== 'invitation' || data.kind !== kind) return []
    if (data.askedBy !== by || data.askedOf !== personId || first === undefined) return []
    const asked = { what: 'invitation', about: data.about ?? '', by, at: first.recordedAt } as const
    return [{ at: Date.parse(first.recordedAt), accepted: own.yeses.has(yesText(personId, asked)) }]
  })
  return [...toAll, ...byName].reduce<Asking | undefined>(
    (last, each) => (last && last.at > each.at ? last : each),
    undefined,
  )
}

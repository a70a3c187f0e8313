import { AgreementRecorded } from '../../commands/agreements/events.ts'
import { CommunityFounded, PolicyAmended, type PRESETS } from '../../commands/community/events.ts'
import { type Policies, PRESET_POLICIES } from '../../commands/community/policy-table.ts'
import type { Revision } from '../../src/kernel/book.ts'
import type { Point } from '../../src/kernel/define-question.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'

type Rule = keyof Policies

/** What changed a rule last. */
export interface RuleChange {
  readonly version: number
  /** Set in the first days, and not yet confirmed by a founding agreement. */
  readonly provisional: boolean
  readonly proposalId?: string
}

/** The rules in force from a revision on. */
export interface PolicyVersion {
  readonly revision: Revision
  /** When it was recorded, ms. */
  readonly at: number
  readonly version: number
  readonly values: Policies
  /** By rule, what changed it last; a rule that is not here is the preset's. */
  readonly changed: Readonly<Partial<Record<Rule, RuleChange>>>
  /** Who changed rules in this one, and what was set; a founding agreement confirms and sets nothing. */
  readonly amended?: { readonly by: string; readonly rules: readonly Rule[] }
  readonly confirmedBy?: string
}

export interface PoliciesView {
  preset: (typeof PRESETS)[number]
  readonly versions: PolicyVersion[]
}

/** The rules in force at a point; the preset's before anything was recorded. */
export function policiesAt({ versions, preset }: PoliciesView, { asOf, revision }: Point): PolicyVersion {
  const found = versions.findLast((version) => version.revision <= revision && version.at <= asOf)
  return found ?? { revision: -1, at: 0, version: 0, values: PRESET_POLICIES[preset], changed: {} }
}

function lastOf({ versions, preset }: PoliciesView): Pick<PolicyVersion, 'version' | 'values' | 'changed'> {
  return versions.at(-1) ?? { version: 0, values: PRESET_POLICIES[preset], changed: {} }
}

export const policiesProjection = defineProjection<PoliciesView>({
  name: 'policies',
  version: 2,
  summary: 'The rules a community has set for itself, version by version.',
  initial: () => ({ preset: 'hospitality', versions: [] }),
  cases: [
    on(CommunityFounded, (view, { preset }, { revision, recordedAt }) => {
      view.preset = preset
      const values = PRESET_POLICIES[preset]
      view.versions.push({ revision, at: Date.parse(recordedAt), version: 0, values, changed: {} })
    }),
    on(PolicyAmended, (view, { version, changes, provisional, proposalId }, { revision, recordedAt, actor }) => {
      const last = lastOf(view)
      const rules = Object.keys(changes).sort() as Rule[]
      const change: RuleChange = { version, provisional, ...(proposalId === undefined ? {} : { proposalId }) }
      view.versions.push({
        revision,
        at: Date.parse(recordedAt),
        version,
        values: { ...last.values, ...(changes as Partial<Policies>) },
        changed: { ...last.changed, ...Object.fromEntries(rules.map((rule) => [rule, change])) },
        amended: { by: actor, rules },
      })
    }),
    on(AgreementRecorded, (view, { founding, agreementId }, { revision, recordedAt }) => {
      if (!founding) return
      const { version, values, changed } = lastOf(view)
      const confirmed = Object.entries(changed).map(([rule, change]) => [rule, { ...change, provisional: false }])
      view.versions.push({
        revision,
        at: Date.parse(recordedAt),
        version,
        values,
        changed: Object.fromEntries(confirmed),
        confirmedBy: agreementId,
      })
    }),
  ],
})

import { CommunityFounded, PolicyAmended, type PRESETS } from '../../commands/community/events.ts'
import { type Policies, PRESET_POLICIES } from '../../commands/community/policy-table.ts'
import type { Revision } from '../../src/kernel/book.ts'
import type { Point } from '../../src/kernel/define-question.ts'
import { defineProjection, on } from '../../src/kernel/folds.ts'

type Rule = keyof Policies

/** The rules in force from a revision on. */
export interface PolicyVersion {
  readonly revision: Revision
  /** When it was recorded, ms. */
  readonly at: number
  readonly version: number
  readonly values: Policies
  /** By rule, what changed it last; a rule that is not here is the preset's. */
  readonly changed: Readonly<Partial<Record<Rule, { readonly version: number; readonly provisional: boolean }>>>
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

export const policiesProjection = defineProjection<PoliciesView>({
  name: 'policies',
  version: 1,
  summary: 'The rules a community has set for itself, version by version.',
  initial: () => ({ preset: 'hospitality', versions: [] }),
  cases: [
    on(CommunityFounded, (view, { preset }, { revision, recordedAt }) => {
      view.preset = preset
      const values = PRESET_POLICIES[preset]
      view.versions.push({ revision, at: Date.parse(recordedAt), version: 0, values, changed: {} })
    }),
    on(PolicyAmended, (view, { version, changes, provisional }, { revision, recordedAt }) => {
      const last = view.versions.at(-1)
      const rules = Object.keys(changes) as Rule[]
      view.versions.push({
        revision,
        at: Date.parse(recordedAt),
        version,
        values: { ...PRESET_POLICIES[view.preset], ...last?.values, ...(changes as Partial<Policies>) },
        changed: { ...last?.changed, ...Object.fromEntries(rules.map((rule) => [rule, { version, provisional }])) },
      })
    }),
  ],
})

import { z } from 'zod'
import { PRESET_POLICIES } from '../../commands/community/policy-table.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { instantText } from '../../src/kernel/dates.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { personRef, refOf } from '../people/person-refs.ts'
import { peopleProjection } from '../people/projection.ts'
import { flatValue, policyValue } from './policy-values.ts'
import { policiesProjection } from './projection.ts'

const change = z.object({ rule: z.string(), from: policyValue, to: policyValue })

const version = z.object({
  version: z.int(),
  revision: z.int(),
  at: z.string(),
  by: personRef.nullable().meta({ description: 'Who set it, or carried out what was adopted' }),
  proposalId: z.string().nullable(),
  provisional: z.boolean().meta({ description: 'Set in the first days, and not yet confirmed' }),
  changes: z.array(change),
})

export const policyHistory = defineQuestion({
  name: 'policy-history',
  summary: 'Every time rules were changed: which, from what to what, by whom and by which adopted proposal.',
  reads: { policies: policiesProjection, people: peopleProjection },
  params: z.strictObject({}),
  answer: classed(1, z.object({ versions: z.array(version), count: z.int() })),
  timed: true,
  resource: () => 'policies',
  public: false,
  http: { path: '/policies/history' },
  cli: { verb: 'policy-history', aliases: { on: 'asOf' } },
  rows: ({ versions }) =>
    versions.flatMap(({ changes, by, ...rest }) =>
      changes.map(({ rule, from, to }) => ({
        ...rest,
        by: by === null ? null : (by.name ?? by.id),
        rule,
        from: flatValue(from),
        to: flatValue(to),
      })),
    ),
  ask({ policies: { versions, preset }, people }, _, context) {
    const known = versions.filter(({ revision, at }) => revision <= context.revision && at <= context.asOf)
    const confirmed = known.some(({ confirmedBy }) => confirmedBy !== undefined)
    const told = known.flatMap(({ version: number, revision, at, values, changed, amended }, i) => {
      const [first] = amended?.rules ?? []
      if (!amended || first === undefined) return []
      const before = known[i - 1]?.values ?? PRESET_POLICIES[preset]
      const { provisional = false, proposalId } = changed[first] ?? {}
      return [
        {
          version: number,
          revision,
          at: instantText(at),
          by: amended.by.startsWith('person_') ? refOf(people, amended.by, context) : null,
          proposalId: proposalId ?? null,
          provisional: provisional && !confirmed,
          changes: amended.rules.map((rule) => ({ rule, from: before[rule], to: values[rule] })),
        },
      ]
    })
    return { versions: told, count: told.length }
  },
})

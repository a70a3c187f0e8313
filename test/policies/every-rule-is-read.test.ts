import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { guardMode } from '../../commands/community/policy-forms.ts'
import { POLICY_KEYS, PRESET_POLICIES, policySchema, provenanceOf } from '../../commands/community/policy-table.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The code that decides and answers, without comments and without the tables that only declare rules. */
const code = globSync('{commands,projections}/**/*.ts', { cwd: root })
  .filter((file) => !/polic(ies|y-table|y-forms)\.ts$/.test(file))
  .map((file) => readFileSync(`${root}/${file}`, 'utf8').replaceAll(/\/\*.*?\*\/|\/\/[^\n]*/gs, ''))

/** Whether some code takes the value of a rule: as a property of the rules, or by taking them apart. */
function isRead(key: string, texts: readonly string[]): boolean {
  const name = key.replaceAll('.', '\\.')
  const property = new RegExp(`\\b(policies|policy|values|rules)(\\.${name}\\b|\\[['"]${name}['"]\\])`)
  const apart = new RegExp(
    `\\{[^{}]*(?<![\\w.])['"]?${name}['"]?\\b[^{}]*\\}\\s*(:\\s*(Pick<)?Policies\\b|=\\s*[\\w.]*(policies|policy|values)\\b|\\) =>)`,
  )
  return texts.some((text) => property.test(text) || apart.test(text))
}

describe('every rule a community may set', () => {
  it('is read by a rule of the engine', () => {
    expect(POLICY_KEYS.filter((key) => !isRead(key, code))).toEqual([])
    expect(POLICY_KEYS.length).toBeGreaterThan(40)
  })

  it.each(['moodOfTheHouse', 'decision.mood'])('as this test can tell: nothing reads %s', (key) => {
    expect(isRead(key, code)).toBe(false)
    expect(isRead(key, [`if (now > policies['${key}']) return`])).toBe(true)
    expect(isRead(key, [`note(${key})`])).toBe(false)
  })

  it('has a meaning, a value in both presets, and says where its default comes from', () => {
    for (const key of POLICY_KEYS) {
      expect([key, policySchema.shape[key].description]).toEqual([key, expect.stringMatching(/\S{2}/)])
      expect(provenanceOf(key)).toMatch(/\S/)
    }
    for (const preset of Object.values(PRESET_POLICIES))
      expect(policySchema.safeParse(preset).error?.issues).toBeUndefined()
  })

  it('is no stricter in a crew: there every guard only warns', () => {
    const guards = POLICY_KEYS.filter((key) => policySchema.shape[key] instanceof guardMode.constructor)
    const modes = guards.filter((key) => guardMode.safeParse(PRESET_POLICIES.hospitality[key]).success)
    expect(modes.length).toBeGreaterThan(7)
    expect(modes.filter((key) => PRESET_POLICIES.crew[key] === 'require')).toEqual([])
  })
})

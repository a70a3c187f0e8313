import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { discover } from '../../src/composition/discover.ts'
import { policiesPage } from '../../src/composition/policies-page.ts'
import { builtInFolders } from '../../src/composition/wiring.ts'
import { openapiDocument } from '../../src/http/openapi.ts'
import { referencePages } from '../../src/http/reference.ts'
import type { Registry } from '../../src/kernel/registry.ts'

const STALE = 'is not what the definitions make now: run `npm run generate`'
const committed = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')

describe('what is generated and kept', () => {
  let registry: Registry
  beforeAll(async () => {
    registry = await discover(builtInFolders())
  })

  it('openapi.json is what the definitions make now', () => {
    const made = `${JSON.stringify(openapiDocument(registry), null, 2)}\n`
    expect(committed('openapi.json') === made, `openapi.json ${STALE}`).toBe(true)
  })

  it.each(['commands.md', 'questions.md', 'events.md', 'problems.md'])(
    '%s is what the definitions make now',
    (name) => {
      const made = referencePages(registry)[name]
      expect(committed(`docs/reference/${name}`) === made, `docs/reference/${name} ${STALE}`).toBe(true)
    },
  )

  it('policies.md is what the table of rules makes now', () => {
    expect(committed('docs/reference/policies.md') === policiesPage(), `docs/reference/policies.md ${STALE}`).toBe(true)
  })

  it('every reference page that is made is among those compared', () => {
    expect(Object.keys(referencePages(registry)).sort()).toEqual([
      'commands.md',
      'events.md',
      'problems.md',
      'questions.md',
    ])
  })
})

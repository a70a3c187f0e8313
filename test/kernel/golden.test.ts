import { describe, expect, it } from 'vitest'
import { canonicalText } from '../../src/engine/canonical.ts'
import { upcast } from '../../src/engine/upcasting.ts'
import type { RecordedEvent } from '../../src/kernel/envelope.ts'
import { leafHash } from '../../src/ledger/proofs/leaf.ts'
import { fixtureName, fixtureNames, readFixture, shapeOf } from '../fixtures/golden/fixture.ts'
import { historyOfEveryEvent } from '../support/history-of-every-event.ts'
import { Scenario, typesOf } from '../support/scenario.ts'

const { registry } = await Scenario.open()
const definitions = [...registry.events.values()]
const versions = definitions.flatMap((definition) =>
  Array.from({ length: definition.version }, (_, index) => ({ type: definition.type, version: index + 1 })),
)
const newest = definitions.map(({ type, version }) => ({ type, version }))

function golden(type: string, version: number) {
  const fixture = readFixture(type, version)
  if (!fixture) throw new Error(`no ${fixtureName(type, version)}: see test/fixtures/golden/README.md`)
  return { ...fixture, event: JSON.parse(fixture.text) as RecordedEvent<Record<string, unknown>> }
}

describe.each(versions)('the fixture of $type version $version', ({ type, version }) => {
  it('is there, and is of that type and version', () => {
    const { event, ...fixture } = golden(type, version)
    expect(fixture).toMatchObject({ type, version })
    expect(event).toMatchObject({ type, schemaVersion: version })
  })

  it('hashes as it did, from a text that is canonical still', () => {
    const { text, hash, event } = golden(type, version)
    expect(leafHash(text)).toBe(hash)
    expect(canonicalText(event)).toBe(text)
  })

  it('reads as the newest version', () => {
    const { event } = golden(type, version)
    const read = upcast(event, registry.events)
    expect(registry.events.get(type)?.storedSchema.safeParse(read.data).error?.issues).toBeUndefined()
  })
})

describe.each(newest)('the schema of $type', ({ type, version }) => {
  it(`is that of its fixture of version ${version}: another shape is another version`, () => {
    const definition = registry.events.get(type)
    expect(definition && shapeOf(definition)).toEqual(golden(type, version).shape)
  })
})

describe('the golden fixtures', () => {
  it('are of event versions there are: no type is ever dropped', () => {
    const known = versions.map(({ type, version }) => fixtureName(type, version))
    expect(fixtureNames().filter((name) => !known.includes(name))).toEqual([])
  })

  it('can be made for every type: the history behind them has each', async () => {
    const history = await historyOfEveryEvent()
    const told = new Set([...typesOf(await history.events()), ...typesOf(await history.events('private'))])
    expect(definitions.map(({ type }) => type).filter((type) => !told.has(type))).toEqual([])
  })
})

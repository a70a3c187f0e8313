import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { openHearthbook } from '../../src/composition/wiring.ts'
import { perform } from '../support/engine.ts'
import { pageLayout } from './page-layout.ts'
import { randomFrom } from './random.ts'
import { scratchDirectory } from './scratch.ts'
import { findingsOf } from './verification.ts'

const COMMUNITY = 'hearth'
const BOOKS = [{ community: COMMUNITY, book: 'open' }] as const
const FLIPS = 100
const SEED = Number(process.env.BIT_FLIP_SEED ?? 20_260_601)

it(`names every one of ${FLIPS} flipped bytes that says anything (BIT_FLIP_SEED=${SEED})`, async () => {
  const directory = scratchDirectory()
  const sound = await writeLedger(directory)
  expect(await findingsOf(sound, BOOKS)).toEqual([])
  const bytes = readFileSync(sound)
  const layout = pageLayout(bytes, rootsOf(sound))
  const damaged = join(directory, 'damaged.db')
  const random = randomFrom(SEED)
  let named = 0
  const silent: string[] = []
  for (let flip = 0; flip < FLIPS; flip += 1) {
    const offset = random(bytes.length)
    const mask = 1 + random(255)
    const copy = Buffer.from(bytes)
    copy.writeUInt8(copy.readUInt8(offset) ^ mask, offset)
    writeFileSync(damaged, copy)
    const findings = await findingsOf(damaged, BOOKS)
    if (findings.some((words) => words.trim() !== '')) named += 1
    else if (layout.isUsed(offset) && !sameWhenVacuumed(directory, sound, damaged)) {
      const place = `byte ${offset % layout.pageSize} of page ${1 + Math.floor(offset / layout.pageSize)}`
      silent.push(`${place}, xor ${mask}: neither named nor proven to be unused`)
    }
  }
  expect(silent).toEqual([])
  // Most of a ledger's bytes are its records, so a run where most flips went unnamed has tested nothing.
  expect(named).toBeGreaterThan(FLIPS / 2)
})

it('takes for unused only bytes from which nothing is read', async () => {
  const directory = scratchDirectory()
  const sound = await writeLedger(directory)
  const bytes = readFileSync(sound)
  const layout = pageLayout(bytes, rootsOf(sound))
  const random = randomFrom(SEED)
  const overwritten = join(directory, 'overwritten.db')
  writeFileSync(
    overwritten,
    bytes.map((byte, offset) => (layout.isUsed(offset) ? byte : random(256))),
  )
  expect(layout.used).toBeLessThan(bytes.length)
  expect(readFileSync(overwritten).equals(bytes)).toBe(false)
  expect(await findingsOf(overwritten, BOOKS)).toEqual([])
  expect(sameWhenVacuumed(directory, sound, overwritten)).toBe(true)
})

/** A ledger of a few thousand records, some of them longer than a page, closed and checkpointed. */
async function writeLedger(directory: string): Promise<string> {
  const { engine, close } = await openHearthbook({ store: { directory } })
  await perform(engine, COMMUNITY, 'FoundCommunity', { community: COMMUNITY, name: 'Hearth' })
  const rows = Array.from({ length: 500 }, (_, row) => ({
    circle: `circle-${row}`,
    name: `Circle ${row}`,
    from: '2001',
  }))
  await perform(engine, COMMUNITY, 'ImportCircles', { importId: 'circles', rows })
  for (let batch = 0; batch < 4; batch += 1) {
    const holdings = rows.map(({ circle }, row) => ({
      memberId: `member-${(row * 7) % 300}`,
      memberName: `Member ${(row * 7) % 300}`,
      role: 'keeper',
      circle,
      from: `${2001 + 2 * batch}-03-01`,
      to: `${2003 + 2 * batch}-03-01`,
      source: 'the old book',
    }))
    await perform(engine, COMMUNITY, 'ImportHoldings', { importId: `batch-${batch}`, rows: holdings })
  }
  const actor = { kind: 'person', personId: `person_${'a'.repeat(22)}` } as const
  for (let long = 0; long < 20; long += 1) {
    const purpose = `What circle ${long} is for: ${'to keep the fire. '.repeat(10 * (long + 1))}`
    await perform(engine, COMMUNITY, 'FormCircle', { name: `Long ${long}`, kind: 'circle', purpose }, { actor })
  }
  await close()
  const file = join(directory, 'ledger.db')
  if (existsSync(`${file}-wal`)) throw new Error('the ledger was not closed cleanly')
  return file
}

function rootsOf(file: string): readonly number[] {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const rows = db.prepare('SELECT rootpage FROM sqlite_schema WHERE rootpage > 0').all()
    return [1, ...rows.map(({ rootpage }) => Number(rootpage))]
  } finally {
    db.close()
  }
}

/** Whether SQLite reads the same from both files, down to the last byte: it writes everything it reads into a new one. */
function sameWhenVacuumed(directory: string, sound: string, damaged: string): boolean {
  const [left, right] = [sound, damaged].map((file) => vacuumed(directory, file))
  return left !== undefined && right !== undefined && left.equals(right)
}

function vacuumed(directory: string, file: string): Buffer | undefined {
  const source = join(directory, 'vacuum-source.db')
  const target = join(directory, 'vacuum-target.db')
  copyFileSync(file, source)
  rmSync(target, { force: true })
  const db = new DatabaseSync(source)
  try {
    db.prepare('VACUUM INTO ?').run(target)
    return readFileSync(target)
  } catch {
    return undefined
  } finally {
    db.close()
  }
}

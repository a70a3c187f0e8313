import { z } from 'zod'
import { dateBounds } from '../../src/kernel/dates.ts'
import { defineCommand } from '../../src/kernel/define-command.ts'
import type { NewEvent } from '../../src/kernel/define-event.ts'
import { canFollow } from '../../src/kernel/intervals.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { dateForm, line } from '../../src/kernel/text.ts'
import { CircleImported } from '../circles/events.ts'
import { circleAt, circleRowText, circlesSlice } from '../circles/state.ts'
import { ROW_INVALID, type RowFinding, rowsInvalid } from './rows-invalid.ts'
import { recordsSlice } from './state.ts'

const row = z.strictObject({
  circle: line().meta({ description: 'The key of the circle in its source; holdings name it by this' }),
  name: line(),
  kind: line(60).default('circle'),
  parent: line().nullish().meta({ description: 'Key of the circle it is inside of: known already, or an earlier row' }),
  from: dateForm(),
  to: dateForm().nullish(),
  source: line(500).optional(),
})

export const importCircles = defineCommand({
  name: 'ImportCircles',
  summary:
    'Takes circles over from a record kept elsewhere, one row per spell. A row that is there already adds nothing.',
  book: 'open',
  who: 'importer',
  schema: z.strictObject({ importId: line(100), rows: z.array(row).min(1).max(500) }),
  reads: { circles: circlesSlice, records: recordsSlice },
  http: { method: 'POST', path: '/imports/{importId}/circles', location: '/imports/{importId}', bodyLimit: 1_048_576 },
  refusals: { ROW_INVALID, IMPORT_WITHDRAWN: 'The import was withdrawn. Use another import id.' },
  decide({ circles, records }, { importId, rows }, { mint, fingerprint, now }) {
    if (records.imports.get(importId) === 'withdrawn')
      return refuse('IMPORT_WITHDRAWN', { message: 'The import was withdrawn. Use another import id.' })
    const findings: RowFinding[] = []
    const events: NewEvent[] = []
    const minted = new Map<string, string>()
    const parents = new Map<string, string | undefined>()
    const seen = new Set<string>()
    const idOfKey = (key: string) => circles.byKey.get(key) ?? minted.get(key)
    const parentOf = (id: string) => (parents.has(id) ? parents.get(id) : circleAt(circles, id, now)?.parentId)
    rows.forEach(({ circle, name, kind, parent, from, to, source }, index) => {
      const parentId = parent == null ? undefined : idOfKey(parent)
      if (parent != null && parentId === undefined) {
        findings.push({ row: index, field: 'parent', rule: `names the unknown circle "${parent}"` })
      }
      if (to != null && !canFollow(dateBounds(from), dateBounds(to))) {
        findings.push({ row: index, field: 'to', rule: `must be after "from" (${from})` })
      }
      const circleId = idOfKey(circle) ?? mint('circle')
      minted.set(circle, circleId)
      parents.set(circleId, parentId)
      if (isInside(parentId, circleId, parentOf)) {
        findings.push({ row: index, field: 'parent', rule: 'would put the circle inside itself' })
      }
      const spell = fingerprint('circle', circle, from)
      if (seen.has(spell))
        findings.push({ row: index, field: 'from', rule: `states the spell of "${circle}" from ${from} a second time` })
      seen.add(spell)
      const fields = { name, kind, parentId, from, to: to ?? undefined }
      if (circles.spells.get(spell)?.at(-1)?.row === circleRowText(fields)) return
      events.push(CircleImported.of({ importId, circleId, key: circle, spell, ...fields, source: source ?? importId }))
    })
    return findings.length > 0 ? rowsInvalid(findings) : events
  },
})

function isInside(id: string | undefined, circleId: string, parentOf: (id: string) => string | undefined): boolean {
  const visited = new Set<string>()
  for (let at = id; at !== undefined && !visited.has(at); at = parentOf(at)) {
    if (at === circleId) return true
    visited.add(at)
  }
  return false
}

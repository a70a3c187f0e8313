import { z } from 'zod'
import { dateBounds } from '../../src/kernel/dates.ts'
import { type DecideContext, defineCommand } from '../../src/kernel/define-command.ts'
import type { NewEvent } from '../../src/kernel/define-event.ts'
import { canFollow } from '../../src/kernel/intervals.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { dateForm, line } from '../../src/kernel/text.ts'
import { type CirclesState, circleInRow, circlesSlice } from '../circles/state.ts'
import { RoleImported, roleShape } from '../roles/events.ts'
import { type RolesState, roleNamed, rolesSlice } from '../roles/state.ts'
import {
  HOLDING_KINDS,
  HoldingImported,
  HoldingReimported,
  IMPORT_BASES,
  ImportContradicted,
  PersonImported,
} from './events.ts'
import { ROW_INVALID, type RowFinding, rowsInvalid } from './rows-invalid.ts'
import { holdingRowText, type RecordsState, recordsSlice } from './state.ts'

const row = z.strictObject({
  memberId: line().meta({ description: "The person's id in the source: a handle or a number" }),
  memberName: line().meta({ description: 'Their name as the source has it; need not be unique' }),
  role: line(),
  circle: line().meta({ description: 'Key of a circle imported before, or the id of one formed here' }),
  kind: z.enum(HOLDING_KINDS).default('holder'),
  from: dateForm().meta({ description: 'First day held' }),
  to: dateForm().nullish().meta({ description: 'First day no longer held; none while it goes on' }),
  source: line(500).meta({ description: 'What shows it: a document, or a file and commit' }),
  sourceRecordedAt: dateForm().nullish().meta({ description: 'When the source came to say so' }),
  basis: z.enum(IMPORT_BASES).default('imported'),
  weight: roleShape.weight
    .default(1)
    .meta({ description: 'How much the role carries, if this row is the first to name it' }),
  ordinal: z.int().min(0).optional().meta({
    description:
      'Which one, of several rows equal in member, circle, role and from; counted within the batch unless given',
  }),
})
type Row = z.output<typeof row>

export const importHoldings = defineCommand({
  name: 'ImportHoldings',
  summary:
    'Takes over who held which role when from a record kept elsewhere. A row that is there already adds nothing; one with another end changes the end.',
  book: 'open',
  who: 'importer',
  schema: z.strictObject({ importId: line(100), rows: z.array(row).min(1).max(500) }),
  reads: { circles: circlesSlice, roles: rolesSlice, records: recordsSlice },
  http: { method: 'POST', path: '/imports/{importId}/holdings', location: '/imports/{importId}', bodyLimit: 1_048_576 },
  refusals: { ROW_INVALID, IMPORT_WITHDRAWN: 'The import was withdrawn. Use another import id.' },
  decide({ circles, roles, records }, { importId, rows }, context) {
    if (records.imports.get(importId) === 'withdrawn')
      return refuse('IMPORT_WITHDRAWN', { message: 'The import was withdrawn. Use another import id.' })
    const findings = rows.flatMap((each, index) => rowFindings(each, index, circles))
    if (findings.length > 0) return rowsInvalid(findings)
    const batch = new Batch(importId, circles, roles, records, context)
    for (const each of rows) batch.add(each)
    return batch.events
  },
})

function rowFindings({ circle, from, to }: Row, index: number, circles: CirclesState): RowFinding[] {
  const findings: RowFinding[] = []
  if (circleInRow(circles, circle) === undefined)
    findings.push({ row: index, field: 'circle', rule: `names the unknown circle "${circle}"` })
  if (to != null && !canFollow(dateBounds(from), dateBounds(to)))
    findings.push({ row: index, field: 'to', rule: `must be after "from" (${from})` })
  return findings
}

/** The events of one batch, as they build on one another: a person or role is imported once, with the first row that names it. */
class Batch {
  readonly events: NewEvent[] = []
  readonly #newPeople = new Map<string, string>()
  readonly #newRoles = new Map<string, string>()
  readonly #seen = new Set<string>()
  readonly #ordinals = new Map<string, number>()
  readonly #importId: string
  readonly #circles: CirclesState
  readonly #roles: RolesState
  readonly #records: RecordsState
  readonly #context: DecideContext

  constructor(
    importId: string,
    circles: CirclesState,
    roles: RolesState,
    records: RecordsState,
    context: DecideContext,
  ) {
    this.#importId = importId
    this.#circles = circles
    this.#roles = roles
    this.#records = records
    this.#context = context
  }

  add(each: Row): void {
    const { kind, from, to, source, basis, sourceRecordedAt } = each
    const sourceKey = this.#sourceKey(each)
    // The same row twice under one ordinal is one holding, told twice.
    if (this.#seen.has(sourceKey)) return
    this.#seen.add(sourceKey)
    const known = this.#records.holdings.get(sourceKey)
    if (known?.rows.at(-1)?.row === holdingRowText(each)) return
    const circleId = circleInRow(this.#circles, each.circle) ?? ''
    const places = { personId: this.#person(each), roleId: this.#role(each, circleId), circleId }
    const says = { from, to: to ?? undefined, source }
    if (known && this.#correctedHere(known.rows)) {
      if (known.contradicted === (to ?? '') || this.#agrees(known.rows, to ?? undefined)) return
      this.events.push(
        ImportContradicted.of({ importId: this.#importId, holdingId: known.holdingId, ...places, ...says }),
      )
      return
    }
    const definition = known ? HoldingReimported : HoldingImported
    const holdingId = known?.holdingId ?? this.#context.mint('holding')
    this.events.push(
      definition.of({
        importId: this.#importId,
        holdingId,
        ...places,
        kind,
        basis,
        ...says,
        sourceRecordedAt: sourceRecordedAt ?? undefined,
        sourceKey,
      }),
    )
  }

  // Nothing imported ever overwrites what people here corrected.
  #correctedHere(rows: readonly { readonly eventId: string }[]): boolean {
    return rows.some(({ eventId }) => this.#records.corrected.has(eventId))
  }

  // A row that has come to say what was corrected here contradicts nothing.
  #agrees(rows: readonly { readonly eventId: string }[], to: string | undefined): boolean {
    const { corrected } = this.#records
    const last = rows.findLast(({ eventId }) => corrected.has(eventId))
    const data = last && corrected.get(last.eventId)
    return data !== null && data !== undefined && data.to === to
  }

  #sourceKey({ memberId, circle, role, from, ordinal }: Row): string {
    const equal = JSON.stringify([memberId, circle, role, from])
    const counted = this.#ordinals.get(equal) ?? 0
    this.#ordinals.set(equal, counted + 1)
    return this.#context.fingerprint('holding', memberId, circle, role, from, String(ordinal ?? counted))
  }

  #person({ memberId, memberName }: Row): string {
    const personKey = this.#context.fingerprint('person', memberId)
    const known = this.#records.peopleByKey.get(personKey)?.personId ?? this.#newPeople.get(personKey)
    if (known !== undefined) return known
    const personId = this.#context.mint('person')
    this.#newPeople.set(personKey, personId)
    this.events.push(
      PersonImported.of({ importId: this.#importId, personId, name: memberName, sourceId: memberId, personKey }),
    )
    return personId
  }

  #role({ role, weight }: Row, circleId: string): string {
    const key = `${circleId} ${role}`
    const known = this.#newRoles.get(key) ?? roleNamed(this.#roles, circleId, role, this.#context.now)
    if (known !== undefined) {
      this.#newRoles.set(key, known)
      return known
    }
    const roleId = this.#context.mint('role')
    this.#newRoles.set(key, roleId)
    this.events.push(RoleImported.of({ importId: this.#importId, roleId, circleId, name: role, weight }))
    return roleId
  }
}

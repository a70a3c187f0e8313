import { AT, type House } from './house.ts'
import { influenceExamples } from './influence-operations.ts'
import { type Lived, livedExamples, prepareLived } from './lived-house.ts'

/** One operation of the OpenAPI document. */
export interface Operation {
  readonly id: string
  readonly method: 'GET' | 'POST'
  /** With its parameters in braces. */
  readonly path: string
  readonly definition: Definition
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: unknown
}

export interface Definition {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> }
  readonly responses: Readonly<Record<string, unknown>>
}

/** Every operation of the document that the server serves. */
export async function operationsOf(house: House): Promise<readonly Operation[]> {
  const { paths } = (await house.send('/openapi.json', { token: null })).body as {
    paths: Readonly<Record<string, Readonly<Record<string, Definition>>>>
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, definition]) => ({
      id: definition.operationId,
      method: method === 'post' ? ('POST' as const) : ('GET' as const),
      path,
      definition,
    })),
  )
}

/** Ids of `hearth` that requests may name. */
export interface Known extends Lived {
  readonly circleId: string
  readonly emptyCircleId: string
  readonly closedCircleId: string
  readonly roleId: string
  readonly heldRoleId: string
  readonly eventId: string
  readonly ada: string
  readonly cyd: string
}

/** Gives `hearth` something for every operation: a circle of Ada's with a role, an empty and a closed one, a record that names her. */
export async function prepare(house: House): Promise<Known> {
  const ada = house.dweller('ada')
  const rows = [
    { circle: 'yard', name: 'The yard', from: '2020-01-01' },
    { circle: 'attic', name: 'The attic', from: '2020-01-01', to: '2021-01-01' },
  ]
  await house.post(`${AT}/imports/places/circles`, { rows })
  const formed = await house.post(`${AT}/circles`, { name: 'Kitchen', purpose: 'To cook.' }, { token: ada.token })
  const { circleId } = formed.body.result
  const role = { circleId, name: 'cook', purpose: 'To cook.' }
  const defined = await house.post(`${AT}/roles`, role, { token: ada.token })
  const events = (await house.send(`${AT}/audit?limit=500`)).body.entries as {
    id: string
    type: string
    data: Record<string, string>
  }[]
  const find = (type: string, field: string, value: string) => {
    const event = events.find((each) => each.type === type && each.data[field] === value)
    if (!event) throw new Error(`no ${type} with ${field} ${value}`)
    return event
  }
  const holding = find('HoldingImported', 'personId', ada.id)
  return {
    ...(await prepareLived(house)),
    circleId,
    emptyCircleId: find('CircleImported', 'key', 'yard').data.circleId ?? '',
    closedCircleId: find('CircleImported', 'key', 'attic').data.circleId ?? '',
    roleId: defined.body.result.roleId,
    heldRoleId: holding.data.roleId ?? '',
    eventId: holding.id,
    ada: ada.id,
    cyd: house.dweller('cyd').id,
  }
}

export interface Example {
  readonly path?: Readonly<Record<string, string>>
  readonly query?: string
  readonly body?: unknown
}

/** A request of every operation that needs more than its path, such that it is good where the caller may send it. */
export function examplesOf(known: Known): Readonly<Record<string, Example>> {
  const person = { path: { person: known.ada } }
  const period = { query: 'from=2020-01-01&through=2026-01-01' }
  const words = { text: 'I was there.' }
  const event = { eventId: known.eventId }
  return {
    FoundCommunity: { body: { community: 'cellar', name: 'Cellar' } },
    JoinCommunity: { body: { displayName: 'Somebody' } },
    FormCircle: { body: { name: 'Garden', purpose: 'To grow.' } },
    AmendCircle: { path: { circleId: known.emptyCircleId }, body: { changes: { kind: 'crew' } } },
    CloseCircle: { path: { circleId: known.emptyCircleId }, body: {} },
    ReopenCircle: { path: { circleId: known.closedCircleId }, body: {} },
    DefineRole: { body: { circleId: known.circleId, name: 'baker', purpose: 'To bake.' } },
    AmendRole: { path: { roleId: known.roleId }, body: { changes: { weight: 2 } } },
    RetireRole: { path: { roleId: known.roleId }, body: {} },
    ImportCircles: { path: { importId: 'more' }, body: { rows: [{ circle: 'barn', name: 'Barn', from: '2020' }] } },
    ImportHoldings: {
      path: { importId: 'more' },
      body: {
        rows: [{ memberId: 'dov', memberName: 'Dov', role: 'chair', circle: 'table', from: '2020', source: 'minutes' }],
      },
    },
    WithdrawImport: { path: { importId: 'rolls' }, body: {} },
    AnnotateRecord: { path: event, body: words },
    DisputeRecord: { path: event, body: words },
    AttestRecord: { path: event, body: {} },
    CorrectRecord: { path: event, body: { replacement: null, reason: 'It never was so.' } },
    ErasePersonalData: { path: { personId: known.cyd }, body: { onRequest: true } },
    circle: { path: { circle: known.circleId } },
    role: { path: { role: known.roleId } },
    event: { path: { event: known.eventId } },
    import: { path: { importId: 'rolls' } },
    person,
    'person-history': person,
    'person-roles': person,
    spells: person,
    tenure: person,
    together: { path: { person: known.ada, other: known.cyd } },
    changes: period,
    'change-counts': period,
    'holders-between': period,
    peak: period,
    vacancy: { query: 'role=chair&circle=table&from=2020-01-01&through=2026-01-01' },
    proof: { path: { revision: '0' } },
    problem: { path: { code: 'NOT_FOUND' } },
    ...livedExamples(known, known.ada),
    ...influenceExamples,
  }
}

/** The address of an operation's example; a command's is a dry run. */
export function addressOf(operation: Operation, example: Example = {}, community = 'hearth'): string {
  const fields: Readonly<Record<string, string>> = { community, ...example.path }
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = fields[name]
    if (value === undefined) throw new Error(`${operation.id} has no example for its ${name}`)
    return encodeURIComponent(value)
  })
  const query = operation.method === 'POST' ? 'dryRun=true' : example.query
  return query === undefined ? path : `${path}?${query}`
}

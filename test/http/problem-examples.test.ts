import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { statusOf } from '../../src/kernel/refusal.ts'
import { TestServer } from '../support/http.ts'

interface Response {
  readonly $ref?: string
  readonly description: string
  readonly content?: Readonly<Record<string, Content>>
}
interface Content {
  readonly schema: { readonly properties?: { readonly code: { readonly enum: readonly string[] } } }
  readonly examples?: Readonly<Record<string, { readonly $ref: string }>>
}
interface Example {
  readonly value: Readonly<Record<string, unknown>>
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly examples: Readonly<Record<string, Example>>
    readonly responses: Readonly<Record<string, Response>>
  }
}
interface Operation {
  readonly operationId: string
  readonly responses: Readonly<Record<string, Response>>
}
interface Described {
  readonly operation: string
  readonly status: number
  readonly response: Response
}

describe('the OpenAPI document', () => {
  let server: TestServer
  let document: Document
  let described: readonly Described[]
  const last = (ref: string) => ref.split('/').at(-1) ?? ''
  const exampleOf = (content: Content, code: string) => {
    const ref = content.examples?.[code]?.$ref
    return ref === undefined ? undefined : document.components.examples[last(ref)]?.value
  }

  beforeAll(async () => {
    server = await TestServer.start('2026-03-01T09:00:00Z')
    document = (await server.get('/openapi.json', null)).body
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
    described = operations.flatMap(({ operationId: operation, responses }) =>
      Object.entries(responses).map(([status, each]) => ({
        operation,
        status: Number(status),
        response: (each.$ref === undefined ? each : document.components.responses[last(each.$ref)]) as Response,
      })),
    )
  })
  afterAll(() => server.close())

  it('has an example for each problem of each operation, with its status and its words', () => {
    const without = described.flatMap(({ operation, status, response }) => {
      const content = response.content?.['application/problem+json']
      if (!content) return []
      return response.description.split(', ').flatMap((code) => {
        const example = exampleOf(content, code)
        const fits =
          example?.code === code &&
          example.status === status &&
          status === statusOf(code) &&
          example.type === `/problems/${code}` &&
          typeof example.title === 'string' &&
          /\S/.test(String(example.detail))
        return fits ? [] : [`${operation} ${status} ${code}`]
      })
    })
    expect(without).toEqual([])
    expect(described.filter(({ status }) => status >= 400).length).toBeGreaterThan(500)
  })

  it('tells of each refusal of a command what it means there', () => {
    const missing = [...server.hearthbook.registry.commands.values()].flatMap(({ name, refusals }) =>
      Object.entries(refusals).flatMap(([code, meaning]) => {
        const found = described.find(({ operation, status }) => operation === name && status === statusOf(code))
        const content = found?.response.content?.['application/problem+json']
        const told = content && exampleOf(content, code)?.detail
        return told === meaning || code === 'VALIDATION_FAILED' ? [] : [`${name} ${code}: ${String(told)}`]
      }),
    )
    expect(missing).toEqual([])
  })

  it('says once what several operations answer alike, and refers to nothing that is not there', () => {
    const text = JSON.stringify(document)
    const refs = [...text.matchAll(/"#\/components\/(examples|responses|schemas)\/([^"]+)"/g)]
    const there = document.components as unknown as Record<string, Record<string, unknown>>
    expect(refs.filter(([, kind = '', name = '']) => there[kind]?.[name] === undefined)).toEqual([])
    const used = new Set(refs.map(([, kind, name]) => `${kind} ${name}`))
    const unused = ['examples', 'responses'].flatMap((kind) =>
      Object.keys(there[kind] ?? {}).filter((name) => !used.has(`${kind} ${name}`)),
    )
    expect(unused).toEqual([])
    // Every no has a form: what has none could have no example.
    expect(described.filter(({ status, response }) => status >= 400 && !response.content)).toEqual([])
  })
})

import { COMMON_REFUSALS, refuse } from '../kernel/refusal.ts'
import type { Registry } from '../kernel/registry.ts'
import { problemOf, titleOf } from './problems.ts'

type Json = Record<string, unknown>
type Responses = Readonly<Record<string, unknown>>
interface Operation extends Json {
  readonly operationId: string
  readonly responses: Responses
}

/** What the examples of problems and the responses that several operations share become in `components`. */
export interface SharedProblems {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly examples: Json
  readonly responses: Json
}

const PROBLEM = 'application/problem+json'

/**
 * Gives each problem that an operation describes an example, made of what the refusal is declared to mean. Codes of one
 * meaning share theirs, and a response that several operations describe alike stands once.
 * @param paths operations whose problem responses name their codes in `description`.
 */
export function withProblemExamples(paths: Readonly<Record<string, Json>>, registry: Registry): SharedProblems {
  const examples = new Examples(registry)
  const shown = mapOperations(paths, (operation) => ({
    ...operation,
    responses: mapResponses(operation, (response) => examples.shown(operation.operationId, response)),
  }))
  const shared = new Shared(shown)
  return {
    paths: mapOperations(shown, (operation) => ({
      ...operation,
      responses: mapResponses(operation, (response) => shared.referredTo(response)),
    })),
    examples: examples.components,
    responses: shared.components,
  }
}

/** The codes a problem response describes; none for any other response. */
function codesOf(response: Json): readonly string[] {
  const content = response.content as Json | undefined
  return content && PROBLEM in content ? String(response.description).split(', ') : []
}

class Examples {
  readonly components: Record<string, Json> = {}
  readonly #registry: Registry
  readonly #keys = new Map<string, string>()

  constructor(registry: Registry) {
    this.#registry = registry
  }

  shown(operationId: string, response: Json): Json {
    const codes = codesOf(response)
    if (codes.length === 0) return response
    const examples = Object.fromEntries(
      codes.map((code) => [code, { $ref: `#/components/examples/${this.#keyOf(operationId, code)}` }]),
    )
    const content = response.content as Record<string, Json>
    return { ...response, content: { ...content, [PROBLEM]: { ...content[PROBLEM], examples } } }
  }

  // The first meaning of a code goes by the code alone, another one by the operation that first gives it.
  #keyOf(operationId: string, code: string): string {
    const meaning =
      this.#registry.commands.get(operationId)?.refusals[code] ?? COMMON_REFUSALS[code]?.meaning ?? titleOf(code)
    const said = `${code}: ${meaning}`
    const known = this.#keys.get(said)
    if (known !== undefined) return known
    const key = code in this.components ? `${code}.${operationId}` : code
    this.#keys.set(said, key)
    this.components[key] = { summary: titleOf(code), value: exampleOf(code, meaning) }
    return key
  }
}

const FINDINGS = [{ pointer: '/name', rule: 'must not be empty' }]

function exampleOf(code: string, meaning: string): Json {
  const form = { message: '/name must not be empty.', pointer: '/name', facts: { findings: FINDINGS } }
  const problem = problemOf(refuse(code, code === 'VALIDATION_FAILED' ? form : { message: meaning }))
  // As it is sent: only what is not to be told apart names no request.
  return problem.status === 404 ? { ...problem } : { ...problem, requestId: '0b9d3c1e-5f8a-4f57-9c52-1f2e7f0c6f55' }
}

class Shared {
  readonly components: Record<string, Json> = {}
  readonly #times = new Map<string, number>()
  readonly #names = new Map<string, string>()

  constructor(paths: SharedProblems['paths']) {
    mapOperations(paths, (operation) => {
      for (const response of Object.values(operation.responses)) {
        const text = JSON.stringify(response)
        this.#times.set(text, (this.#times.get(text) ?? 0) + 1)
      }
      return operation
    })
  }

  referredTo(response: Json): Json {
    const codes = codesOf(response)
    const text = JSON.stringify(response)
    if (codes.length === 0 || (this.#times.get(text) ?? 0) < 2) return response
    const name = this.#names.get(text) ?? this.#named(codes.join('.'), text)
    this.components[name] = response
    return { $ref: `#/components/responses/${name}` }
  }

  #named(codes: string, text: string): string {
    let name = codes
    for (let i = 2; name in this.components; i += 1) name = `${codes}.${i}`
    this.#names.set(text, name)
    return name
  }
}

function mapOperations(
  paths: Readonly<Record<string, Json>>,
  change: (operation: Operation) => Operation,
): SharedProblems['paths'] {
  return Object.fromEntries(
    Object.entries(paths).map(([path, methods]) => [
      path,
      Object.fromEntries(Object.entries(methods).map(([method, each]) => [method, change(each as Operation)])),
    ]),
  )
}

function mapResponses({ responses }: Operation, change: (response: Json) => Json): Responses {
  return Object.fromEntries(Object.entries(responses).map(([status, each]) => [status, change(each as Json)]))
}

import { CliError, EXIT, type ExitCode } from './exits.ts'
import { shown } from './output.ts'

/** An RFC 9457 problem as the API answers it. */
export interface Problem {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly findings?: readonly { readonly pointer?: string; readonly rule?: string; readonly message?: string }[]
  readonly facts?: Readonly<Record<string, unknown>>
}

/** The API said no; the exit code follows from what kind of no it is. */
export class ProblemError extends CliError {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(wordsOf(problem), exitOf(problem))
    this.problem = problem
  }
}

/** Reads a problem from whatever body came with an error status. */
export function problemOf(status: number, body: unknown): Problem {
  const fields = typeof body === 'object' && body !== null ? (body as Partial<Problem> & { title?: string }) : {}
  return {
    ...fields,
    status,
    code: fields.code ?? `HTTP_${status}`,
    detail: fields.detail ?? fields.title ?? `The server answered ${status}.`,
  }
}

function exitOf({ status, code }: Problem): ExitCode {
  if (code === 'UNKNOWN_REFERENCE' || status === 404) return EXIT.notFound
  if (code === 'VALIDATION_FAILED') return EXIT.usage
  if (status === 401 || status === 429 || status >= 500) return EXIT.store
  return EXIT.refused
}

function wordsOf({ code, detail, findings, facts }: Problem): string {
  const lines = [`${code}: ${shown(detail)}`]
  for (const { pointer, rule, message } of findings ?? [])
    lines.push(`  ${shown(pointer ?? '')}: ${shown(rule ?? message ?? '')}`)
  if (!findings)
    for (const [name, value] of Object.entries(facts ?? {}))
      if (Array.isArray(value) && value.every(isNamed)) lines.push(...value.map(candidateText))
      else lines.push(`  ${name}: ${shown(JSON.stringify(value))}`)
  return lines.join('\n')
}

/** Somebody a name could mean. */
export interface Candidate {
  readonly id: string
  readonly name: string | null
  readonly handle?: string | null
}

function isNamed(value: unknown): value is Candidate {
  return typeof value === 'object' && value !== null && 'id' in value && 'name' in value
}

/** One of several who could be meant, as they can be named: by id. */
export function candidateText({ id, name, handle }: Candidate): string {
  return `  ${shown(id)}  ${shown(name ?? '(erased)')}${handle ? ` (${shown(handle)})` : ''}`
}

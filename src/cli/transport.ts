import type { FastifyInstance } from 'fastify'
import { CliError, EXIT } from './exits.ts'

export interface Request {
  readonly method: 'GET' | 'POST'
  /** Path and query, from `/v1` on. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Reply {
  readonly status: number
  readonly text: string
  readonly header: (name: string) => string | undefined
}

/** How requests reach the API: over the network, or straight into the app of this process. */
export type Transport = (request: Request) => Promise<Reply>

/** Requests to a server somewhere. */
export function fetchTransport(url: string): Transport {
  const base = url.replace(/\/+$/, '')
  return async ({ method, path, headers, body }) => {
    try {
      const response = await fetch(`${base}${path}`, {
        method,
        headers,
        redirect: 'error',
        ...(body === undefined ? {} : { body }),
      })
      const text = await response.text()
      return { status: response.status, text, header: (name) => response.headers.get(name) ?? undefined }
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
      throw new CliError(`The server at ${base} does not answer: ${cause}.`, EXIT.store, { cause: error })
    }
  }
}

/** Requests into an app of this process, without a port. */
export function injectTransport(app: FastifyInstance): Transport {
  return async ({ method, path, headers, body }) => {
    const response = await app.inject({ method, url: path, headers, ...(body === undefined ? {} : { payload: body }) })
    const header = (name: string) => {
      const value = response.headers[name.toLowerCase()]
      return value === undefined ? undefined : String(value)
    }
    return { status: response.statusCode, text: response.body, header }
  }
}

import { Metadata, status } from '@grpc/grpc-js'

/** The calls that a fault can be planned for. */
export type Call = 'append' | 'read' | 'subscribe' | 'gossip'

/** What goes wrong with one call. */
export interface Fault {
  /** Whether the call is carried out before it goes wrong; not unless said. */
  readonly carriedOut?: boolean
  /** Carries the call out, but only then. */
  readonly waitFor?: Promise<unknown>
  /**
   * `silence`: no answer ever comes. `drop`: the connection breaks. `early`: a read or subscription is over as if it were
   * complete. Else the status and trailers that are sent.
   */
  readonly ends?: 'silence' | 'drop' | 'early' | Answer
  /** Events of a read or a subscription that are sent before. */
  readonly after?: number
}

export interface Answer {
  readonly code: number
  readonly details: string
  readonly trailers?: Readonly<Record<string, string>>
}

/** Answers in the words of the server, with the trailers it sends. */
export const ANSWERS = {
  unavailable: { code: status.UNAVAILABLE, details: 'Server Is Not Ready' },
  tooBusy: { code: status.UNAVAILABLE, details: 'Server Is Too Busy' },
  cancelled: { code: status.CANCELLED, details: 'Operation was cancelled by the server' },
  deadline: { code: status.DEADLINE_EXCEEDED, details: 'Deadline Exceeded' },
  timeout: { code: status.ABORTED, details: 'Operation timed out: commit timeout' },
  unknown: { code: status.UNKNOWN, details: 'Unexpected OperationResult: 17' },
  accessDenied: {
    code: status.PERMISSION_DENIED,
    details: 'Access Denied',
    trailers: { exception: 'access-denied' },
  },
  unauthenticated: { code: status.UNAUTHENTICATED, details: 'Unauthenticated' },
  streamDeleted: {
    code: status.FAILED_PRECONDITION,
    details: "Event stream 'it' is deleted.",
    trailers: { exception: 'stream-deleted', 'stream-name': 'it' },
  },
} as const satisfies Record<string, Answer>

/** A lost race as servers before the answer had a field for it say it. */
export function wrongExpectedVersion(stream: string, expected: number, actual: number): Answer {
  return {
    code: status.FAILED_PRECONDITION,
    details: `Append failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`,
    trailers: {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String(expected),
      'actual-version': actual < 0 ? '' : String(actual),
    },
  }
}

export function notLeader(host: string, port: number): Answer {
  return {
    code: status.NOT_FOUND,
    details: 'Leader info available',
    trailers: { exception: 'not-leader', 'leader-endpoint-host': host, 'leader-endpoint-port': String(port) },
  }
}

export function maxAppendSizeExceeded(limit: number): Answer {
  return {
    code: status.INVALID_ARGUMENT,
    details: `Maximum Append Size of ${limit} Exceeded.`,
    trailers: { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(limit) },
  }
}

export function metadataOf({ trailers = {} }: Answer): Metadata {
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value)
  return metadata
}

import { AppendOutcomeUnknown, type Expected, RecordTooLarge, RevisionConflict, StoreUnavailable } from '../port.ts'

/*
 * The client's errors come in three shapes: of its own classes, with `type`; of gRPC, with a number `code`; and plain ones
 * where it found no node to speak to. They are told apart by these fields, never by their words but for the last.
 */

// https://grpc.github.io/grpc/core/md_doc_statuscodes.html
const CANCELLED = 1
const INVALID_ARGUMENT = 3
const PERMISSION_DENIED = 7
const UNAUTHENTICATED = 16

interface ClientError extends Error {
  readonly type?: string
  readonly code?: number | string
  readonly actualVersion?: bigint | 'no_stream'
  readonly maxAppendSize?: number
}

/** Whether no node of the store was found. The client keeps that answer; it has to be made anew. */
export function isDiscoveryFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error === false && /^Failed to discover/.test(error.message)
}

/** Whether the stream is not there, which is an empty book. */
export function isMissingStream(error: unknown): boolean {
  return typeOf(error) === 'stream-not-found'
}

/** Whether the node spoken to does not lead: nothing was written, and the client goes to the leader by itself. */
export function isNotLeader(error: unknown): boolean {
  return typeOf(error) === 'not-leader'
}

/** Whether another one was first, at a revision that the writer named. */
export function isConflict(error: unknown): boolean {
  return typeOf(error) === 'wrong-expected-version'
}

/** Whether asking again would get the same answer: who asks may not. */
export function isRefused(error: unknown): boolean {
  const { type, code } = asClientError(error)
  return type === 'access-denied' || code === PERMISSION_DENIED || code === UNAUTHENTICATED
}

/** Whether the call was given up on this side. */
export function isCancelledHere(error: unknown): boolean {
  const { code, message } = asClientError(error)
  return code === CANCELLED && /Cancelled on client/.test(message)
}

/** What an append's failure means for whoever asked for it. */
export function appendError(error: unknown, expected: Expected, bytes: number): Error {
  const { type, code, actualVersion, maxAppendSize } = asClientError(error)
  if (isConflict(error)) return new RevisionConflict(expected, revisionOf(actualVersion))
  if (type === 'maximum-append-size-exceeded') return new RecordTooLarge(bytes, maxAppendSize ?? 0)
  if (isDiscoveryFailure(error)) return unavailable('no node of the store can be reached', error)
  if (isRefused(error)) return unavailable('the store does not let this server write', error)
  if (isNotLeader(error)) return unavailable('the store has no leader that can be reached', error)
  if (type === 'stream-deleted') return unavailable('the stream was deleted in the store', error)
  if (type === 'missing-required-metadata-property' || type === 'invalid-transaction' || code === INVALID_ARGUMENT)
    return unavailable('the store does not take what this server sends', error)
  if (error instanceof StoreUnavailable) return error
  // Unavailable, cancelled, over a deadline, timed out, unknown: it may have been written.
  return new AppendOutcomeUnknown(`the store did not say whether it was written: ${messageOf(error)}`, { cause: error })
}

/** What a read's failure means. */
export function readError(error: unknown): Error {
  if (error instanceof StoreUnavailable) return error
  if (isRefused(error)) return unavailable('the store does not let this server read', error)
  return unavailable(`the store could not be read: ${messageOf(error)}`, error)
}

function unavailable(message: string, cause: unknown): StoreUnavailable {
  return new StoreUnavailable(message, 1, { cause })
}

function revisionOf(actual: bigint | 'no_stream' | undefined): Expected {
  return actual === undefined || actual === 'no_stream' || actual < 0n ? 'empty' : Number(actual)
}

function typeOf(error: unknown): string | undefined {
  return asClientError(error).type
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function asClientError(error: unknown): ClientError {
  return (error instanceof Error ? error : new Error(String(error))) as ClientError
}

import type { FastifyBaseLogger } from 'fastify'
import type { Engine } from '../engine/engine.ts'
import type { Clock } from '../engine/ports.ts'
import type { Identity } from '../identity/port.ts'
import type { Registry } from '../kernel/registry.ts'

/** What the HTTP application is made of. */
export interface AppParts {
  readonly engine: Engine
  readonly registry: Registry
  readonly identity: Identity
  readonly clock: Clock
  readonly logger?: FastifyBaseLogger
  /** The key checkpoints are verified with, in the form of a signed note's verifier key. */
  readonly signerKey?: string
  /** Whether the server takes requests; false while it starts, stops, or can no longer write. */
  readonly ready?: () => boolean | Promise<boolean>
  /** Requests a minute from one address without a token; 0 for no limit. */
  readonly requestsPerMinute?: number
  /** Milliseconds between two heartbeats of a stream; 15 s unless given. */
  readonly heartbeatMs?: number
}

import { randomUUID } from 'node:crypto'
import { canonicalHash } from '../../src/engine/canonical.ts'
import type { Engine } from '../../src/engine/engine.ts'
import type { Outcome, Submission } from '../../src/engine/submission.ts'
import type { AnyCommand } from '../../src/kernel/define-command.ts'
import type { Actor } from '../../src/kernel/envelope.ts'

export type Done = Extract<Outcome, { kind: 'done' }>

export interface ActOptions {
  /** The operator, unless given. */
  readonly actor?: Actor
  /** Idempotency key; another one each time, unless given. */
  readonly key?: string
  readonly effectiveAt?: string
}

/** Gives a command to the engine. @throws Error where it is refused. */
export async function perform(
  engine: Engine,
  community: string,
  name: string,
  input: unknown,
  options: ActOptions = {},
): Promise<Done> {
  const outcome = await engine.submit(community, await submissionOf(engine, community, name, input, options))
  if (outcome.kind === 'done') return outcome
  throw new Error(`${name} came to nothing: ${JSON.stringify(outcome)}`)
}

/** What a command is when it reaches the engine: its input parsed, its id derived from who acts and the key. */
export async function submissionOf(
  engine: Engine,
  community: string,
  name: string,
  input: unknown,
  { actor = { kind: 'operator' }, key = randomUUID(), effectiveAt }: ActOptions = {},
): Promise<Submission> {
  const command = commandNamed(engine, name)
  const parsed = command.schema.parse(input)
  const { fingerprints } = await engine.community(community)
  const principal = actor.kind === 'person' ? actor.personId : actor.kind
  return {
    command,
    input: parsed,
    actor,
    via: actor.kind === 'operator' ? 'operator-cli' : 'token',
    commandId: fingerprints.commandId(principal, key),
    requestHash: canonicalHash({ command: name, input: parsed }),
    correlationId: key,
    ...(effectiveAt === undefined ? {} : { effectiveAt }),
  }
}

function commandNamed(engine: Engine, name: string): AnyCommand {
  const command = engine.parts.registry.commands.get(name)
  if (!command) throw new Error(`there is no command ${name}`)
  return command
}

import { randomBytes } from 'node:crypto'
import { openHearthbook } from '../../composition/wiring.ts'
import { canonicalHash } from '../../engine/canonical.ts'
import { Engine } from '../../engine/engine.ts'
import { viewDigest } from '../../engine/view-digests.ts'
import type { Actor } from '../../kernel/envelope.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { MemoryLedgers } from '../../ledger/memory/memory-ledgers.ts'

/** What became of what Ada asked Ben. */
export const FATES = ['declined', 'silent', 'never asked'] as const
export type Fate = (typeof FATES)[number]

/** What one history left behind. */
export interface Told {
  readonly fate: Fate
  /** Records of each book. */
  readonly open: number
  readonly private: number
  /** Root of the Merkle tree over the open book, as its signed checkpoint has it. */
  readonly root: string
  /** By question that takes no parameters: a digest of its whole answer. */
  readonly answers: ReadonlyMap<string, string>
}

const COMMUNITY = 'hearth'
const BEGINNING = Date.parse('2026-01-05T09:00:00Z')
const HOUR = 3_600_000

const person = () => `person_${randomBytes(16).toString('base64url')}`
const [ADA, BEN, CYD] = [person(), person(), person()]

type Does = (by: string, command: string, input: object) => Promise<Readonly<Record<string, string>>>

/**
 * Lives through the same history three times, in memory, on the same keys and the same clock: what Ada asked Ben he
 * declined, or left unanswered, or was never asked. Nothing outside the process is read or written.
 */
export async function threeHistories(): Promise<readonly Told[]> {
  const clock = { now: BEGINNING }
  const hearthbook = await openHearthbook({ store: 'memory', clock: () => clock.now })
  try {
    const told: Told[] = []
    for (const fate of FATES) {
      const engine = new Engine({ ...hearthbook.engine.parts, ledgers: new MemoryLedgers() })
      await live(engine, clock, fate)
      told.push(await lookAt(engine, fate))
    }
    return told
  } finally {
    await hearthbook.close()
  }
}

async function live(engine: Engine, clock: { now: number }, fate: Fate): Promise<void> {
  // Each act has its own hour, whether or not the acts before it were done.
  const at = (hour: number): Does => {
    clock.now = BEGINNING + hour * HOUR
    return (by, command, input) => act(engine, by, command, input)
  }
  await at(0)('operator', 'FoundCommunity', { community: COMMUNITY, name: 'The hearth' })
  for (const [i, [who, displayName]] of [
    [ADA, 'Ada'],
    [BEN, 'Ben'],
    [CYD, 'Cyd'],
  ].entries() as Iterable<[number, [string, string]]>)
    await at(1 + i)(who, 'JoinCommunity', { displayName })
  const { circleId } = await at(5)(ADA, 'FormCircle', { name: 'Kitchen', purpose: 'To cook together.' })
  const role = { circleId, name: 'cook', purpose: 'To cook.' }
  const { roleId } = await at(6)(ADA, 'DefineRole', role)
  const supper = { kind: 'gathering', title: 'Supper', purpose: 'To eat together.' }
  const dates = { startsAt: '2026-01-20T18:00:00Z', endsAt: '2026-01-20T22:00:00Z' }
  const { invitationId } = await at(7)(ADA, 'ProposeInvitation', { ...supper, ...dates })
  if (fate !== 'never asked') {
    const { askId } = await at(8)(ADA, 'OfferRole', { roleId, toId: BEN })
    if (fate === 'declined') {
      await at(9)(BEN, 'DeclineAsk', { askId })
      await at(10)(BEN, 'DeclineInvitation', { invitationId })
    }
  }
  await at(11)(CYD, 'AcceptInvitation', { invitationId })
  const { askId } = await at(400)(ADA, 'OfferRole', { roleId, toId: CYD })
  await at(401)(CYD, 'AcceptRole', { roleId, askId })
}

async function act(engine: Engine, by: string, name: string, input: object): Promise<Readonly<Record<string, string>>> {
  const command = engine.parts.registry.commands.get(name)
  if (!command) throw new Error(`there is no command ${name}`)
  const actor: Actor = by === 'operator' ? { kind: 'operator' } : { kind: 'person', personId: by }
  const { fingerprints } = await engine.community(COMMUNITY)
  const parsed = command.schema.parse(input) as object
  // The same act has the same key in every history, whatever came before it.
  const key = `${name} ${JSON.stringify(parsed)}`
  const outcome = await engine.submit(COMMUNITY, {
    command,
    input: parsed,
    actor,
    via: by === 'operator' ? 'operator-cli' : 'session',
    commandId: fingerprints.commandId(by, key),
    requestHash: canonicalHash({ name, input: parsed }),
    correlationId: canonicalHash(key).slice(0, 16),
  })
  if (outcome.kind !== 'done') throw new Error(`${name} came to nothing: ${JSON.stringify(outcome)}`)
  return (command.result?.(outcome.events) ?? {}) as Readonly<Record<string, string>>
}

async function lookAt(engine: Engine, fate: Fate): Promise<Told> {
  const hot = await engine.community(COMMUNITY)
  const size = hot.head.revision + 1
  const answers = new Map<string, string>()
  for (const question of engine.parts.registry.questions.values()) {
    const params = question.params.safeParse({})
    if (question.own || !params.success) continue
    const { answer } = await engine.ask(COMMUNITY, question, params.data, {})
    if (answer !== undefined && !isRefusal(answer)) answers.set(question.name, viewDigest(answer))
  }
  let records = 0
  for await (const page of engine.parts.ledgers.read({ community: COMMUNITY, book: 'private' })) records += page.length
  const root = hot.checkpointAt(size)?.split('\n')[2] ?? ''
  return { fate, open: size, private: records, root, answers }
}

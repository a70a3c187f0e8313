import { setTimeout } from 'node:timers/promises'

/** What the serving child says of itself. */
export interface Server {
  readonly port: number
  readonly person: string
  readonly operator: string
}

/** An act of a client, which carries its key through every repetition. */
export interface Act {
  readonly key: string
  readonly path: string
  readonly body: unknown
  readonly as: 'person' | 'operator'
  /** Number of events it makes. */
  readonly events: number
}

/** An event that the server said is recorded. */
export interface Acknowledged {
  readonly act: Act
  readonly id: string
  readonly revision: number
}

const ROWS = 5

/** The act of a client's turn: most form a circle; every eighth client imports several, which stand or fall together. */
export function actOf(round: number, client: number, turn: number): Act {
  const key = `round-${round}-client-${client}-turn-${turn}`
  if (client % 8 > 0) {
    const body = { name: key, kind: 'circle', purpose: 'Cook for whoever comes.' }
    return { key, path: '/circles', body, as: 'person', events: 1 }
  }
  const rows = Array.from({ length: ROWS }, (_, row) => ({ circle: `${key}-${row}`, name: key, from: '2001' }))
  return { key, path: '/imports/old-book/circles', body: { rows }, as: 'operator', events: ROWS }
}

/** Sends an act. @returns the events the server acknowledged. @throws where no answer came, or it was no success. */
export async function send(server: Server, community: string, act: Act): Promise<readonly Acknowledged[]> {
  const response = await fetch(`http://127.0.0.1:${server.port}/v1/communities/${community}${act.path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${server[act.as]}`,
      'content-type': 'application/json',
      'idempotency-key': act.key,
    },
    body: JSON.stringify(act.body),
  })
  const answer = (await response.json()) as { events?: { id: string; revision: number }[] }
  if (!response.ok || answer.events === undefined) throw new Refused(response.status, JSON.stringify(answer))
  return answer.events.map(({ id, revision }) => ({ act, id, revision }))
}

/** The server answered, and not as it should. */
export class Refused extends Error {
  override readonly name = 'Refused'
  constructor(status: number, answer: string) {
    super(`${status} ${answer}`)
  }
}

export interface Load {
  readonly acknowledged: readonly Acknowledged[]
  /** Sent and never answered: they may have been recorded or not. */
  readonly inFlight: readonly Act[]
}

/** Clients that act as fast as they are answered until enough acts are acknowledged and `kill` has ended the server. */
export async function loadUntilKilled(
  server: Server,
  community: string,
  options: { readonly round: number; readonly clients: number; readonly acts: number; kill(): Promise<void> },
): Promise<Load> {
  const acknowledged: Acknowledged[] = []
  const inFlight: Act[] = []
  let answered = 0
  let isKilled = false
  const clients = Array.from({ length: options.clients }, async (_, client) => {
    for (let turn = 0; !isKilled; turn += 1) {
      const act = actOf(options.round, client, turn)
      try {
        acknowledged.push(...(await send(server, community, act)))
        answered += 1
      } catch (error) {
        if (error instanceof Refused || !isKilled) throw error
        inFlight.push(act)
      }
    }
  })
  const load = Promise.all(clients)
  load.catch(() => undefined)
  while (answered < options.acts) await Promise.race([setTimeout(1), load])
  isKilled = true
  await options.kill()
  await load
  return { acknowledged, inFlight }
}

import type { Client } from '../client.ts'
import { personIdOf } from '../verbs/do.ts'

interface Holding {
  readonly evidence: readonly string[]
}

const GARDEN = 'garden'

/**
 * Lets two people of the garden join and act: one disputes a row about her, the other corrects a row about herself in a
 * way that the first has to attest. The same acts again do nothing.
 */
export async function actInGarden(client: Client): Promise<void> {
  const farida = await personIdOf(client, GARDEN, 'farida')
  const wren = await personIdOf(client, GARDEN, 'wren')
  const act = (name: string, key: string, as: string, input: Record<string, unknown>) =>
    client.command(GARDEN, name, input, { as, key: `demo:${key}` })
  await act('JoinCommunity', 'farida-joins', farida, { displayName: 'Farida Haddad' })
  await act('JoinCommunity', 'wren-joins', wren, { displayName: 'Wren Calder' })
  await act('DisputeRecord', 'farida-disputes', farida, {
    eventId: await eventOf(client, { person: 'farida', role: 'key_keeper', asOf: '2023-01-01' }),
    text: 'I gave the keys to Bela in spring already; the list was only brought up to date in October.',
  })
  const stoodIn = await standIn(client)
  const { events } = await act('CorrectRecord', 'wren-corrects', wren, {
    eventId: stoodIn.id,
    replacement: { ...stoodIn.data, personId: farida },
    reason: 'The minutes name me, but I was ill that summer and Farida kept the books.',
  })
  await act('AttestRecord', 'farida-attests', farida, { eventId: events[0]?.id })
}

async function standIn(
  client: Client,
): Promise<{ readonly id: string; readonly data: Readonly<Record<string, unknown>> }> {
  const { entries } = await client.ask(GARDEN, 'audit', { person: 'wren', type: 'HoldingImported' })
  const [entry] = entries as readonly { readonly id: string; readonly data: Readonly<Record<string, unknown>> }[]
  if (!entry) throw new Error('the stand-in is not in the record')
  return entry
}

async function eventOf(client: Client, params: Readonly<Record<string, unknown>>): Promise<string> {
  const { holders } = await client.ask(GARDEN, 'holders', params)
  return (holders as readonly Holding[])[0]?.evidence[0] ?? ''
}

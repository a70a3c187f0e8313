import { z } from 'zod'
import type { BookName } from '../../src/kernel/book.ts'
import { defineCommand } from '../../src/kernel/define-command.ts'
import { type AnyEvent, defineEvent, plain } from '../../src/kernel/define-event.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { type AnySlice, defineProjection, defineSlice, on } from '../../src/kernel/folds.ts'
import { buildRegistry, type Registry, type RegistryParts } from '../../src/kernel/registry.ts'

/** The built-in definitions and these. */
export function withTrial(builtIn: Registry, more: Partial<RegistryParts>): Registry {
  return buildRegistry({
    events: [...builtIn.events.values(), ...(more.events ?? [])],
    slices: [...builtIn.slices, ...(more.slices ?? [])],
    commands: [...builtIn.commands.values(), ...(more.commands ?? [])],
    projections: [...builtIn.projections, ...(more.projections ?? [])],
    questions: [...builtIn.questions.values(), ...(more.questions ?? [])],
  })
}

/** The same definitions with one event type left out or replaced. */
export function withEvent(registry: Registry, type: string, definition?: AnyEvent): Registry {
  const events = new Map(registry.events)
  if (definition) events.set(type, definition)
  else events.delete(type)
  return { ...registry, events }
}

export const BreadBaked = defineEvent({
  type: 'BreadBaked',
  version: 1,
  book: 'open',
  summary: 'Bread was baked.',
  fields: { loaves: plain(1, z.int()) },
  touches: () => ['bread'],
})

/** The same event in its next shape: loaves became pieces of a kind. */
export const BreadBaked2 = defineEvent({
  type: 'BreadBaked',
  version: 2,
  book: 'open',
  summary: 'Bread was baked.',
  fields: { pieces: plain(1, z.int()), kind: plain(1, z.string()) },
  touches: () => ['bread'],
  upcasters: { 1: ({ loaves }) => ({ pieces: loaves, kind: 'loaf' }) },
})

function baking(event: typeof BreadBaked | typeof BreadBaked2) {
  const bakery = defineProjection<{ said: unknown[] }>({
    name: 'bakery',
    version: 1,
    summary: 'What was baked.',
    initial: () => ({ said: [] }),
    cases: [on(event as typeof BreadBaked, (view, data) => void view.said.push(data))],
  })
  const baked = defineQuestion({
    name: 'baked',
    summary: 'What was baked.',
    reads: { bakery },
    params: z.strictObject({}),
    answer: z.object({ said: z.array(z.unknown()) }),
    timed: false,
    public: false,
    http: { path: '/baked' },
    ask: (views) => ({ said: [...views.bakery.said] }),
  })
  return { projections: [bakery], questions: [baked] }
}

export const bakeBread = defineCommand({
  name: 'BakeBread',
  summary: 'Bakes bread.',
  book: 'open',
  who: 'member',
  schema: z.strictObject({ loaves: z.int() }),
  reads: {},
  backdatable: true,
  http: { method: 'POST', path: '/bread' },
  refusals: {},
  decide: (_, { loaves }) => [BreadBaked.of({ loaves })],
})

/** A bakery as the first version of a program knows it, and as the second. */
export const firstBakery: Partial<RegistryParts> = {
  events: [BreadBaked],
  commands: [bakeBread],
  ...baking(BreadBaked),
}
export const secondBakery: Partial<RegistryParts> = { events: [BreadBaked2], ...baking(BreadBaked2) }

/** A command that writes one event to a book, and a slice of that book that counts them. */
export function whispering(book: BookName) {
  const Whispered = defineEvent({
    type: 'Whispered',
    version: 1,
    book,
    summary: 'Something was whispered.',
    fields: { about: plain(2, z.string()) },
    touches: (data) => [`member:${data.about}`],
    ...(book === 'private'
      ? { matter: (data: { about: string }) => data.about, parties: (data: { about: string }) => [data.about] }
      : {}),
  })
  const whispers: AnySlice = defineSlice<{ count: number }>({
    name: 'whispers',
    book,
    initial: () => ({ count: 0 }),
    cases: [on(Whispered, (state) => void state.count++)],
  })
  const whisper = defineCommand({
    name: 'Whisper',
    summary: 'Whispers.',
    book,
    who: 'member',
    schema: z.strictObject({ about: z.string() }),
    reads: { whispers },
    http: { method: 'POST', path: book === 'private' ? '/mine/whispers' : '/whispers' },
    refusals: {},
    decide: (_, { about }) => [Whispered.of({ about })],
  })
  return { events: [Whispered], slices: [whispers], commands: [whisper] }
}

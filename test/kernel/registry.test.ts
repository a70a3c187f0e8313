import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineCommand } from '../../src/kernel/define-command.ts'
import { defineEvent, plain } from '../../src/kernel/define-event.ts'
import { defineNotices } from '../../src/kernel/define-notices.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { type AnySlice, defineProjection, defineSlice, on } from '../../src/kernel/folds.ts'
import { buildRegistry, type RegistryParts } from '../../src/kernel/registry.ts'

const none: RegistryParts = { events: [], slices: [], commands: [], projections: [], questions: [] }
const parts = (some: Partial<RegistryParts>): RegistryParts => ({ ...none, ...some })

function event(type: string, book: 'open' | 'private' = 'open') {
  return defineEvent({
    type,
    version: 1,
    book,
    summary: 'x',
    fields: { text: plain(1, z.string()) },
    touches: () => [],
    ...(book === 'private' ? { matter: () => 'bell', parties: () => [] } : {}),
  })
}
const Rang = event('Rang')

function slice(name: string, book: 'open' | 'private' = 'open', folds = Rang): AnySlice {
  return defineSlice({ name, book, initial: () => ({ count: 0 }), cases: [on(folds, (state) => void state.count++)] })
}

function command(
  name: string,
  book: 'open' | 'private',
  reads: Record<string, AnySlice> = {},
  more: { readonly path?: string; readonly yes?: boolean } = {},
) {
  const { path = book === 'private' ? '/mine/x' : '/x', yes } = more
  return defineCommand({
    name,
    summary: 'x',
    book,
    who: 'member',
    schema: z.strictObject({}),
    reads,
    ...(yes === undefined ? {} : { yes }),
    http: { method: 'POST', path },
    refusals: {},
    decide: () => [],
  })
}

function projection(name: string, folds = Rang) {
  return defineProjection({ name, version: 1, summary: 'x', initial: () => [], cases: [on(folds, () => undefined)] })
}

function question(
  name: string,
  reads: Record<string, ReturnType<typeof projection>>,
  more: { readonly path?: string; readonly own?: true } = {},
) {
  const { path = '/x', own } = more
  return defineQuestion({
    name,
    summary: 'x',
    reads,
    params: z.strictObject({}),
    answer: z.object({}),
    timed: false,
    public: false,
    ...(own === undefined ? {} : { own }),
    http: { path },
    ask: () => ({}),
  })
}

describe('the registry', () => {
  it('takes a part that several files export once', () => {
    expect([...buildRegistry(parts({ events: [Rang, Rang] })).events.keys()]).toEqual(['Rang'])
  })

  const bell = slice('bell')
  const rung = projection('rung')
  it.each([
    ['events', parts({ events: [Rang, event('Rang')] }), 'two events are called "Rang"'],
    ['slices', parts({ events: [Rang], slices: [bell, slice('bell')] }), 'two slices are called "bell"'],
    ['commands', parts({ commands: [command('Ring', 'open', {}), command('Ring', 'open', {})] }), 'two commands'],
    ['projections', parts({ events: [Rang], projections: [rung, projection('rung')] }), 'two projections'],
    ['questions', parts({ questions: [question('who', {}), question('who', {})] }), 'two questions'],
  ])('refuses two %s of one name', (_, given, message) => {
    expect(() => buildRegistry(given)).toThrow(message)
  })

  it('refuses an open command that reads a private slice', () => {
    const asks = slice('asks', 'private', event('Asked', 'private'))
    const given = (book: 'open' | 'private') =>
      parts({
        events: asks.cases.map((each) => each.event),
        slices: [asks],
        commands: [command('Ring', book, { asks })],
      })
    expect(() => buildRegistry(given('open'))).toThrow('Ring writes the open book and may not read the private slice')
    expect(() => buildRegistry(given('private'))).not.toThrow()
  })

  it.each([
    ['a command of the private book beside /mine', command('Ring', 'private', {}, { path: '/bells' })],
    ['a command of the open book below /mine', command('Ring', 'open', {}, { path: '/mine/bells' })],
  ])('refuses %s', (_, ring) => {
    expect(() => buildRegistry(parts({ commands: [ring] }))).toThrow(
      'command Ring: commands of the private book, and no others, stand below /mine',
    )
  })

  it('refuses a yes that writes the private book: what one took on, everybody sees', () => {
    const yes = (book: 'open' | 'private') => parts({ commands: [command('Ring', book, {}, { yes: true })] })
    expect(() => buildRegistry(yes('private'))).toThrow('command Ring: a yes writes the open book')
    expect(() => buildRegistry(yes('open'))).not.toThrow()
  })

  it.each([
    ["a question of one's own beside /mine", question('who', {}, { own: true })],
    ["a question of everybody's below /mine", question('who', {}, { path: '/mine/who' })],
  ])('refuses %s', (_, who) => {
    expect(() => buildRegistry(parts({ questions: [who] }))).toThrow(
      "question who: questions of one's own, and no others, stand below /mine",
    )
  })

  it('refuses notices that read a slice of the other book, or an unknown one', () => {
    const rule = (reads: Record<string, AnySlice>) =>
      defineNotices({ name: 'ringing', book: 'open', reads, due: () => [] })
    const given = { events: [Rang], slices: [bell] }
    expect(() => buildRegistry(parts({ ...given, notices: [rule({ bell })] }))).not.toThrow()
    const asks = slice('asks', 'private', event('Asked', 'private'))
    const known = { events: [Rang, ...asks.cases.map((each) => each.event)], slices: [bell, asks] }
    for (const reads of [{ asks }, { bell: slice('bell') }])
      expect(() => buildRegistry(parts({ ...known, notices: [rule(reads)] }))).toThrow('notices ringing')
  })

  it('refuses whoever is not named among the readers of a slice that only some may read', () => {
    const loudness = { ...slice('loudness'), readBy: ['Answer', 'gaps'] }
    const given = (name: string, rule: string) =>
      parts({
        events: [Rang],
        slices: [loudness],
        commands: [command(name, 'open', { loudness })],
        notices: [defineNotices({ name: rule, book: 'open', reads: { loudness }, due: () => [] })],
      })
    expect(() => buildRegistry(given('Answer', 'gaps'))).not.toThrow()
    expect(() => buildRegistry(given('Invite', 'gaps'))).toThrow('command Invite may not read "loudness"')
    expect(() => buildRegistry(given('Answer', 'ringing'))).toThrow('notices ringing may not read "loudness"')
  })

  it('refuses a command that reads an unknown slice, even one of a known name', () => {
    const given = { events: [Rang], commands: [command('Ring', 'open', { bell: slice('bell') })] }
    expect(() => buildRegistry(parts(given))).toThrow('Ring reads the unknown slice "bell"')
    expect(() => buildRegistry(parts({ ...given, slices: [bell] }))).toThrow('Ring reads the unknown slice "bell"')
  })

  it('refuses a question that reads an unknown projection', () => {
    const given = { questions: [question('who', { rung })] }
    expect(() => buildRegistry(parts(given))).toThrow('who reads the unknown projection "rung"')
  })

  it('refuses a fold of an unknown event, even one of a known type', () => {
    expect(() => buildRegistry(parts({ slices: [bell] }))).toThrow('"bell" folds the unknown event Rang')
    expect(() => buildRegistry(parts({ events: [event('Rang')], projections: [rung] }))).toThrow('unknown event Rang')
  })

  it('refuses an open slice that folds a private event: open decisions would read the private book', () => {
    const Asked = event('Asked', 'private')
    expect(() => buildRegistry(parts({ events: [Asked], slices: [slice('bell', 'open', Asked)] }))).toThrow('bell')
  })

  it('refuses a projection that folds a private event: views are of the open book', () => {
    const Asked = event('Asked', 'private')
    expect(() => buildRegistry(parts({ events: [Asked], projections: [projection('rung', Asked)] }))).toThrow('rung')
  })
})

import type { FastifyInstance } from 'fastify'
import { h } from 'preact'
import { COMMON_REFUSALS, statusOf } from '../kernel/refusal.ts'
import type { Registry } from '../kernel/registry.ts'
import { page } from '../web/shell.ts'
import { notFound, sendProblem, titleOf } from './problems.ts'

export interface ProblemText {
  readonly code: string
  readonly title: string
  readonly status: number
  readonly meaning: string
  /** The commands that give it; none where any request may. */
  readonly commands: readonly string[]
}

/** Every problem this server knows, by code: the common ones and those of the commands. */
export function problemTexts(registry: Registry): readonly ProblemText[] {
  const texts = new Map<string, { meanings: Set<string>; commands: string[] }>()
  for (const [code, { meaning }] of Object.entries(COMMON_REFUSALS))
    texts.set(code, { meanings: new Set([meaning]), commands: [] })
  for (const command of registry.commands.values()) {
    for (const [code, meaning] of Object.entries(command.refusals)) {
      const text = texts.get(code) ?? { meanings: new Set(), commands: [] }
      text.meanings.add(meaning)
      text.commands.push(command.name)
      texts.set(code, text)
    }
  }
  return [...texts]
    .map(([code, { meanings, commands }]) => ({
      code,
      title: titleOf(code),
      status: statusOf(code),
      meaning: [...meanings].join(' '),
      commands,
    }))
    .sort((a, b) => a.code.localeCompare(b.code, 'en'))
}

/** Adds the page of every problem: what it means, which commands give it. */
export function addProblemPages(app: FastifyInstance, registry: Registry): void {
  const texts = problemTexts(registry)
  app.get('/problems', (_request, reply) => {
    const items = texts.map(({ code, title, status }) =>
      h('li', null, h('a', { href: `/problems/${code}` }, code), ` (${status}): ${title}`),
    )
    return reply
      .type('text/html; charset=utf-8')
      .send(page({ title: 'Problems' }, h('h1', null, 'Problems'), h('ul', null, items)))
  })
  app.get<{ Params: { code: string } }>('/problems/:code', (request, reply) => {
    const text = texts.find(({ code }) => code === request.params.code)
    if (!text) return sendProblem(request, reply, notFound())
    const { title, code, status, meaning, commands } = text
    const content = [
      h('h1', null, title),
      h('p', { class: 'small' }, h('code', null, code), `, status ${status}`),
      h('p', null, meaning),
      commands.length > 0 ? h('p', null, `Given by ${commands.join(', ')}.`) : null,
      h('p', null, h('a', { href: '/problems' }, 'All problems')),
    ]
    return reply.type('text/html; charset=utf-8').send(page({ title }, ...content))
  })
}

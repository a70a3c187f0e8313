import type { FastifyInstance } from 'fastify'
import { COMMON_REFUSALS, statusOf } from '../kernel/refusal.ts'
import type { Registry } from '../kernel/registry.ts'
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
    const items = texts.map(
      ({ code, title, status }) => `<li><a href="/problems/${code}">${code}</a> (${status}): ${title}</li>`,
    )
    return reply.type('text/html; charset=utf-8').send(page('Problems', `<ul>${items.join('\n')}</ul>`))
  })
  app.get<{ Params: { code: string } }>('/problems/:code', (request, reply) => {
    const text = texts.find(({ code }) => code === request.params.code)
    if (!text) return sendProblem(request, reply, notFound())
    const by = text.commands.length > 0 ? `<p>Given by ${text.commands.join(', ')}.</p>` : ''
    const body = `<p><code>${text.code}</code>, status ${text.status}</p><p>${escaped(text.meaning)}</p>${by}<p><a href="/problems">All problems</a></p>`
    return reply.type('text/html; charset=utf-8').send(page(text.title, body))
  })
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title></head>
<body><main><h1>${title}</h1>
${body}
</main></body></html>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

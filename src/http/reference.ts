import { z } from 'zod'
import { dataClassOf } from '../kernel/data-class.ts'
import type { AnyEvent } from '../kernel/define-event.ts'
import type { Registry } from '../kernel/registry.ts'
import { pointSchema } from './asking.ts'
import { addressOf, bodySchema, pathFields } from './commands.ts'
import { problemTexts } from './problem-pages.ts'

const NOTE = '<!-- Made by `npm run generate` from the definitions; a test compares. -->\n'

/** The reference pages by file name, made from the registry. */
export function referencePages(registry: Registry): Readonly<Record<string, string>> {
  return {
    'commands.md': commandsPage(registry),
    'questions.md': questionsPage(registry),
    'events.md': eventsPage(registry),
    'problems.md': problemsPage(registry),
  }
}

function commandsPage(registry: Registry): string {
  const sections = sorted(registry.commands.values(), (c) => c.name).map((command) => {
    const refusals = Object.entries(command.refusals).map(
      ([code, meaning]) => `- [\`${code}\`](problems.md#${code.toLowerCase()}): ${meaning}`,
    )
    const { shape } = command.schema as z.ZodObject
    const inPath = Object.fromEntries(pathFields(command.http.path).map((name) => [name, shape[name] as z.ZodType]))
    return [
      `## ${command.name}`,
      command.summary,
      `\`POST ${addressOf(command.http)}\`${command.cli ? ` · \`./hearthbook ${command.cli.verb}\`` : ''} · given by: ${command.who} · book: ${command.book}`,
      fieldTable({ ...inPath, ...bodySchema(command).shape }, new Set(Object.keys(inPath))),
      ...(refusals.length > 0 ? ['Refused with:', refusals.join('\n')] : []),
    ].join('\n\n')
  })
  return `${NOTE}# Commands\n\nEvery command takes \`?dryRun=true\`, \`Idempotency-Key\` and \`If-Match\`. On the command line: \`./hearthbook do <command-in-kebab-case>\`.\n\n${sections.join('\n\n')}\n`
}

function questionsPage(registry: Registry): string {
  const sections = sorted(registry.questions.values(), (q) => q.name).map((question) => {
    const own = (question.params as z.ZodObject).shape as Record<string, z.ZodType>
    const inPath = new Set(pathFields(question.http.path))
    const verb = question.cli ? ` · \`./hearthbook ${question.cli.verb}\`` : ` · \`./hearthbook ask ${question.name}\``
    return [
      `## ${question.name}`,
      question.summary,
      `\`GET ${addressOf(question.http)}\`${verb}${question.rows ? ' · CSV' : ''}${question.public ? ' · part of the public roster' : ''}`,
      fieldTable(
        { ...own, ...pointSchema(question) } as Record<string, z.ZodType>,
        inPath,
        question.clockDefaults?.(0),
      ),
    ].join('\n\n')
  })
  return `${NOTE}# Questions\n\n${sections.join('\n\n')}\n`
}

function eventsPage(registry: Registry): string {
  const sections = sorted(registry.events.values(), (e) => e.type).map((event) =>
    [`## ${event.type}`, event.summary, `version ${event.version} · ${event.book} book`, eventTable(event)].join(
      '\n\n',
    ),
  )
  return `${NOTE}# Events\n\nWhat a record may say. Personal fields are sealed under the key of the person named.\n\n${sections.join('\n\n')}\n`
}

function eventTable(event: AnyEvent): string {
  const rows = Object.entries(event.fields as AnyEvent['fields']).map(([name, field]) => {
    const { dataClass, owner, schema } = field as { dataClass: number; owner?: string; schema: z.ZodType }
    return `| \`${name}\` | ${typeText(schema)} | ${dataClassOf(schema) ?? dataClass} | ${owner === undefined ? '' : `sealed, ${owner === '@actor' ? "the actor's" : `of \`${owner}\``}`} |`
  })
  return ['| field | form | class | personal |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function problemsPage(registry: Registry): string {
  const sections = problemTexts(registry).map(({ code, status, meaning, commands }) => {
    const by = commands.length > 0 ? `\n\nGiven by ${commands.join(', ')}.` : ''
    return `## ${code}\n\nStatus ${status}. ${meaning}${by}`
  })
  return `${NOTE}# Problems\n\nRFC 9457 problem documents; \`code\` is stable.\n\n${sections.join('\n\n')}\n`
}

function fieldTable(
  shape: Readonly<Record<string, z.ZodType>>,
  inPath: ReadonlySet<string>,
  clocked: Readonly<Record<string, unknown>> = {},
): string {
  const rows = Object.entries(shape).map(([name, schema]) => {
    const json = jsonOf(schema)
    const needed = inPath.has(name)
      ? 'in the address'
      : name in clocked
        ? 'optional'
        : schema.safeParse(undefined).success
          ? defaultText(json)
          : 'required'
    return `| \`${name}\` | ${typeText(schema)} | ${needed} | ${String(json.description ?? '').replaceAll('|', '\\|')} |`
  })
  return rows.length === 0
    ? 'No parameters.'
    : ['| field | form | | |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function defaultText(json: Record<string, unknown>): string {
  return json.default === undefined ? 'optional' : `default \`${JSON.stringify(json.default)}\``
}

function typeText(schema: z.ZodType): string {
  const json = jsonOf(schema)
  if (Array.isArray(json.enum)) return json.enum.map((value) => `\`${String(value)}\``).join(' or ')
  if (json.const !== undefined) return `\`${String(json.const)}\``
  if (json.type === 'array') return 'list'
  if (Array.isArray(json.anyOf))
    return json.anyOf.map((each) => String((each as { type?: string }).type ?? 'object')).join(' or ')
  return String(json.type ?? 'any')
}

function jsonOf(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>
}

function sorted<T>(items: Iterable<T>, key: (item: T) => string): readonly T[] {
  return [...items].sort((a, b) => key(a).localeCompare(key(b), 'en'))
}

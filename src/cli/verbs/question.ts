import { type Command, Option } from 'commander'
import type { AnyQuestion } from '../../kernel/define-question.ts'
import type { Registry } from '../../kernel/registry.ts'
import { printAnswer } from '../answers.ts'
import { CliError, EXIT } from '../exits.ts'
import { addFlags, type Flag, fieldsOf, flagsOf, kebab, optionKey } from '../flags.ts'
import { print, printJson } from '../output.ts'
import { addCommunity, addExamples, addJson, addWhere, type SharedOptions, withCommunity } from '../shared-options.ts'

type Options = SharedOptions & Readonly<Record<string, unknown>>

const AS_OF: Flag = { field: 'asOf', name: 'as-of', kind: 'text', required: false, description: '' }
const AS_KNOWN_AT: Flag = { field: 'asKnownAt', name: 'as-known-at', kind: 'text', required: false, description: '' }
const AT_REVISION: Flag = {
  field: 'atRevision',
  name: 'at-revision',
  kind: 'number',
  required: false,
  description: 'what the record said at exactly this revision',
}
const ALIASES = { on: 'asOf', 'known-by': 'asKnownAt' } as const
const ALIAS_WORDS: Readonly<Record<string, string>> = {
  asOf: 'what was so then: a day (its 00:00 UTC) or an instant; now unless given',
  asKnownAt: 'what the record said by then: a day (its end) or an instant; now unless given',
}

/** Adds `ask <question>` for every question, and a verb of its own for those that have one. */
export function addQuestionVerbs(program: Command, registry: Registry): void {
  const ask = program.command('ask').description('ask any question by name; "hearthbook ask" alone lists them')
  addExamples(ask, 'ask holders --role chair --circle sig-auth --on 2018-10-15', 'ask tenure --person deads2k --json')
  for (const question of registry.questions.values()) {
    addQuestion(ask.command(question.name), question, registry, [])
    if (question.cli) addQuestion(program.command(question.cli.verb), question, registry, question.cli.positional ?? [])
  }
}

function addQuestion(verb: Command, question: AnyQuestion, registry: Registry, positional: readonly string[]): void {
  const axes = question.own ? [] : [...(question.timed ? [AS_OF] : []), AS_KNOWN_AT, AT_REVISION]
  const flags = [...flagsOf(question.params), ...axes]
  verb.description(question.summary)
  for (const field of positional) verb.argument(`[${kebab(field)}]`, wordsOf(flags, field))
  const aliases = aliasesOf(question)
  const visible = flags.filter(({ field }) => !(field in ALIAS_WORDS))
  addFlags(verb, visible, positional)
  for (const flag of flags)
    if (field(flag) in ALIAS_WORDS) verb.addOption(new Option(`--${flag.name} <date>`).hideHelp())
  for (const [alias, target] of aliases) {
    if (visible.some(({ name }) => name === alias)) continue
    verb.option(
      `--${alias} ${target in ALIAS_WORDS ? '<date>' : '<text>'}`,
      ALIAS_WORDS[target] ?? `the same as --${kebab(target)}`,
    )
  }
  addWhere(addCommunity(addJson(verb)))
  if (question.rows) verb.option('--csv', 'print CSV')
  verb.action(async (...given: unknown[]) => {
    const options = verb.opts<Options>()
    const params = paramsOf(flags, aliases, positional, given, options)
    await withCommunity(registry, options, async ({ client }, community) => {
      if (options.csv === true) print((await client.askAs(community, question.name, params, 'text/csv')).trimEnd())
      else {
        const answer = await client.ask(community, question.name, params)
        if (options.json) printJson(answer)
        else printAnswer(question, answer)
      }
    })
  })
}

const field = (flag: Flag) => flag.field

function aliasesOf(question: AnyQuestion): readonly (readonly [string, string])[] {
  if (question.own) return Object.entries({ ...question.cli?.aliases })
  const aliases = { ...(question.timed ? ALIASES : { 'known-by': ALIASES['known-by'] }), ...question.cli?.aliases }
  return Object.entries(aliases)
}

function paramsOf(
  flags: readonly Flag[],
  aliases: readonly (readonly [string, string])[],
  positional: readonly string[],
  given: readonly unknown[],
  options: Options,
): Record<string, unknown> {
  const params: Record<string, unknown> = {}
  const put = (name: string, value: unknown, how: string) => {
    if (value === undefined) return
    if (params[name] !== undefined) throw new CliError(`"${name}" is given twice, also as ${how}.`, EXIT.usage)
    params[name] = value
  }
  for (const [index, name] of positional.entries()) put(name, given[index], 'an argument')
  for (const [name, value] of Object.entries(fieldsOf(flags, options))) put(name, value, `--${kebab(name)}`)
  for (const [alias, target] of aliases) {
    if (!flags.some(({ name }) => name === alias)) put(target, options[optionKey(alias)], `--${alias}`)
  }
  return params
}

function wordsOf(flags: readonly Flag[], name: string): string {
  return flags.find((flag) => flag.field === name)?.description || (ALIAS_WORDS[name] ?? '')
}

import type { Command } from 'commander'
import type { Registry } from '../../kernel/registry.ts'
import { CliError, EXIT } from '../exits.ts'
import { print, printJson, shown } from '../output.ts'
import type { EventTold, WalkTold } from '../replay/answers.ts'
import { addScope, type ScopeOptions, scopeOf, windowOf } from '../replay/options.ts'
import { eventWords, momentWords, type Wording, walkWords } from '../replay/words.ts'
import { addCommunity, addExamples, addJson, addWhere, type SharedOptions, withCommunity } from '../shared-options.ts'

interface Options extends SharedOptions, ScopeOptions {
  readonly mine?: boolean
  readonly knownBy?: string
  readonly after?: string
  readonly limit?: string
}

type MatterRecord = Omit<EventTold, 'person' | 'via' | 'revision'> & { readonly matterRevision: number }

interface Matters {
  readonly matters?: readonly { readonly matter: string; readonly records: readonly MatterRecord[] }[]
}

/** Adds `replay-window`: a walk through what happened, that two sides can read together. */
export function addReplayWindowVerb(program: Command, registry: Registry): void {
  const verb = program
    .command('replay-window')
    .summary('walk through a window of time, moment by moment')
    .description(
      'Walks through a window of time: who held what, what the record showed at that moment, what was recorded, and in ' +
        'what the two were apart, each with the events that explain it. What is printed is Markdown.',
    )
  addScope(verb)
  verb
    .option('--known-by <date>', 'what is known by then counts as what was so; now unless given')
    .option('--mine', 'with your own private matters beside it, signed in')
    .option('--after <moment>', 'go on after this moment')
    .option('--limit <n>', 'how many moments at most; 100 unless given')
  addWhere(addCommunity(addJson(verb)))
  addExamples(
    verb,
    'replay-window --role kitty_keeper --from 2026-03-01 --through 2026-04-15',
    'replay-window --person dee --person eli --from 2026-03-01 --through 2026-04-15 > walk.md',
  )
  verb.action(async () => {
    const options = verb.opts<Options>()
    if (options.mine && options.knownBy !== undefined)
      throw new CliError('What is your own is told as it is now: --mine and --known-by do not go together.', EXIT.usage)
    await withCommunity(registry, options, async ({ client }, community) => {
      const params = {
        ...scopeOf(options),
        ...windowOf(options),
        after: options.after,
        limit: options.limit,
        asKnownAt: options.knownBy,
      }
      const answer = await client.ask(community, options.mine ? 'my-replay-window' : 'replay-window', params)
      if (options.json) printJson(answer)
      else for (const line of linesOf(community, answer as unknown as WalkTold & Matters, registry)) print(shown(line))
    })
  })
}

function linesOf(community: string, walk: WalkTold & Matters, registry: Registry): readonly string[] {
  const wording: Wording = {
    person: ({ name }) => name ?? '(erased)',
    meaning: (type) => registry.events.get(type)?.summary,
  }
  const { from, to } = walk.window
  return [
    `# ${community}, from ${momentWords(from)} until ${momentWords(to)}`,
    '',
    ...walkWords(walk, wording),
    ...(walk.matters ? ['', '## Your own matters', '', 'Nobody but their parties reads these.'] : []),
    ...(walk.matters ?? []).flatMap(({ matter, records }) => [
      '',
      `### ${matter}`,
      '',
      ...records.map(
        (record) =>
          `- ${momentWords(record.recordedAt)}: ${eventWords({ ...record, revision: record.matterRevision, person: null, via: '' }, wording)}`,
      ),
    ]),
  ]
}

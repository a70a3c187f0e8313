import type { Command } from 'commander'
import type { Registry } from '../../kernel/registry.ts'
import { communityOf } from '../connect.ts'
import { printReport } from '../import/report.ts'
import { type ImportOptions, importFiles } from '../import/run.ts'
import { counted, print, printJson } from '../output.ts'
import { addCommunity, addExamples, addJson, addWhere, type SharedOptions, withConnection } from '../shared-options.ts'

type Options = SharedOptions & ImportOptions

/** Adds `import`: who held which role when, from a record kept elsewhere. */
export function addImportVerb(program: Command, registry: Registry): void {
  const verb = program
    .command('import')
    .summary('take over circles and holdings from files')
    .description(
      'Takes over circles and holdings from JSONL files. All of every file is checked before anything is written; ' +
        'running it again goes on where it stopped and adds nothing twice.',
    )
    .argument('<files...>', 'JSONL files, plain or gzipped; circles are told from holdings by their keys')
    .option('--name <name>', 'name of the community, where it is to be founded')
    .option('--found', 'found the community where it does not exist, under its own name')
    .option('--public', 'where it is founded: anybody may read who held which role when')
    .option('--map <file>', 'what roles of the source mean here: {"roles": {"<role>": {"kind": …, "weight": …}}}')
    .option('--basis <basis>', 'what the rows rest on, where they do not say: imported or reconstructed')
    .option('--keep-going', 'leave bad lines out instead of stopping at them')
    .option('--dry-run', 'check the files and write nothing')
  addWhere(addCommunity(addJson(verb)))
  addExamples(
    verb,
    'import circles.jsonl holdings.jsonl --community garden --name "The garden"',
    'import holdings.jsonl.gz --community garden --dry-run',
    'import newer.jsonl --community garden --map roles.json --basis reconstructed',
  )
  verb.action(async (files: string[]) => {
    const options = verb.opts<Options>()
    await withConnection(
      registry,
      options,
      async (connection) => {
        const { community, checked, reports } = await importFiles(connection.client, files, options, () =>
          communityOf(connection, undefined),
        )
        if (options.json)
          printJson({ community, dryRun: options.dryRun ?? false, findings: checked.findings, files: reports })
        else if (options.dryRun) {
          for (const { path, kind, rows } of checked.files)
            print(`${path}: ${counted(rows.length, 'row')} of ${kind} would be sent`)
          print('Nothing was written.')
        } else printReport(community, reports)
      },
      { create: true },
    )
  })
}

import type { Command } from 'commander'
import type { Registry } from '../../kernel/registry.ts'
import { communityOf } from '../connect.ts'
import { printClaims } from '../import/csv/report.ts'
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
      'Takes over circles and holdings from JSONL files, or holdings from a table (.csv, .tsv) as people keep them. What ' +
        'a table leaves open is asked, and the answers are kept beside it. All of every file is checked before anything ' +
        'is written; running it again goes on where it stopped and adds nothing twice.',
    )
    .argument('<files...>', 'JSONL files, plain or gzipped, told apart by their keys; or tables')
    .option('--name <name>', 'name of the community, where it is to be founded')
    .option('--found', 'found the community where it does not exist, under its own name')
    .option('--public', 'where it is founded: anybody may read who held which role when')
    .option(
      '--map <file>',
      'what a source means here: roles, columns, and answers about a table (<file>.map.json beside it)',
    )
    .option(
      '--answer <question=answer>',
      'answers a question about a table, and keeps the answer; may be repeated',
      (answer: string, all: readonly string[]) => [...all, answer],
      [] as readonly string[],
    )
    .option('--basis <basis>', 'what the rows rest on, where they do not say: imported or reconstructed')
    .option('--keep-going', 'leave bad lines out instead of stopping at them')
    .option('--dry-run', 'check the files and write nothing')
  addWhere(addCommunity(addJson(verb)))
  addExamples(
    verb,
    'import circles.jsonl holdings.jsonl --community garden --name "The garden"',
    'import holdings.jsonl.gz --community garden --dry-run',
    'import roles.csv --community choir --name "The choir" --dry-run',
    'import roles.csv --answer "date order=day first" --answer "person: Sam K=Samuel Kim"',
    'import newer.jsonl --community garden --map roles.json --basis reconstructed',
  )
  verb.action(async (files: string[]) => {
    const options = verb.opts<Options>()
    await withConnection(
      registry,
      options,
      async (connection) => {
        const { community, checked, sheets, reports } = await importFiles(connection.client, files, options, () =>
          communityOf(connection, undefined),
        )
        if (options.json)
          printJson({
            community,
            dryRun: options.dryRun ?? false,
            findings: checked.findings,
            files: reports,
            ...(sheets.length > 0 ? { tables: sheets } : {}),
          })
        else if (options.dryRun) {
          for (const sheet of sheets) printClaims(sheet)
          for (const { path, kind, rows } of checked.files)
            print(`${path}: ${counted(rows.length, 'row')} of ${kind} would be sent`)
          print('Nothing was written.')
        } else printReport(community, reports)
      },
      { create: true },
    )
  })
}

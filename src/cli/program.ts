import { Command, CommanderError } from 'commander'
import { discover } from '../composition/discover.ts'
import { builtInFolders } from '../composition/wiring.ts'
import type { Registry } from '../kernel/registry.ts'
import { exitFor } from './errors.ts'
import { EXIT, EXIT_HELP, type ExitCode } from './exits.ts'
import { addBackupVerb } from './verbs/backup.ts'
import { addBenchVerb } from './verbs/bench.ts'
import { addCommunitiesVerb } from './verbs/communities.ts'
import { addConfigVerb } from './verbs/config.ts'
import { addDemoVerb } from './verbs/demo.ts'
import { addDoVerb } from './verbs/do.ts'
import { addEraseVerb } from './verbs/erase.ts'
import { addExportVerb } from './verbs/export.ts'
import { addImportVerb } from './verbs/import.ts'
import { addImportBookVerb } from './verbs/import-book.ts'
import { addLinkVerb } from './verbs/link.ts'
import { addProveDeclineVerb } from './verbs/prove-decline.ts'
import { addQuestionVerbs } from './verbs/question.ts'
import { addReplayVerb } from './verbs/replay.ts'
import { addRestoreVerb } from './verbs/restore.ts'
import { addServeVerb } from './verbs/serve.ts'
import { addSignInVerb } from './verbs/sign-in.ts'
import { addTokenVerb } from './verbs/token.ts'
import { addVerifyVerb } from './verbs/verify.ts'
import { addVerifyMatterVerb } from './verbs/verify-matter.ts'

const EXAMPLES = `
Examples:
  hearthbook demo
  hearthbook import circles.jsonl holdings.jsonl --community garden --name "The garden"
  hearthbook who chair --circle sig-auth --on 2018-10-15
  hearthbook history liggitt --community kubernetes
  hearthbook audit --circle sig-auth
  hearthbook verify
`

/** The whole command line; every verb's own help says more. */
export function buildProgram(registry: Registry): Command {
  const program = new Command('hearthbook')
    .description(
      'An event-sourced governance engine: who held which role when, who says so, and since when it is known.',
    )
    .addHelpText('after', `${EXAMPLES}\n${EXIT_HELP}`)
    .showHelpAfterError('(--help after any verb says more)')
    .exitOverride()
  program.commandsGroup('To run it:')
  addDemoVerb(program, registry)
  addServeVerb(program)
  addConfigVerb(program)
  program.commandsGroup('To put in and take out:')
  addImportVerb(program, registry)
  addExportVerb(program, registry)
  addImportBookVerb(program)
  addBackupVerb(program)
  addRestoreVerb(program, registry)
  program.commandsGroup('To ask:')
  addQuestionVerbs(program, registry)
  addCommunitiesVerb(program, registry)
  program.commandsGroup('To act:')
  addDoVerb(program, registry)
  addEraseVerb(program, registry)
  addTokenVerb(program, registry)
  addLinkVerb(program, registry)
  addSignInVerb(program)
  program.commandsGroup('To check:')
  addVerifyVerb(program)
  addVerifyMatterVerb(program)
  addReplayVerb(program, registry)
  addProveDeclineVerb(program)
  addBenchVerb(program)
  return program
}

/** Runs the command line. @returns the exit code; everything else was printed. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  try {
    await buildProgram(await discover(builtInFolders())).parseAsync([...args], { from: 'user' })
    return EXIT.ok
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    return exitFor(error)
  }
}

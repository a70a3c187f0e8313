import type { Command } from 'commander'
import type { Registry } from '../../kernel/registry.ts'
import { DirectoryInUse } from '../../ledger/sqlite/directory-lock.ts'
import { booksElsewhere } from '../books/elsewhere.ts'
import { dataDirectory, toHearthbook, type Where } from '../connect.ts'
import { bringExamples } from '../demo/examples.ts'
import { printTour } from '../demo/tour.ts'
import { print } from '../output.ts'
import { readServerFile } from '../server-file.ts'
import { serverLog } from '../serving/log.ts'
import { startServer } from '../serving/server.ts'
import { untilStopped } from '../serving/until-stopped.ts'
import { addData, withConnection } from '../shared-options.ts'
import { portFrom } from './serve.ts'

interface Options extends Where {
  readonly port: number
}

const HOST = '127.0.0.1'

/** Adds `demo`: two communities to look at, and a server. */
export function addDemoVerb(program: Command, registry: Registry): void {
  const verb = program
    .command('demo')
    .summary('import two examples, serve them, and show questions with their answers')
    .description(
      'Imports two examples where they are not there yet (nine years of Kubernetes leadership, and an invented garden ' +
        'co-op), serves them, and shows four questions with their answers. This is what "npm start" runs.',
    )
    .option('--port <n>', 'port of the API; 0 for any', portFrom, 7400)
  addData(verb)
  verb.action(async () => {
    const options = verb.opts<Options>()
    const directory = dataDirectory(options)
    try {
      await serveDemo(directory, options.port)
    } catch (error) {
      const server = error instanceof DirectoryInUse ? readServerFile(directory) : undefined
      if (!server) throw error
      print(`A server runs on ${directory} already, at ${server.url}. Questions to try:`)
      print()
      await withConnection(registry, { data: directory }, ({ client }) => printTour(client, server.url, directory))
    }
  })
}

async function serveDemo(directory: string, port: number): Promise<void> {
  const log = serverLog('warn')
  const server = await startServer({ directory, books: booksElsewhere(), host: HOST, port, log })
  try {
    const connection = await toHearthbook(server.hearthbook, { closes: false })
    try {
      await bringExamples(connection.client, await connection.communities())
      print()
      print(
        `Hearthbook listens on ${server.url}, with its books in ${directory}. Questions to try from another terminal:`,
      )
      print()
      await printTour(connection.client, server.url, directory)
      print(
        `Both communities are public, so curl needs no token. The API describes itself at ${server.url}/openapi.json.`,
      )
      print('Stop it with Ctrl-C; what was recorded stays, and the next start goes on with it.')
    } finally {
      await connection.close()
    }
  } catch (error) {
    await server.stop()
    throw error
  }
  await untilStopped(server, log)
}

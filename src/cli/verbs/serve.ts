import { type Command, InvalidArgumentError } from 'commander'
import { dataDirectory, type Where } from '../connect.ts'
import { print } from '../output.ts'
import { serverLog } from '../serving/log.ts'
import { startServer } from '../serving/server.ts'
import { untilStopped } from '../serving/until-stopped.ts'
import { addData, addExamples } from '../shared-options.ts'

interface Options extends Where {
  readonly host: string
  readonly port: number
  readonly metricsPort: number
  readonly metrics: boolean
  readonly logLevel: string
}

const LAST_PORT = 65_535

/** A port as it is typed. */
export function portFrom(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > LAST_PORT) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}

/** Adds `serve`: the HTTP API on a data directory. */
export function addServeVerb(program: Command): void {
  const verb = program
    .command('serve')
    .summary('serve the HTTP API')
    .description(
      'Serves the HTTP API until it is told to stop (Ctrl-C or SIGTERM), and then finishes what it has begun.',
    )
    .option('--host <host>', 'address to listen on; others than 127.0.0.1 belong behind TLS', '127.0.0.1')
    .option('--port <n>', 'port of the API; 0 for any', portFrom, 7400)
    .option('--metrics-port <n>', 'port of /metrics, which is for the operator alone; 0 for any', portFrom, 7401)
    .option('--no-metrics', 'no /metrics')
    .option('--log-level <level>', 'silent, error, warn, info or debug', 'info')
  addData(verb)
  addExamples(verb, 'serve', 'serve --data /var/lib/hearthbook --port 8080 --no-metrics')
  verb.action(async () => {
    const options = verb.opts<Options>()
    const log = serverLog(options.logLevel)
    const server = await startServer({
      directory: dataDirectory(options),
      host: options.host,
      port: options.port,
      metricsPort: options.metrics ? options.metricsPort : undefined,
      log,
    })
    print(`Hearthbook listens on ${server.url}`)
    if (server.metricsUrl !== undefined) print(`Metrics are on ${server.metricsUrl}/metrics`)
    await untilStopped(server, log)
  })
}

import { type Command, InvalidArgumentError } from 'commander'
import { storeAddress } from '../../ledger/eventstoredb/address.ts'
import { addSettings, settingsOf } from '../config/flags.ts'
import { vaultAccess } from '../config/vault-settings.ts'
import { print } from '../output.ts'
import { serverLog } from '../serving/log.ts'
import { startServer } from '../serving/server.ts'
import { untilStopped } from '../serving/until-stopped.ts'
import { addExamples } from '../shared-options.ts'

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
      'Serves the HTTP API until it is told to stop (Ctrl-C or SIGTERM), and then finishes what it has begun. ' +
        '"hearthbook config check" shows the settings it would run with.',
    )
  addSettings(verb)
  addExamples(
    verb,
    'serve',
    'serve --data /var/lib/hearthbook --port 8080 --no-metrics',
    'serve --config /etc/hearthbook.json',
  )
  verb.action(async () => {
    const { settings, masterKey } = settingsOf(verb)
    const log = serverLog(settings.logLevel)
    const server = await startServer({
      directory: settings.data,
      books: settings.store === undefined ? undefined : storeAddress(settings.store),
      vaultAt: vaultAccess(settings),
      host: settings.host,
      port: settings.port,
      metricsPort: settings.metrics ? settings.metricsPort : undefined,
      requestsPerMinute: settings.requestsPerMinute,
      masterKey: masterKey.text,
      timerSeconds: settings.timerSeconds,
      publicUrl: settings.publicUrl,
      log,
    })
    print(`Hearthbook listens on ${server.url}`)
    if (settings.publicUrl !== undefined) print(`People reach it at ${settings.publicUrl}`)
    if (server.metricsUrl !== undefined) print(`Metrics are on ${server.metricsUrl}/metrics`)
    await untilStopped(server, log)
  })
}

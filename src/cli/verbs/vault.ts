import type { Command } from 'commander'
import { addSettings, settingsOf } from '../config/flags.ts'
import { vaultFiles } from '../config/vault-settings.ts'
import { CliError, EXIT } from '../exits.ts'
import { print } from '../output.ts'
import { serverLog } from '../serving/log.ts'
import { untilStopped } from '../serving/until-stopped.ts'
import { startVault } from '../serving/vault.ts'
import { addExamples } from '../shared-options.ts'

/** Adds `vault`: keys and credentials for several nodes, from one data directory. */
export function addVaultVerb(program: Command): void {
  const verb = program
    .command('vault')
    .summary('serve keys and credentials to several nodes')
    .description(
      'Serves the keys and credentials of a data directory to nodes that keep their books in one store, until it is ' +
        'told to stop. At its first start it makes a token that the nodes need, and a certificate whose fingerprint it prints.',
    )
  addSettings(verb)
  addExamples(
    verb,
    'vault',
    'vault --data /var/lib/hearthbook-vault --vault-host 0.0.0.0',
    'vault --data /var/lib/hearthbook-vault --vault-cert /etc/tls/vault.crt --vault-key /etc/tls/vault.key',
  )
  verb.action(async () => {
    const { settings, masterKey, from } = settingsOf(verb)
    if (settings.vault !== undefined)
      throw new CliError(`This is the vault itself: "vault" (from ${from.vault}) is for its nodes.`, EXIT.usage)
    const log = serverLog(settings.logLevel)
    const files = vaultFiles(settings)
    const vault = await startVault({
      directory: settings.data,
      host: settings.vaultHost,
      port: settings.vaultPort,
      tokenFile: files.token,
      tls: files.tls,
      masterKey: masterKey.text,
      log,
    })
    print(`Hearthbook's vault listens on ${vault.url}`)
    print(`Nodes need the token in ${files.token}`)
    if (vault.fingerprint !== undefined)
      print(`and its certificate ${files.tls?.cert}, or its fingerprint ${vault.fingerprint}`)
    await untilStopped(vault, log)
  })
}

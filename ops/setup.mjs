// Installs what the lock file names where that was not done yet. Runs on Node 18 and newer, before anything is there.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const say = (text) => process.stdout.write(`${text}\n`)

const lock = join(root, 'package-lock.json')
const installed = join(root, 'node_modules', '.package-lock.json')
const node = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')

function reasonToInstall() {
  if (!existsSync(installed) || !existsSync(node)) return 'nothing is installed yet'
  return statSync(installed).mtimeMs < statSync(lock).mtimeMs
    ? 'package-lock.json is newer than what is installed'
    : undefined
}

function install() {
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status === 0) return
  process.stderr.write('"npm ci" did not succeed; nothing can run before it does.\n')
  process.exit(1)
}

const reason = reasonToInstall()
if (reason !== undefined) {
  say(`Setting up: ${reason}. Running "npm ci", which brings Node 24 along; a few minutes at most.`)
  install()
  // npm leaves the file alone where nothing changed, and the next start would ask again.
  utimesSync(installed, new Date(), new Date())
  say('Set up.')
}

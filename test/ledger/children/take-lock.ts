// Takes the lock of a data directory, says how that went, and holds it until it is killed.
import { lockDirectory } from '../../../src/ledger/sqlite/directory-lock.ts'

const [directory = ''] = process.argv.slice(2)
try {
  lockDirectory(directory)
  process.stdout.write('locked\n')
  setInterval(() => undefined, 60_000)
} catch (error) {
  process.stdout.write(`${error}\n`)
}

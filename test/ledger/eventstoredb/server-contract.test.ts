import { afterAll, beforeAll } from 'vitest'
import { storeAddress } from '../../../src/ledger/eventstoredb/address.ts'
import { openEventStoreLedgers } from '../../../src/ledger/eventstoredb/eventstore-ledgers.ts'
import { ledgersContract } from '../../contract/ledgers.ts'
import { type RealServer, realServer } from '../../support/eventstore-server.ts'

let server: RealServer | { readonly missing: string }
beforeAll(async () => {
  server = await realServer()
})
afterAll(async () => {
  if ('stop' in server) await server.stop()
})

ledgersContract('server', async () => {
  if ('missing' in server) return server
  const address = storeAddress(server.url)
  let ledgers = openEventStoreLedgers(address)
  return {
    ledgers,
    findsTakenIds: false,
    async reopen() {
      await ledgers.close()
      ledgers = openEventStoreLedgers(address)
      return ledgers
    },
    dispose: () => ledgers.close(),
  }
})

import { storeAddress } from '../../../src/ledger/eventstoredb/address.ts'
import { openEventStoreLedgers } from '../../../src/ledger/eventstoredb/eventstore-ledgers.ts'
import { ledgersContract } from '../../contract/ledgers.ts'
import { StandIn } from '../../support/eventstore-stand-in/stand-in.ts'

ledgersContract('stand-in', async () => {
  const standIn = await StandIn.start()
  const open = () => openEventStoreLedgers(storeAddress(standIn.url))
  let ledgers = open()
  return {
    ledgers,
    findsTakenIds: false,
    async reopen() {
      await ledgers.close()
      ledgers = open()
      return ledgers
    },
    async dispose() {
      await ledgers.close()
      await standIn.stop()
    },
  }
})

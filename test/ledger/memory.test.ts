import { MemoryLedgers } from '../../src/ledger/memory/memory-ledgers.ts'
import { ledgersContract } from '../contract/ledgers.ts'

ledgersContract('memory', async () => {
  const ledgers = new MemoryLedgers()
  return { ledgers, dispose: () => ledgers.close() }
})

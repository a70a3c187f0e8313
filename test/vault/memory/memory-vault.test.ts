import { MemoryVault } from '../../../src/vault/memory/memory-vault.ts'
import { vaultContract } from '../../contract/vault.ts'

vaultContract('memory', async () => new MemoryVault())

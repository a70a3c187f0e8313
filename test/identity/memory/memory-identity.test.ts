import { openMemoryIdentity } from '../../../src/identity/memory/memory-identity.ts'
import { identityContract } from '../../contract/identity.ts'

identityContract('memory', async (now) => openMemoryIdentity(now))

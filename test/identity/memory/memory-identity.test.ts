import { openMemoryIdentity } from '../../../src/identity/memory/memory-identity.ts'
import { identityContract } from '../../contract/identity.ts'
import { signInContract } from '../../contract/identity-sign-in.ts'

identityContract('memory', async (now) => openMemoryIdentity(now))
signInContract('memory', async (now) => openMemoryIdentity(now))

import { RemoteVault } from '../../../src/vault/remote/remote-vault.ts'
import { vaultContract } from '../../contract/vault.ts'
import { servingVault } from '../../vault-service/serving-vault.ts'

vaultContract('remote, encrypted', async () => {
  const { access, tls } = await servingVault({ encrypted: true })
  return new RemoteVault({ ...access, ca: tls?.cert })
})

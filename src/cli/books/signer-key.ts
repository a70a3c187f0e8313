import { createPublicKey } from 'node:crypto'
import { type Hearthbook, SIGNER_NAME } from '../../composition/wiring.ts'
import { verifierKeyOf } from '../../ledger/proofs/verifier-key.ts'

/** The key a store's checkpoints are verified with, as one line that people can keep. */
export async function signerKeyOf({ vault }: Pick<Hearthbook, 'vault'>): Promise<string> {
  return verifierKeyOf(createPublicKey(await vault.signingKey()), SIGNER_NAME)
}

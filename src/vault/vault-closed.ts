/** The vault was closed; no key can be had from it any more. */
export class VaultClosed extends Error {
  override readonly name = 'VaultClosed'
  constructor() {
    super('the vault is closed')
  }
}

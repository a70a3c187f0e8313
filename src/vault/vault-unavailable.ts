/** The vault cannot be reached, or did not answer in time. What was asked of it may be asked again. */
export class VaultUnavailable extends Error {
  override readonly name: string = 'VaultUnavailable'
}

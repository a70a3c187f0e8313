/** A community's book does not verify: nothing is served from it, and the others go on. */
export class LedgerDoesNotVerify extends Error {
  override readonly name = 'LedgerDoesNotVerify'
  readonly community: string
  constructor(community: string, message: string) {
    super(`the ${community} book does not verify: ${message}`)
    this.community = community
  }
}

/** The hot community was dropped after a failed append; whoever waited is to ask again. */
export class Evicted extends Error {
  override readonly name = 'Evicted'
}

/** The book holds an event or a version this program does not know: it was written by a newer one. */
export class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent'
}

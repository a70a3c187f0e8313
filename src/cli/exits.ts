/** What the process answers to the shell. */
export const EXIT = { ok: 0, difference: 1, usage: 2, refused: 3, notFound: 4, store: 5 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The exit codes as the help explains them. */
export const EXIT_HELP = `Exit codes:
  0  done, or: nothing found that differs
  1  a difference, a finding, or the answer "no"
  2  the command line was not understood
  3  a rule refused it; nothing was written
  4  what was named does not exist
  5  the store or the server cannot be reached, or refuses the credentials`

/** An error in words for whoever typed the command; the process ends with its code. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exit: ExitCode
  constructor(message: string, exit: ExitCode, options?: ErrorOptions) {
    super(message, options)
    this.exit = exit
  }
}

/** A verb ends with a code other than 0 after it has printed all there is to say. */
export class Ended extends Error {
  override readonly name = 'Ended'
  readonly exit: ExitCode
  constructor(exit: ExitCode) {
    super(`ended with ${exit}`)
    this.exit = exit
  }
}

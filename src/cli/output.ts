/** Everything the command line prints goes through these. */

/** Prints one line of an answer on standard output. */
export function print(text = ''): void {
  process.stdout.write(`${text}\n`)
}

/** Prints one line about what is going on on standard error, so that answers can be piped. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Prints a value as indented JSON. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, undefined, 2))
}

// A book may come from anywhere, and a control character in a name could rewrite a terminal.
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu

/** A text from a record, safe to show on a terminal. */
export function shown(text: string): string {
  return text.replace(UNPRINTABLE, '\uFFFD')
}

/** `1 row`, `2 rows`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`
}

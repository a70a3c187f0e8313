import { type Options, SingleBar } from 'cli-progress'
import { note } from './output.ts'

/** Says how far a long piece of work has come. */
export interface Progress {
  to(done: number): void
  end(): void
}

const LINE_EVERY_MS = 2000
const BAR_AFTER_MS = 1000

/** A bar on a terminal, a line now and then elsewhere; nothing at all for work that is done within a second. */
export function progressOf(what: string, total: number, unit: string): Progress {
  const began = performance.now()
  let bar: SingleBar | undefined
  let lastLine = began
  return {
    to(done) {
      const now = performance.now()
      if (process.stderr.isTTY) {
        if (!bar && now - began > BAR_AFTER_MS) {
          bar = new SingleBar(barOptions(what, unit))
          bar.start(total, done)
        }
        bar?.update(done)
      } else if (now - lastLine > LINE_EVERY_MS && done < total) {
        lastLine = now
        note(`${what}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${unit}`)
      }
    },
    end: () => bar?.stop(),
  }
}

function barOptions(what: string, unit: string): Options {
  return {
    format: `${what} {bar} {percentage}% | {value} of {total} ${unit} | {eta_formatted} left`,
    hideCursor: true,
    stream: process.stderr,
  }
}

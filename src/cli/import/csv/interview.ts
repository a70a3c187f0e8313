import { createInterface } from 'node:readline/promises'
import { note, shown } from '../../output.ts'
import type { Question } from './answers.ts'

/** Asks on the terminal what is open. @returns the answers; none where the person would rather answer later. */
export async function interview(questions: readonly Question[]): Promise<ReadonlyMap<string, string>> {
  const given = new Map<string, string>()
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const over = new AbortController()
  terminal.once('close', () => over.abort())
  try {
    note('An empty answer leaves a question open; Ctrl-D ends, and what was answered is kept.')
    for (const [index, { about, question, choose }] of questions.entries()) {
      note('')
      note(shown(`${index + 1} of ${questions.length}. ${question}`))
      for (const [place, choice] of choose.entries()) note(shown(`   ${place + 1}  ${choice}`))
      const text = (await terminal.question('> ', { signal: over.signal })).trim()
      const answer = choose[Number(text) - 1] ?? text
      if (answer !== '') given.set(about, answer)
    }
  } catch (error) {
    if (!over.signal.aborted) throw error
  } finally {
    terminal.close()
  }
  return given
}

/** Whether somebody sits at a terminal and can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true
}

import type { AnyQuestion, Row } from '../kernel/define-question.ts'
import type { QuestionAnswer } from './client.ts'
import { print, shown } from './output.ts'
import { tableOf } from './tables.ts'

const FRAME = ['asOf', 'asKnownAt', 'atRevision', 'head', 'record', 'permalink'] as const

/** Prints an answer for people: a table where the question has rows, else its fields; then the point it was given at. */
export function printAnswer(question: AnyQuestion, answer: QuestionAnswer): void {
  const rows = question.rows?.(answer as never) as readonly Row[] | undefined
  if (rows) {
    print(rows.length === 0 ? 'Nothing.' : tableOf(rows))
    const words = question.words?.(answer as never) as readonly string[] | undefined
    const rest = words ? {} : withoutLists(answer)
    if (words || Object.keys(rest).length > 0) print()
    for (const line of words ?? []) print(shown(line))
    printFields(rest, '')
  } else printFields(withoutFrame(answer), '')
  // What is one's own is told as it is now, and of the private book's head nothing is.
  if (question.own) return
  print()
  print(pointOf(question, answer))
}

function pointOf(question: AnyQuestion, { asOf, asKnownAt, atRevision, head, record }: QuestionAnswer): string {
  if (record === 'nothing-recorded-yet') return 'Nothing was recorded yet at that point.'
  const when = question.timed && asOf ? `As of ${asOf}, as ` : 'As '
  const later =
    head && atRevision !== undefined && atRevision < head.revision
      ? `; the record has gone on to ${head.revision} since`
      : ''
  return `${when}recorded up to revision ${atRevision ?? head?.revision ?? '?'}${asKnownAt ? ` (${asKnownAt})` : ''}${later}.`
}

function withoutFrame(answer: QuestionAnswer): Record<string, unknown> {
  return Object.fromEntries(Object.entries(answer).filter(([name]) => !FRAME.includes(name as (typeof FRAME)[number])))
}

// What rows are made of is printed already.
function withoutLists(answer: QuestionAnswer): Record<string, unknown> {
  return Object.fromEntries(Object.entries(withoutFrame(answer)).filter(([, value]) => !Array.isArray(value)))
}

function printFields(fields: Readonly<Record<string, unknown>>, indent: string): void {
  for (const [name, value] of Object.entries(fields)) {
    if (Array.isArray(value)) {
      if (value.length === 0) print(`${indent}${name}: none`)
      else printList(name, value, indent)
    } else if (isRecord(value)) {
      const words = refText(value)
      if (words !== undefined) print(`${indent}${name}: ${words}`)
      else {
        print(`${indent}${name}:`)
        printFields(value, `${indent}  `)
      }
    } else print(`${indent}${name}: ${value === null ? '-' : shown(String(value))}`)
  }
}

const LISTED = 20

function printList(name: string, list: readonly unknown[], indent: string): void {
  print(`${indent}${name}:`)
  for (const item of list.slice(0, LISTED)) {
    const words = isRecord(item) ? refText(item) : shown(String(item))
    if (words !== undefined) print(`${indent}  ${words}`)
    else if (isRecord(item)) print(`${indent}  ${flat(item)}`)
  }
  if (list.length > LISTED) print(`${indent}  … and ${list.length - LISTED} more; --json has them all`)
}

function flat(item: Readonly<Record<string, unknown>>): string {
  return Object.entries(item)
    .map(
      ([name, value]) =>
        `${name} ${isRecord(value) ? (refText(value) ?? JSON.stringify(value)) : shown(typeof value === 'string' ? value : JSON.stringify(value))}`,
    )
    .join(', ')
}

/** A person, role or circle in a few words; undefined for anything else. */
function refText(value: Readonly<Record<string, unknown>>): string | undefined {
  const { id, name, handle, key } = value
  if (typeof id !== 'string' || !('name' in value) || Object.keys(value).length > 4) return undefined
  const also = handle ?? key
  return shown(`${name ?? '(erased)'}${also ? ` (${also})` : ''}`)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

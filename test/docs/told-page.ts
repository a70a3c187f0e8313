import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One request of a page: who sends it on which day, and what it is answered. */
export interface Told {
  readonly day: number
  readonly who: readonly string[]
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body: string
  readonly status: number
  readonly code: string | undefined
  /** Fields of the answer by their dotted path, as the page writes them. */
  readonly fields: readonly (readonly [field: string, value: string])[]
}

/** A part of a page that tells of one community: its members, and what they do. */
export interface ToldPart {
  readonly title: string
  readonly members: readonly string[]
  readonly requests: readonly Told[]
}

/** The parts of a page that has blocks of members and of requests. */
export function toldParts(page: string): readonly ToldPart[] {
  const text = readFileSync(fileURLToPath(new URL(`../../${page}`, import.meta.url)), 'utf8')
  return text
    .split(/^## /m)
    .slice(1)
    .flatMap((part) => {
      const blocks = [...part.matchAll(/^```(members|http)\n(.*?)^```$/gms)]
      const members = blocks.flatMap(([, info, body = '']) => (info === 'members' ? namesIn(body) : []))
      const requests = blocks.flatMap(([, info, body = '']) => (info === 'http' ? [toldIn(body)] : []))
      return members.length === 0 ? [] : [{ title: part.slice(0, part.indexOf('\n')), members, requests }]
    })
}

/** Names in a list; "and 3 others" or "3 others" are members without a part of their own. */
function namesIn(list: string): readonly string[] {
  return list
    .trim()
    .split(/, | and /)
    .flatMap((each) => {
      const others = /^(\d+) others$/.exec(each)?.[1]
      return others === undefined ? [each] : Array.from({ length: Number(others) }, (_, i) => `other${100 + i}`)
    })
}

const BLOCK =
  /^# day (?<day>\d+), (?:each of )?(?<who>[^\n]+)\n(?<method>GET|POST) (?<path>\S+)\n(?<body>.*?)→ (?<status>\d+)(?: (?<code>[A-Z][A-Z_]+))?(?<fields>[^\n]*)\n$/s

function toldIn(block: string): Told {
  const found = BLOCK.exec(block)?.groups
  if (!found) throw new Error(`not a request as these pages tell it:\n${block}`)
  const { day, who = '', method, path = '', body = '', status, code, fields = '' } = found
  return {
    day: Number(day),
    who: namesIn(who),
    method: method as Told['method'],
    path,
    body,
    status: Number(status),
    code,
    fields: fields
      .trim()
      .split(', ')
      .filter((each) => each !== '')
      .map((each) => each.split(' = ') as unknown as readonly [string, string]),
  }
}

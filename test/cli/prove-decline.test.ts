import { expect, it } from 'vitest'
import { type Told, threeHistories } from '../../src/cli/proving/histories.ts'
import { differences } from '../../src/cli/verbs/prove-decline.ts'
import { hearthbook, json } from './cli.ts'

interface Proof {
  readonly same: boolean
  readonly differing: readonly string[]
  readonly histories: readonly {
    readonly fate: string
    readonly root: string
    readonly open: number
    readonly private: number
  }[]
}

it('declined, silent and never asked: the same root of the open book, and other private books', async () => {
  const { same, differing, histories } = await json<Proof>('prove-decline')
  expect({ same, differing }).toEqual({ same: true, differing: [] })
  expect(new Set(histories.map(({ root }) => root)).size).toBe(1)
  expect(histories[0]?.root.length).toBeGreaterThan(20)
  expect(new Set(histories.map((each) => each.private)).size).toBe(3)
  const { out, code } = await hearthbook('prove-decline')
  expect(code).toBe(0)
  expect(out).toContain('The open book is the same each time')
})

it('would say what differs', async () => {
  const [declined, silent] = (await threeHistories()) as [Told, Told]
  expect(declined.answers.size).toBeGreaterThan(20)
  expect([...declined.answers.keys()]).toContain('influence')
  expect(differences(declined, silent)).toEqual([])
  const leaking = { ...declined, answers: new Map(declined.answers).set('people', 'other') }
  expect(differences(leaking, silent)).toEqual(['people, where it was silent'])
  expect(differences({ ...declined, root: 'other' }, silent)).toEqual(['the open book, where it was silent'])
})

import { beforeAll, describe, expect, it } from 'vitest'
import { type Doing, doing } from '../support/doing.ts'
import { proposalRounds } from '../support/history-of-proposals.ts'
import { Scenario } from '../support/scenario.ts'

const DAY_MS = 86_400_000
const START = '2026-03-01T09:00:00Z'
const day = (days: number) => new Date(Date.parse(START) + days * DAY_MS).toISOString()
const MOMENTS = [0, 5, 8, 9, 12, 40, 70].map(day)

type Told = Record<string, unknown>

describe('answers about proposals', () => {
  let book: Scenario
  const told: { readonly revision: number; readonly answers: Told }[] = []
  let ids: readonly string[] = []

  async function answers(atRevision: number): Promise<Told> {
    const all: Told = {}
    for (const asOf of MOMENTS) {
      for (const name of ['proposals', 'decisions'])
        all[`${name} ${asOf}`] = await book.ask(name, {}, { asOf, atRevision })
      for (const id of ids) all[`${id} ${asOf}`] = await book.ask('proposal', { proposal: id }, { asOf, atRevision })
    }
    return all
  }

  beforeAll(async () => {
    book = await Scenario.founded([], { at: START })
    const there = doing(book)
    const telling: Doing = {
      async does(by, name, input, effectiveAt) {
        const made = await there.does(by, name, input, effectiveAt)
        if (name === 'SubmitProposal') ids = [...ids, made.proposalId ?? '']
        const { revision } = (await book.hot()).head
        told.push({ revision, answers: await answers(revision) })
        return made
      },
    }
    await proposalRounds(book, telling)
  })

  it('stay at every revision what they were when it was the head', async () => {
    expect(told.length).toBeGreaterThan(25)
    for (const { revision, answers: then } of told) {
      const now = await answers(revision)
      expect(Object.keys(then).filter((key) => JSON.stringify(now[key]) !== JSON.stringify(then[key]))).toEqual([])
    }
  })

  it('do not depend on whether the timer has run', async () => {
    const types = ['CompanyOffered', 'ProposalLapsed']
    const notices = (await book.events()).filter(({ type }) => types.includes(type))
    expect(new Set(notices.map(({ type }) => type))).toEqual(new Set(types))
    const lapsed = notices.find(({ type }) => type === 'ProposalLapsed')
    if (!lapsed) throw new Error('nothing lapsed')
    const before = { asOf: lapsed.effectiveAt, atRevision: lapsed.revision - 1 }
    const proposal = lapsed.data.proposalId
    expect(await book.ask('proposal', { proposal }, before)).toMatchObject({ status: 'lapsed' })
    const notYet = { asOf: new Date(Date.parse(before.asOf) - 1).toISOString() }
    expect(await book.ask('proposal', { proposal }, notYet)).toMatchObject({ status: 'open' })
  })
})

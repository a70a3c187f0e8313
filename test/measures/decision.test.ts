import { describe, expect, it } from 'vitest'
import { type DecisionCount, type DecisionRule, type Lacking, lackingOf } from '../../src/measures/decision.ts'

const standard: DecisionRule = { answers: 2, objectionsStop: true }
const significant: DecisionRule = { answers: 1, consent: { percent: 50, orMore: false }, objectionsStop: true }
const participation = { percent: 75, secondPercent: 50 }
const constitutional: DecisionRule = { answers: 1, participation, objectionsStop: true }
const recall: DecisionRule = { answers: 1, consent: { percent: 75, orMore: true }, objectionsStop: false }

/** electorate (the proposer in it), answers of others, consents, people with an open objection. */
type Row = readonly [rule: DecisionRule, electorate: number, answers: number, consents: number, open: number]
const count = ([, electorate, answers, consents, openObjections]: Row): DecisionCount => ({
  electorate,
  proposerIsIn: true,
  answers,
  consents,
  openObjections,
})
const lacks = (row: Row, secondWindowOver = false) => lackingOf(row[0], count(row), secondWindowOver)

describe('what a decision lacks by the rule of its class', () => {
  const TABLE: readonly (readonly [string, Row, readonly Lacking[]])[] = [
    ['standard: two others answer', [standard, 5, 2, 1, 0], []],
    [
      'standard: one other of four is too few',
      [standard, 5, 1, 1, 0],
      [{ what: 'answers', answers: 1, needed: 2, of: 4 }],
    ],
    ['standard: of two members the other one answers', [standard, 2, 1, 1, 0], []],
    ['standard: whoever is alone asks nobody', [standard, 1, 0, 0, 0], []],
    ['standard: nothing is adopted over an objection', [standard, 5, 3, 2, 1], [{ what: 'objections-met', open: 1 }]],
    ['standard: standing aside is an answer', [standard, 5, 2, 0, 0], []],
    ['significant: four of four stated positions', [significant, 7, 5, 4, 0], []],
    [
      'significant: nobody has taken a position',
      [significant, 7, 2, 0, 0],
      [{ what: 'consents', consents: 0, needed: 1, stated: 0 }],
    ],
    [
      'significant: silence is no answer',
      [significant, 7, 0, 0, 0],
      [
        { what: 'answers', answers: 0, needed: 1, of: 6 },
        { what: 'consents', consents: 0, needed: 1, stated: 0 },
      ],
    ],
    ['constitutional: 75 of 100 have answered, the proposer among them', [constitutional, 100, 74, 74, 0], []],
    [
      'constitutional: 74 of 100 are too few',
      [constitutional, 100, 73, 73, 0],
      [{ what: 'answers', answers: 74, needed: 75, of: 100 }],
    ],
    [
      'constitutional: of 7, 75 % are 6',
      [constitutional, 7, 4, 4, 0],
      [{ what: 'answers', answers: 5, needed: 6, of: 7 }],
    ],
    ['recall: 6 for, 2 against are 75 %', [recall, 9, 8, 6, 2], []],
    [
      'recall: 5 for, 2 against are 71.4 %',
      [recall, 9, 7, 5, 2],
      [{ what: 'consents', consents: 5, needed: 6, stated: 7 }],
    ],
    ['recall: objections do not stop it', [recall, 101, 99, 99, 1], []],
  ]
  it.each(TABLE)('%s', (_, row, expected) => {
    expect(lacks(row)).toEqual(expected)
  })

  it('significant: more than half, not half', () => {
    const stated = (consents: number, openObjections: number) =>
      lackingOf(
        { ...significant, objectionsStop: false },
        { ...count([significant, 20, 10, consents, openObjections]) },
        false,
      )
    expect(stated(5, 5)).toEqual([{ what: 'consents', consents: 5, needed: 6, stated: 10 }])
    expect(stated(6, 5)).toEqual([])
  })

  it('constitutional: after the second window half is enough, and less is not', () => {
    expect(lacks([constitutional, 100, 49, 49, 0], true)).toEqual([])
    expect(lacks([constitutional, 100, 48, 48, 0], true)).toEqual([
      { what: 'answers', answers: 49, needed: 50, of: 100 },
    ])
    expect(lacks([constitutional, 100, 49, 49, 0], false)).toMatchObject([{ needed: 75 }])
  })

  it('a proposer who is not of the electorate is not counted among those who answered', () => {
    const out = { ...count([constitutional, 4, 3, 3, 0]), proposerIsIn: false }
    expect(lackingOf(constitutional, out, false)).toEqual([])
    expect(lackingOf(constitutional, { ...out, answers: 2 }, false)).toMatchObject([{ answers: 2, needed: 3, of: 4 }])
  })
})

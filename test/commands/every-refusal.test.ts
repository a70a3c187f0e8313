import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMON_REFUSALS, statusOf } from '../../src/kernel/refusal.ts'
import { TestServer } from '../support/http.ts'
import { HttpCommunity } from '../support/http-community.ts'
import { Scenario } from '../support/scenario.ts'
import { ACCOUNTABILITY_REFUSALS } from './accountability-refusals.ts'
import { AGREEMENT_REFUSALS } from './agreement-refusals.ts'
import { ASK_REFUSALS } from './ask-refusals.ts'
import { CIRCLE_REFUSALS } from './circle-refusals.ts'
import { COMMUNITY_REFUSALS } from './community-refusals.ts'
import { COMPANY_REFUSALS } from './company-refusals.ts'
import { GATHERING_REFUSALS } from './gathering-refusals.ts'
import { HANDOVER_REFUSALS, STEP_REFUSALS } from './handover-refusals.ts'
import { IMPORT_REFUSALS } from './import-refusals.ts'
import { INVITATION_REFUSALS } from './invitation-refusals.ts'
import { LIVED_ROLE_REFUSALS } from './lived-role-refusals.ts'
import { MERGE_REFUSALS } from './merge-refusals.ts'
import { OBJECTION_REFUSALS } from './objection-refusals.ts'
import { ACCEPT_REFUSALS, OFFER_REFUSALS, TERM_REFUSALS } from './offer-refusals.ts'
import { PROPOSAL_REFUSALS } from './proposal-refusals.ts'
import { RECORD_REFUSALS } from './record-refusals.ts'
import { ada, ben, cyd, dov } from './refusal-case.ts'
import { ROLE_REFUSALS } from './role-refusals.ts'
import { SCRIBE_REFUSALS } from './scribe-refusals.ts'
import { STAND_IN_REFUSALS, STEP_IN_REFUSALS } from './stand-in-refusals.ts'
import { UNDERSTUDY_REFUSALS } from './understudy-refusals.ts'

const CASES = [...CIRCLE_REFUSALS, ...ROLE_REFUSALS, ...IMPORT_REFUSALS, ...RECORD_REFUSALS, ...LIVED_ROLE_REFUSALS]
const HTTP_CASES = [
  ...AGREEMENT_REFUSALS,
  ...PROPOSAL_REFUSALS,
  ...OBJECTION_REFUSALS,
  ...COMPANY_REFUSALS,
  ...MERGE_REFUSALS,
  ...SCRIBE_REFUSALS,
  ...ASK_REFUSALS,
  ...COMMUNITY_REFUSALS,
  ...OFFER_REFUSALS,
  ...ACCEPT_REFUSALS,
  ...TERM_REFUSALS,
  ...UNDERSTUDY_REFUSALS,
  ...HANDOVER_REFUSALS,
  ...STEP_REFUSALS,
  ...STAND_IN_REFUSALS,
  ...STEP_IN_REFUSALS,
  ...INVITATION_REFUSALS,
  ...GATHERING_REFUSALS,
  ...ACCOUNTABILITY_REFUSALS,
]

describe('a refused command', () => {
  it.each(CASES)('$command: $code, because $because', async ({ command, code, when }) => {
    const book = await Scenario.founded(['ada', 'ben', 'cyd'], { overHttp: true })
    const outcome = await when(book)
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code } })
    expect(await book.records()).toHaveLength(book.headBefore + 1) // nothing was written
    const declared = Object.keys(book.command(command).refusals)
    expect([...declared, ...Object.keys(COMMON_REFUSALS)]).toContain(code)
  })
})

describe('a command refused over HTTP', () => {
  let server: TestServer
  let communities = 0
  beforeAll(async () => {
    server = await TestServer.start('2026-03-01T09:00:00Z')
  })
  afterAll(() => server.close())

  // One server, a community for each: its clock only ever goes forward, and every case counts from now.
  it.each(HTTP_CASES)('$command: $code, because $because', async ({ command, code, when }) => {
    const there = await HttpCommunity.found(server, `case-${communities++}`, [ada, ben, cyd, dov])
    const { status, body } = await when(there)
    expect({ status, code: body.code }).toEqual({ status: statusOf(code), code })
    expect(await there.written()).toBe(there.writtenBefore)
    const declared = Object.keys(there.command(command).refusals)
    expect([...declared, ...Object.keys(COMMON_REFUSALS)]).toContain(code)
  })
})

describe('the table of refusals', () => {
  let book: Scenario
  beforeAll(async () => {
    book = await Scenario.open()
  })

  it('reaches every refusal a command declares', () => {
    const reached = new Set([...CASES, ...HTTP_CASES].map(({ command, code }) => `${command} ${code}`))
    const declared = [...book.registry.commands.values()].flatMap(({ name, refusals }) =>
      Object.keys(refusals).map((code) => `${name} ${code}`),
    )
    expect(declared.filter((each) => !reached.has(each))).toEqual([])
    expect(declared.length).toBeGreaterThan(20)
  })

  it('is of commands there are', () => {
    expect([...CASES, ...HTTP_CASES].filter(({ command }) => !book.registry.commands.has(command))).toEqual([])
  })
})

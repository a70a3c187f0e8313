import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram } from '../../src/cli/program.ts'
import { openapiDocument } from '../../src/http/openapi.ts'
import { referencePages } from '../../src/http/reference.ts'
import type { Registry } from '../../src/kernel/registry.ts'
import { AT, House, problem } from './house.ts'

const KETTLE = `${AT}/kettle`
const folders = ['commands', 'projections'].map((name) => fileURLToPath(new URL(`./trial/${name}`, import.meta.url)))

describe('a command and a question in a folder of their own', () => {
  let house: House
  let registry: Registry
  beforeAll(async () => {
    house = await House.open(folders)
    registry = house.server.hearthbook.registry
  })
  afterAll(() => house.close())

  it('have routes that work: the command writes, the question tells, the rule of the command refuses', async () => {
    const boiled = await house.post(`${KETTLE}/boilings`, { cups: 4 }, { token: house.dweller('ada').token })
    expect(boiled.status).toBe(201)
    expect(boiled.body.result).toEqual({ cups: 4 })
    expect(boiled.headers.location).toBe(KETTLE)
    await house.post(`${KETTLE}/boilings`, { cups: 2 })
    expect((await house.send(`${KETTLE}`)).body.cups).toBe(6)
    expect((await house.send(`${KETTLE}?atLeast=3`)).body.boilings).toHaveLength(1)
    await house.post(`${KETTLE}/boilings`, { cups: 1 })
    expect(await house.post(`${KETTLE}/boilings`, { cups: 1 })).toMatchObject(problem(422, 'KETTLE_FURRED'))
    expect((await house.post(`${KETTLE}/scourings`, {})).status).toBe(201)
  })

  it('a command with nothing to do answers 200 with no event and no receipt', async () => {
    await house.post(`${KETTLE}/scourings`, {})
    const again = await house.post(`${KETTLE}/scourings`, {})
    expect([again.status, again.body.events, again.body.receipt]).toEqual([200, [], null])
  })

  it('stand in the OpenAPI document with their forms', () => {
    const { paths } = openapiDocument(registry) as { paths: Record<string, Record<string, Record<string, unknown>>> }
    const at = '/v1/communities/{community}/kettle'
    const boil = paths[`${at}/boilings`]?.post
    expect(boil).toMatchObject({
      operationId: 'BoilKettle',
      requestBody: { content: { 'application/json': { schema: { required: ['cups'], additionalProperties: false } } } },
    })
    expect(JSON.stringify(boil)).toContain('effectiveAt')
    expect(JSON.stringify(boil)).toContain('KETTLE_FURRED')
    expect(JSON.stringify(paths[`${at}/scourings`]?.post)).not.toContain('effectiveAt')
    expect(paths[at]?.get).toMatchObject({ operationId: 'kettle' })
    expect(JSON.stringify(paths[at]?.get)).toContain('text/csv')
  })

  it('stand in the document the server serves, and their refusal has a page', async () => {
    expect((await house.send('/openapi.json')).body).toEqual(JSON.parse(JSON.stringify(openapiDocument(registry))))
    const page = await house.send('/problems/KETTLE_FURRED', { token: null })
    expect([page.status, page.body.includes('BoilKettle')]).toEqual([200, true])
  })

  it('stand in the reference pages', () => {
    const pages = referencePages(registry)
    expect(pages['commands.md']).toContain('## BoilKettle')
    expect(pages['questions.md']).toContain('## kettle')
    expect(pages['events.md']).toContain('## KettleBoiled')
    expect(pages['problems.md']).toContain('## KETTLE_FURRED')
  })

  it("stand in the command line's help", () => {
    const program = buildProgram(registry)
    const verb = (...names: readonly string[]) =>
      names.reduce((at, name) => {
        const next = at.commands.find((each) => each.name() === name)
        if (!next) throw new Error(`there is no verb ${names.join(' ')}`)
        return next
      }, program)
    expect(program.helpInformation()).toContain('kettle')
    expect(verb('do').helpInformation()).toContain('boil-kettle')
    expect(verb('do', 'boil-kettle').helpInformation()).toMatch(/--cups.*--effective-at/s)
    expect(verb('do', 'scour-kettle').helpInformation()).not.toContain('--effective-at')
    expect(verb('ask', 'kettle').helpInformation()).toContain('--at-least')
  })
})

describe('an act that is backdated', () => {
  let house: House
  beforeAll(async () => {
    house = await House.open(folders)
  })
  afterAll(() => house.close())
  const boil = (effectiveAt: unknown, body = { cups: 1 }) =>
    house.post(`${KETTLE}/boilings?dryRun=true`, { ...body, effectiveAt })

  it('counts from the day given, and not before it', async () => {
    await house.post(`${KETTLE}/boilings`, { cups: 5, effectiveAt: '2026-03-01' })
    const on = async (day: string) => (await house.send(`${KETTLE}?asOf=${day}`)).body.cups
    expect([await on('2026-02-28'), await on('2026-03-01')]).toEqual([0, 5])
    expect((await house.send(`${KETTLE}?asOf=2026-03-05&asKnownAt=2026-03-09`)).body.cups).toBe(0)
  })

  it.each(['2026-02-08T12:00:00Z', '2026-02-09', '2026-03-10', '2026-03-10T12:00:00Z', '2026-03-10T13:00:00+01:00'])(
    '%s: taken, for it lies at most 30 days back and not in the future',
    async (at) => {
      expect((await boil(at)).status).toBe(200)
    },
  )

  it.each(['2026-02-08', '2026-02-08T11:59:59.999Z', '2026', '1999-12-31'])('%s: BACKDATE_LIMIT', async (at) => {
    expect(await boil(at)).toMatchObject(problem(422, 'BACKDATE_LIMIT', { pointer: '/effectiveAt' }))
  })

  it.each(['2026-03-11', '2026-03-10T12:00:00.001Z', '2027', '9999-12-31'])('%s: FUTURE_FACT', async (at) => {
    expect(await boil(at)).toMatchObject(problem(422, 'FUTURE_FACT', { pointer: '/effectiveAt' }))
  })

  it.each(['2026-02-30', 'yesterday', '', 20260301, null])('%j: no date, VALIDATION_FAILED', async (at) => {
    expect(await boil(at)).toMatchObject(problem(400, 'VALIDATION_FAILED', { pointer: '/effectiveAt' }))
  })

  it('is refused where the command cannot be backdated', async () => {
    const refused = await house.post(`${KETTLE}/scourings`, { effectiveAt: '2026-03-09' })
    expect(refused).toMatchObject(problem(400, 'VALIDATION_FAILED', { pointer: '/effectiveAt' }))
  })

  it('refused acts leave the book as it was', async () => {
    const before = await house.head()
    for (const at of ['2026-01-01', '2027-01-01', 'soon'])
      expect((await house.post(`${KETTLE}/boilings`, { cups: 1, effectiveAt: at })).status).toBeGreaterThanOrEqual(400)
    expect(await house.head()).toBe(before)
  })
})

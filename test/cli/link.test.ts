import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSqliteIdentity } from '../../src/identity/sqlite/sqlite-identity.ts'
import { GARDEN, hearthbook, json, serving, temporary } from './cli.ts'

interface Made {
  readonly link: string
  readonly info: { readonly id: string; readonly personId: string; readonly expiresAt: string; readonly madeBy: string }
}

const DAY_MS = 86_400_000
const PERSON = `person_${'a'.repeat(22)}`

let data: string
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'hearthbook-link-'))
  const { code, err } = await hearthbook('import', ...GARDEN, '--data', data, '--name', 'The garden')
  if (code !== 0) throw new Error(err)
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

const makeLink = (...args: readonly string[]) => json<Made>('link', ...args, '--data', data)

async function whoseIs(link: string) {
  const identity = openSqliteIdentity({ file: join(data, 'identity.db'), now: Date.now })
  const whose = await identity.linkFor(link)
  await identity.close()
  return whose
}

describe('the link verb', () => {
  it('prints a link once, alone on standard output, and keeps no copy', async () => {
    const { code, out, err } = await hearthbook('link', '--person', PERSON, '--data', data)
    expect(code).toBe(0)
    expect(out).toMatch(/^hbk_link_[0-9A-Za-z]{54}_[0-9A-Za-z]{6}\n$/)
    expect(err).toContain(PERSON)
    const link = out.trim()
    expect(await whoseIs(link)).toEqual({ community: 'garden', personId: PERSON, madeBy: 'operator' })
    const secret = link.slice(-'_123456'.length - 32, -'_123456'.length)
    const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.map(({ name }) => name)).toContain('identity.db')
    for (const { parentPath, name } of files)
      expect(readFileSync(join(parentPath, name)).includes(secret), name).toBe(false)
  })

  it('makes an id for somebody nobody knows, another every time', async () => {
    const [one, two] = [await makeLink('--new'), await makeLink('--new')]
    expect(one.info.personId).toMatch(/^person_[A-Za-z0-9_-]{22}$/)
    expect(two.info.personId).not.toBe(one.info.personId)
    expect(await whoseIs(one.link)).toMatchObject({ personId: one.info.personId })
  })

  it('finds a person by their handle, and ends their older link', async () => {
    const { people } = await json<{ people: readonly { id: string }[] }>(
      ...['ask', 'people', '--handle', 'ines', '--data', data],
    )
    const ines = people[0]?.id
    const older = await makeLink('--person', String(ines))
    const newer = await makeLink('--person', 'ines')
    expect([older.info.personId, newer.info.personId]).toEqual([ines, ines])
    expect(await whoseIs(older.link)).toBeUndefined()
    expect(await whoseIs(newer.link)).toMatchObject({ personId: ines })
  })

  it('lasts two days unless told, and at most seven', async () => {
    const before = Date.now()
    const lasts = async (...args: readonly string[]) =>
      Date.parse((await makeLink('--new', ...args)).info.expiresAt) - before
    const [usual, long] = [await lasts(), await lasts('--days', '6')]
    expect([Math.floor(usual / DAY_MS), Math.floor(long / DAY_MS)]).toEqual([2, 6])
    for (const days of ['8', '0', 'soon']) {
      const { code, out } = await hearthbook('link', '--new', `--days=${days}`, '--data', data)
      expect([days, code, out]).toEqual([days, 2, ''])
    }
  })

  it('says what it needs', async () => {
    const codes = async (...args: readonly string[]) => (await hearthbook('link', ...args)).code
    expect(await codes('--data', data)).toBe(2)
    expect(await codes('--new', '--person', PERSON, '--data', data)).toBe(2)
    expect(await codes('--person', 'nobody-of-that-name', '--data', data)).toBe(4)
    expect(await codes('--new', '--community', 'cellar', '--data', data)).toBe(4)
    expect(await codes('--new', '--data', join(temporary(), 'nothing'))).toBe(4)
  })

  it('works beside a running server, where the link signs in', async () => {
    const server = await serving(['serve', '--data', data, '--port', '0'])
    const { link, info } = await makeLink('--new')
    const signIn = () =>
      fetch(`${server.url}/v1/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ link }),
      })
    const answer = await signIn()
    expect(answer.status).toBe(201)
    expect(await answer.json()).toMatchObject({ community: 'garden', personId: info.personId })
    expect((await signIn()).status).toBe(401)
    await server.stop()
  })
})

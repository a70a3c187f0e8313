import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Server, startServer } from '../../src/cli/serving/server.ts'
import { hearthbook } from '../cli/cli.ts'
import { noBrowser, sideways, startBrowser, violationsOf, Watch } from './chromium.ts'

const FIXTURE = fileURLToPath(new URL('../fixtures/choir/roles.csv', import.meta.url))
/** What a person answers about the table; each is one kind of mess that nobody but a person can settle. */
const ANSWERS = [
  'name: Farida Haddad & Bela Novak=several people',
  'blank circle=as in the row above',
  'blank role=as in the row above',
  'date order=day first',
  'role: Tresurer=Treasurer',
  'person: Sam K=Samuel Kim',
  'person: Jose Alvarez=José Álvarez',
  'person: Bela Nowak=Bela Novak',
  'date: winter 2022/23=2022-12',
  'date: ca. 2024=2024',
  'begin: Tomás Reyes, Stage=2018',
  'end: Mika Aalto, Librarian=2024-02',
  'last day=last day held',
]
/** Where a person finds the screenshots, to look at them. */
const SHOTS = process.env.HEARTHBOOK_TEST_SHOTS

// A reporter counts what is left out and does not say why.
if (noBrowser !== undefined) process.stderr.write(`Pages are not looked at in a browser: ${noBrowser}.\n`)

describe.skipIf(noBrowser !== undefined)(
  noBrowser === undefined ? 'from a messy table to an answer on a page' : `pages in a browser, left out: ${noBrowser}`,
  () => {
    let folder: string
    let server: Server
    let browser: Browser
    let context: BrowserContext
    let watch: Watch
    let page: Page

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'hearthbook-afternoon-'))
      const log = pino({ level: 'silent' })
      const options = { directory: join(folder, 'data'), host: '127.0.0.1', port: 0, log }
      ;[server, browser] = await Promise.all([startServer(options), startBrowser()])
      context = await browser.newContext({ viewport: { width: 1100, height: 800 } })
      watch = new Watch(context, server.url)
      page = await context.newPage()
    })
    afterAll(async () => {
      await browser?.close()
      await server?.stop()
      rmSync(folder, { recursive: true, force: true })
    })

    const go = (path: string) => page.goto(`${server.url}${path}`)
    const run = (...args: readonly string[]) => hearthbook(...args, '--data', join(folder, 'data'))
    const text = () => page.locator('main').innerText()

    it('imports what people wrote once they have said what they meant', async () => {
      const table = join(folder, 'roles.csv')
      copyFileSync(FIXTURE, table)
      const into = ['import', table, '--community', 'choir', '--name', 'The choir']
      const asked = await run(...into)
      expect([asked.code, asked.err.match(/^\d+ questions/m)?.[0]]).toEqual([3, '12 questions'])
      const answered = await run(...into, ...ANSWERS.flatMap((answer) => ['--answer', answer]))
      expect(answered.err).toBe('')
      expect(answered.out).toMatch(/18 +38 +0 +12 +8 +18/)
    })

    it('lets a member in by a link, once, and shows who was treasurer last March', async () => {
      const { out, err } = await run('link', '--person', 'Noor Haddad')
      const address = `/sign-in?link=${out.trim()}`
      expect(err).toContain(`In a browser: ${server.url}${address}`)
      await go('/c/choir/roster?asOf=2024-03-15&role=Treasurer')
      expect(await text()).toContain('Sign in to read this')
      await look('refused')
      await go(address)
      await look('signing in')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await look('joining')
      await page.getByLabel('Your name').fill('Noor Haddad')
      await page.getByRole('button', { name: 'Join' }).click()
      await page.getByLabel('On', { exact: true }).fill('2024-03-15')
      await page.getByLabel('Role').selectOption('Treasurer')
      await page.getByRole('button', { name: 'Show' }).click()
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Who is Treasurer')
      expect(await text()).toContain('On 15 March 2024, as the record says now.')
      const rows = await page.getByRole('row').allInnerTexts()
      expect(rows.slice(1).map((row) => row.split('\t').map((cell) => cell.trim()))).toEqual([
        ['Noor Haddad', 'Treasurer', '1 February 2023', '4 April 2024', 'roles.csv, line 6'],
      ])
      await look('treasurer')
    })

    it('shows the roster, a person, a role, the trail and a record', async () => {
      await go('/c/choir/roster?asOf=2024-03-15')
      await look('roster')
      await page.getByRole('link', { name: 'Ines Okafor' }).click()
      expect(await text()).toContain('possibly held')
      await look('person')
      await page.getByRole('link', { name: 'Webmaster' }).click()
      expect(await text()).toContain('acting')
      await look('role')
      await page.getByRole('link', { name: 'Audit trail', exact: true }).click()
      // The whole trail takes axe ten times as long, and is more of the same.
      await page.getByLabel('Role').selectOption('Treasurer')
      await page.getByRole('button', { name: 'Show' }).click()
      await look('trail')
      await page.getByRole('link', { name: 'Holding imported' }).first().click()
      expect(await text()).toContain('minutes of 2021 (roles.csv, line 5)')
      await look('record')
      await go('/c/choir/people/nobody')
      await look('nothing')
      await go('/problems/NOT_FOUND')
      await look('problem')
    })

    it('finds by the second dial what the record said before the import', async () => {
      await go('/c/choir/roster?asOf=2024-03-15')
      await page.getByText('As the record stood earlier').click()
      await page.getByLabel('Known by the end of').fill('2020-01-01')
      await page.getByRole('button', { name: 'Show' }).click()
      expect(await text()).toContain('before anything was in it')
      await look('before')
    })

    it('works by keyboard alone, and shows where one is', async () => {
      await go('/c/choir/roster?asOf=2024-03-15')
      await page.keyboard.press('Tab')
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content')
      await page.keyboard.press('Enter')
      expect(await page.evaluate('document.activeElement.id')).toBe('content')
      await page.keyboard.press('Tab')
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    })

    it('lets a link from elsewhere through to a page, and ends with signing out', async () => {
      const elsewhere = await context.newPage()
      // Another site as far as cookies go, and still this machine.
      await elsewhere.route('http://elsewhere.localhost/**', (route) =>
        route.fulfill({ contentType: 'text/html', body: `<a href="${server.url}/c/choir/audit">a link</a>` }),
      )
      const asked: string[] = []
      elsewhere.on('request', (request) => asked.push(new URL(request.url()).pathname))
      await elsewhere.goto('http://elsewhere.localhost/')
      await elsewhere.getByRole('link').click()
      await elsewhere.getByRole('heading', { name: 'Audit trail' }).waitFor()
      // Once without the session, and once with it.
      expect(asked.filter((path) => path === '/c/choir/audit')).toHaveLength(2)
      await elsewhere.close()
      watch.foreign.splice(0)
      await go('/c/choir/roster')
      await page.getByRole('button', { name: 'Sign out' }).click()
      expect(await text()).toContain('You are signed out.')
      await look('signed out')
      await go('/c/choir/roster')
      expect(await text()).toContain('Sign in to read this')
    })

    it('asked no other host for anything, and broke no policy', () => {
      expect(watch).toMatchObject({ complaints: [], foreign: [] })
    })

    it('would notice a page that is not right', async () => {
      await go('/sign-in')
      await page.evaluate('document.documentElement.removeAttribute("lang")')
      expect(await violationsOf(page)).toEqual([expect.stringMatching(/^html-has-lang/)])
      await page.evaluate('document.querySelector("h1").style.inlineSize = "1200px"')
      expect(await sideways(page)).toBeGreaterThan(0)
      await page.evaluate('document.querySelector("label").style.color = "#777"')
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await violationsOf(page, 'color-contrast')).not.toEqual([])
      await page.evaluate(
        'document.head.append(Object.assign(document.createElement("style"), { textContent: "a {}" }))',
      )
      await page.evaluate('fetch("http://elsewhere.localhost/").catch(() => 0)')
      await vi.waitFor(() => {
        const complaints = watch.complaints.join('\n')
        expect(complaints).toMatch(/inline style .*Content Security Policy/)
        expect(complaints).toMatch(/elsewhere\.localhost.*Content Security Policy/)
      })
    })

    /** Looks at a page in light, dark, and on the narrowest screen there is. */
    async function look(name: string): Promise<void> {
      const found: string[] = []
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        // The schemes differ in colours and nothing else.
        const rule = colorScheme === 'dark' ? 'color-contrast' : undefined
        for (const violation of await violationsOf(page, rule)) found.push(`${colorScheme}: ${violation}`)
        await shoot(`${name}-${colorScheme}`)
      }
      await page.setViewportSize({ width: 320, height: 640 })
      const wider = await sideways(page)
      if (wider > 0) found.push(`at 320 px it is ${wider} px too wide`)
      await shoot(`${name}-320`)
      await page.setViewportSize({ width: 1100, height: 800 })
      expect({ name, found }).toEqual({ name, found: [] })
    }

    async function shoot(name: string): Promise<void> {
      if (SHOTS === undefined) return
      mkdirSync(SHOTS, { recursive: true })
      await page.screenshot({ path: join(SHOTS, `${name.replaceAll(' ', '-')}.png`), fullPage: true })
    }
  },
)

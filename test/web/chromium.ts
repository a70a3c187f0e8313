import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { chromium } from 'playwright-core'

const PATH = process.env.HEARTHBOOK_TEST_CHROMIUM ?? '/usr/bin/chromium'
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Why no browser can be had, for the name of a test that is left out; undefined where one can. */
export const noBrowser = existsSync(PATH)
  ? undefined
  : `there is no Chromium at ${PATH} (apt-get install chromium, or HEARTHBOOK_TEST_CHROMIUM)`

export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: PATH, headless: true, args: FLAGS })
}

/** What a browser complained of, and whom it asked. */
export class Watch {
  readonly complaints: string[] = []
  readonly foreign: string[] = []

  constructor(context: BrowserContext, base: string) {
    context.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(`${base}/`)) this.foreign.push(url)
    })
    context.on('console', (message) => {
      // That a page answers 404 is what some tests look at.
      if (!/Failed to load resource: the server responded with a status of 40[14]/.test(message.text()))
        this.complaints.push(message.text())
    })
    context.on('weberror', (error) => this.complaints.push(String(error.error())))
  }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
  readonly passes: readonly unknown[]
}

/**
 * What axe finds wrong on a page, by the rules of WCAG 2.0 to 2.2 (A, AA) and its own best practice; or by one rule alone.
 */
export async function violationsOf(page: Page, rule?: string): Promise<readonly string[]> {
  await page.evaluate(AXE)
  const options = { resultTypes: ['violations', 'passes'], ...(rule === undefined ? {} : { runOnly: [rule] }) }
  const { violations, passes } = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResult
  if (passes.length === 0) throw new Error('axe looked at nothing')
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** How many pixels a page is wider than the window. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}

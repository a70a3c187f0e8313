import { h } from 'preact'
import { page } from './shell.ts'

/** What went wrong, as a page says it. */
export interface Shown {
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly requestId?: string
}

const HEADINGS: Readonly<Record<number, string>> = {
  401: 'Sign in to read this',
  403: 'This is not yours to do',
  404: 'Nothing here',
  405: 'This address is for reading',
  429: 'Too many requests',
  503: 'Not now',
}

const WORDS: Readonly<Record<number, string>> = {
  401: 'This page is for members. If you were given a sign-in link, use it, and then come back.',
  404: 'There is no such page, or it is not for you to see: both look the same on purpose.',
  503: 'The record cannot be read at the moment. Nothing is lost; try again in a while.',
}

/** The page of a refusal. It names nothing the address might have meant. */
export function problemPage({ title, status, code, detail, requestId }: Shown, next?: string): string {
  const signIn = next === undefined ? '/sign-in' : `/sign-in?${new URLSearchParams({ next })}`
  return page(
    { title: HEADINGS[status] ?? title },
    h('h1', null, HEADINGS[status] ?? title),
    h('p', { class: 'lead' }, WORDS[status] ?? detail),
    WORDS[status] === undefined || status === 401 || status === 404 ? null : h('p', null, detail),
    h('p', null, status === 401 ? h('a', { href: signIn }, 'Sign in') : h('a', { href: '/' }, 'To the start')),
    h(
      'p',
      { class: 'small' },
      h('a', { href: `/problems/${code}` }, code),
      `, status ${status}`,
      requestId === undefined || status < 500
        ? null
        : ['. The operator finds it in the log as ', h('code', null, requestId), '.'],
    ),
  )
}

/**
 * For whoever followed a link from elsewhere: their browser keeps the session back then, and sends it when a page of this
 * server asks again.
 */
export function againPage(path: string): string {
  return page(
    { title: 'One moment', head: h('meta', { 'http-equiv': 'refresh', content: `0; url=${path}` }) },
    h('h1', null, 'One moment'),
    h('p', { class: 'lead' }, h('a', { href: path }, 'Go on to the page')),
  )
}

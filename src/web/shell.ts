import { type ComponentChildren, h, type JSX } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { STYLE_PATH } from './style.ts'

/** What stands around the content of a page. */
export interface Shell {
  readonly title: string
  /** None on pages that must not tell whether there is one. */
  readonly community?: Place | undefined
  /** Another line for the head of the document. */
  readonly head?: JSX.Element
}

/** The community a page is about, as its reader sees it. */
export interface Place {
  readonly id: string
  readonly name: string
  readonly current?: 'roster' | 'audit'
  readonly signedIn: boolean
}

/** A whole page as text. There is no script on any page, and what is shown stands in elements that escape it. */
export function page({ title, community, head }: Shell, ...content: ComponentChildren[]): string {
  const whole = community ? `${title} · ${community.name}` : `${title} · Hearthbook`
  const document = h(
    'html',
    { lang: 'en' },
    h(
      'head',
      null,
      h('meta', { charset: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      head,
      h('title', null, whole),
      h('link', { rel: 'stylesheet', href: STYLE_PATH }),
    ),
    h(
      'body',
      null,
      h('a', { class: 'skip', href: '#content' }, 'Skip to the content'),
      community ? top(community) : h('header', { class: 'top' }, h('p', { class: 'place' }, 'Hearthbook')),
      h('main', { id: 'content', tabIndex: -1 }, ...content),
    ),
  )
  return `<!doctype html>${renderToString(document)}\n`
}

function top({ id, name, current, signedIn }: Place): JSX.Element {
  const at = `/c/${id}`
  const link = (to: 'roster' | 'audit', text: string) =>
    h('li', null, h('a', { href: `${at}/${to}`, ...(current === to ? { 'aria-current': 'page' } : {}) }, text))
  return h(
    'header',
    { class: 'top' },
    h('p', { class: 'place' }, h('a', { href: `${at}/roster` }, name)),
    h(
      'nav',
      { 'aria-label': 'Pages' },
      h('ul', null, link('roster', 'Roster'), signedIn ? link('audit', 'Audit trail') : null),
    ),
    signedIn
      ? h('form', { method: 'post', action: '/sign-out' }, h('button', { type: 'submit', class: 'quiet' }, 'Sign out'))
      : h('p', null, h('a', { href: '/sign-in' }, 'Sign in')),
  )
}

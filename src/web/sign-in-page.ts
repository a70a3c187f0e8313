import { h } from 'preact'
import { page } from './shell.ts'

/** What the sign-in page is shown with. */
export interface SigningIn {
  readonly link?: string | undefined
  /** Where to go afterwards. */
  readonly next?: string | undefined
  /** Why it did not work. */
  readonly wrong?: string | undefined
  readonly signedOut?: boolean
}

/** Signing in by a link. Opening the page uses nothing up: programs that look into mails open every address in them. */
export function signInPage({ link, next, wrong, signedOut }: SigningIn): string {
  const known = link !== undefined && wrong === undefined
  return page(
    { title: wrong === undefined ? 'Sign in' : 'Not signed in' },
    h('h1', null, 'Sign in'),
    signedOut ? h('p', { class: 'wrong', role: 'status' }, 'You are signed out.') : null,
    h(
      'p',
      { class: 'lead' },
      known
        ? 'Your link is ready. It signs you in once, on this device.'
        : 'With the link that somebody of your community made for you. It works once.',
    ),
    wrong === undefined ? null : h('p', { class: 'wrong', id: 'wrong', role: 'alert' }, wrong),
    h(
      'form',
      { method: 'post', action: '/sign-in', class: 'sign-in' },
      next === undefined ? null : h('input', { type: 'hidden', name: 'next', value: next }),
      known
        ? h('input', { type: 'hidden', name: 'link', value: link })
        : h(
            'div',
            { class: 'field' },
            h('label', { for: 'link' }, 'Your link'),
            h('input', {
              id: 'link',
              name: 'link',
              type: 'text',
              required: true,
              autocomplete: 'off',
              spellcheck: false,
              ...(wrong === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': 'wrong' }),
            }),
          ),
      h('button', { type: 'submit' }, 'Sign in'),
    ),
    h('p', { class: 'small' }, 'No link? Ask whoever runs your community’s Hearthbook, or any member if you are new.'),
  )
}

/** Joining, for whoever is signed in and not a member yet: their own act, and from then on everybody sees that they did. */
export function joinPage(community: string, wrong?: string): string {
  return page(
    { title: 'Join' },
    h('h1', null, `Join ${community}`),
    h(
      'p',
      { class: 'lead' },
      'You are signed in, and not a member yet. Members read the whole open record; that you joined is in it, under the name you give here.',
    ),
    wrong === undefined ? null : h('p', { class: 'wrong', id: 'wrong', role: 'alert' }, wrong),
    h(
      'form',
      { method: 'post', action: `/c/${community}/join`, class: 'sign-in' },
      h(
        'div',
        { class: 'field' },
        h('label', { for: 'displayName' }, 'Your name'),
        h('input', {
          id: 'displayName',
          name: 'displayName',
          type: 'text',
          required: true,
          maxLength: 200,
          autocomplete: 'name',
          ...(wrong === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': 'wrong' }),
        }),
      ),
      h('button', { type: 'submit' }, 'Join'),
    ),
    h(
      'form',
      { method: 'post', action: '/sign-out' },
      h('button', { type: 'submit', class: 'quiet' }, 'Not now: sign out'),
    ),
  )
}

import { createHash } from 'node:crypto'

/** The one style sheet of all pages. No page has a style of its own, and none asks another host for anything. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fbf8f3, #1a1714);
  --sheet: light-dark(#fffdfa, #221e1a);
  --ink: light-dark(#2b2520, #ece5dc);
  --soft: light-dark(#655a50, #b5a99b);
  --line: light-dark(#e2d9cd, #3a342d);
  --edge: light-dark(#8a7d70, #85796c);
  --ember: light-dark(#97390f, #f2a578);
  --mark: light-dark(#f6e7d6, #3b2c1f);
  --button: light-dark(#97390f, #f2a578);
  --on-button: light-dark(#ffffff, #1a1714);
  font: 100%/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0 auto;
  max-inline-size: 66rem;
  padding: 0 clamp(1rem, 4vw, 2.5rem) 4rem;
  background: var(--paper);
  color: var(--ink);
  overflow-wrap: break-word;
}
h1, h2, caption, .place { font-family: "Iowan Old Style", "Palatino Linotype", Palatino, Charter, Georgia, serif; text-wrap: balance; }
h1 { font-size: clamp(1.7rem, 1.3rem + 2vw, 2.4rem); font-weight: 600; line-height: 1.15; margin: 2.25rem 0 .5rem; letter-spacing: -.01em; }
h2, caption { font-size: 1.3rem; font-weight: 600; line-height: 1.25; }
h2 { margin: 2.5rem 0 .5rem; }
p { margin: .5rem 0; max-inline-size: 42rem; }
.lead { color: var(--soft); font-size: 1.08rem; margin-block-end: 1.5rem; }
.small { color: var(--soft); font-size: .9rem; font-weight: 400; }
a { color: var(--ember); text-underline-offset: .18em; text-decoration-thickness: from-font; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--ember); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
.skip { position: absolute; inset-inline-start: -999rem; }
.skip:focus { inset-inline-start: 1rem; inset-block-start: .5rem; background: var(--sheet); padding: .5rem 1rem; }

.top { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.75rem; padding-block: 1rem; border-block-end: 1px solid var(--line); }
.top p { margin: 0; }
.top form { margin: 0; }
.top > :last-child:not(.place) { margin-inline-start: auto; }
.place { font-size: 1.15rem; font-weight: 600; }
.place a { color: inherit; text-decoration: none; }
.place a:hover { text-decoration: underline; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; margin: 0; padding: 0; }
nav a, .top p a { display: inline-block; padding-block: .35rem; }
nav a[aria-current] { color: var(--ink); text-decoration: none; box-shadow: 0 2px 0 var(--ember); }

.dials { display: flex; flex-wrap: wrap; align-items: end; gap: 1rem 1.25rem; padding: 1.1rem 1.25rem 1.25rem; margin-block: 1.25rem 2rem; background: var(--sheet); border: 1px solid var(--line); border-radius: .6rem; }
.dials details { flex-basis: 100%; }
.dials details[open] summary { margin-block-end: .75rem; }
.dials details .fields { display: flex; flex-wrap: wrap; gap: 1rem 1.25rem; }
summary { cursor: pointer; color: var(--ember); padding-block: .15rem; inline-size: fit-content; }
.field { display: grid; gap: .25rem; min-inline-size: min(100%, 10.5rem); }
details .field { max-inline-size: 18rem; }
.field.wide { flex: 1 1 16rem; }
label { font-size: .9rem; color: var(--soft); }
.hint { font-size: .85rem; color: var(--soft); margin: 0; }
input, select, button { font: inherit; color: inherit; min-block-size: 2.6rem; max-inline-size: 100%; }
input, select { background: var(--paper); border: 1px solid var(--edge); border-radius: .35rem; padding: .35rem .6rem; min-inline-size: 0; inline-size: 100%; }
button { background: var(--button); color: var(--on-button); border: 1px solid transparent; border-radius: .35rem; padding: .35rem 1.2rem; cursor: pointer; font-weight: 550; }
button:hover { filter: brightness(1.08); }
button.quiet { background: none; color: var(--ember); border: 0; padding: .35rem 0; min-block-size: 2rem; font-weight: inherit; text-decoration: underline; text-underline-offset: .18em; }
.sign-in { display: grid; gap: 1rem; max-inline-size: 32rem; margin-block: 1.5rem; }
.sign-in button { justify-self: start; }
.wrong { border-inline-start: 4px solid var(--ember); padding: .6rem 1rem; background: var(--mark); border-radius: 0 .35rem .35rem 0; }

table { border-collapse: collapse; inline-size: 100%; margin-block: 2rem 0; }
caption { text-align: start; padding-block-end: .4rem; }
th, td { text-align: start; vertical-align: top; padding: .6rem 1rem .6rem 0; }
th { font-size: .85rem; font-weight: 500; color: var(--soft); border-block-end: 1px solid var(--edge); padding-block: .35rem; }
td { border-block-end: 1px solid var(--line); font-variant-numeric: tabular-nums; }
th:last-child, td:last-child { padding-inline-end: 0; }
td .small { display: block; }
.holdings, .trail { table-layout: fixed; }
.holdings .name { inline-size: 21%; }
.holdings .date { inline-size: 18%; }
.trail .name { inline-size: 24%; }
.trail .date { inline-size: 22%; }
.name-cell { font-weight: 550; }
.mark { display: inline-block; background: var(--mark); border-radius: .25rem; padding: .05rem .5rem; margin: .1rem .35rem .15rem 0; font-size: .9rem; }
.none { padding: 1.1rem 1.25rem; background: var(--sheet); border: 1px dashed var(--edge); border-radius: .6rem; }

dl { display: grid; grid-template-columns: minmax(8rem, max-content) minmax(0, 1fr); gap: .45rem 1.5rem; margin-block: 1rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
dd dl { margin: 0; }
code { font: .9em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.point { margin-block-start: 3rem; padding-block-start: 1rem; border-block-start: 1px solid var(--line); color: var(--soft); font-size: .9rem; }
.point p { max-inline-size: none; }
.more { margin-block-start: 1.5rem; }

@media (max-width: 44rem) {
  .stacks, .stacks tbody, .stacks tr, .stacks td, .stacks caption { display: block; inline-size: 100%; }
  .stacks thead { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; white-space: nowrap; }
  .stacks tr { padding-block: .75rem; border-block-end: 1px solid var(--line); }
  .stacks caption + thead + tbody tr:first-child { border-block-start: 1px solid var(--edge); }
  .stacks td { display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: .75rem; border: 0; padding: .15rem 0; overflow-wrap: anywhere; }
  .stacks td::before { content: attr(data-label); color: var(--soft); font-size: .9rem; font-weight: 400; padding-block-start: .1rem; }
  dl { grid-template-columns: minmax(0, 1fr); gap: .1rem; }
  dt { margin-block-start: .5rem; font-size: .9rem; }
  dd dl { padding-inline-start: .75rem; border-inline-start: 2px solid var(--line); }
}
@media (prefers-reduced-motion: no-preference) { a, button { transition: text-decoration-thickness .1s, filter .1s; } }
@media (forced-colors: active) { .mark, .none, .dials { border: 1px solid; } nav a[aria-current] { text-decoration: underline; } }
@media print {
  :root { color-scheme: light; --paper: #fff; --sheet: #fff; font-size: 10pt; }
  body { max-inline-size: none; padding: 0; }
  nav, .dials, .skip, .top form, .top p:not(.place), .more { display: none; }
  a { color: inherit; text-decoration: none; }
  tr, dl > * { break-inside: avoid; }
  thead { display: table-header-group; }
}
`

/** Where it is served: another path whenever it changes, so that it may be kept for ever. */
export const STYLE_PATH = `/style-${createHash('sha256').update(STYLE).digest('hex').slice(0, 16)}.css`

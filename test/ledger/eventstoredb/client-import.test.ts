import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

it('one file of the source knows the client of EventStoreDB', () => {
  const knowing = globSync('{src,commands,projections,ops,bench}/**/*.{ts,mjs}', { cwd: root }).filter((file) =>
    /from '@(eventstore|kurrent)\/|import\('@(eventstore|kurrent)\//.test(readFileSync(`${root}/${file}`, 'utf8')),
  )
  expect(knowing).toEqual(['src/ledger/eventstoredb/connection.ts'])
})

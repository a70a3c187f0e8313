import 'reflect-metadata'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { configurationPage } from '../src/cli/config/page.ts'
import { discover } from '../src/composition/discover.ts'
import { policiesPage } from '../src/composition/policies-page.ts'
import { builtInFolders } from '../src/composition/wiring.ts'
import { openapiDocument } from '../src/http/openapi.ts'
import { referencePages } from '../src/http/reference.ts'

// Writes what is made from the definitions and settings and kept in the repository: openapi.json and the reference pages.
const registry = await discover(builtInFolders())
const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
writeFileSync(at('openapi.json'), `${JSON.stringify(openapiDocument(registry), null, 2)}\n`)
for (const [name, text] of Object.entries(referencePages(registry))) writeFileSync(at(`docs/reference/${name}`), text)
writeFileSync(at('docs/reference/configuration.md'), configurationPage())
writeFileSync(at('docs/reference/policies.md'), policiesPage())

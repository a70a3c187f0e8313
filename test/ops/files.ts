import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')

export const RUNBOOKS = globSync('ops/runbooks/*.md', { cwd: root }).sort()

/** Pages with commands for several nodes, which no test of the pages can run as they stand. */
export const PAGES = [...RUNBOOKS, 'docs/how-to/run-several-nodes.md', 'docs/explanation/several-nodes.md']

const named = z.record(z.string(), z.strictObject({ internal: z.boolean().optional() }).nullable())
const dependsOn = z.record(z.string(), z.strictObject({ condition: z.enum(['service_healthy', 'service_started']) }))
const service = z.strictObject({
  image: z.string(),
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
  profiles: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  hostname: z.string().optional(),
  environment: z.record(z.string(), z.string()).optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string()).optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  restart: z.string().optional(),
  stop_grace_period: z.string().optional(),
  networks: z.array(z.string()).optional(),
  depends_on: dependsOn.optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()),
      interval: z.string(),
      timeout: z.string(),
      retries: z.int(),
      start_period: z.string().optional(),
    })
    .optional(),
})

/** The parts of the Compose specification that the file uses; anything else in it is a mistake or news. */
const compose = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), service),
  networks: named,
  volumes: z.record(z.string(), z.null()),
})

export type Service = z.output<typeof service>

/** The compose file as it reads, anchors and merges carried out. @throws ZodError for what it may not have. */
export function readCompose(text = textOf('docker-compose.yml')): z.output<typeof compose> {
  const whole = parse(text, { merge: true }) as Record<string, unknown>
  return compose.parse(Object.fromEntries(Object.entries(whole).filter(([key]) => !key.startsWith('x-'))))
}

/** What does not hang together in a compose file, in words. */
export function loose({ services, networks, volumes }: z.output<typeof compose>): readonly string[] {
  const found: string[] = []
  for (const [name, { volumes: mounts = [], networks: joined = [], depends_on: needs = {} }] of Object.entries(
    services,
  )) {
    for (const [source = ''] of mounts.map((mount) => mount.split(':')))
      if (source.startsWith('.') ? globSync(source, { cwd: root }).length === 0 : !(source in volumes))
        found.push(`${name} mounts ${source}, which is not there`)
    for (const network of joined) if (!(network in networks)) found.push(`${name} joins ${network}, which is not there`)
    for (const [needed, { condition }] of Object.entries(needs)) {
      const other = services[needed]
      if (!other) found.push(`${name} needs ${needed}, which is not there`)
      else if (condition === 'service_healthy' && !other.healthcheck && !other.build)
        found.push(`${name} waits for the health of ${needed}, which has none`)
    }
  }
  const mounted = new Set(
    Object.values(services).flatMap(({ volumes: all = [] }) => all.map((each) => each.split(':')[0])),
  )
  for (const volume of Object.keys(volumes)) if (!mounted.has(volume)) found.push(`nobody mounts ${volume}`)
  return found
}

/** The lines of the fenced blocks of a page. */
export function linesOf(page: string): readonly string[] {
  return [...textOf(page).matchAll(/^ *```(?:sh|console)\n(.*?)^ *```$/gms)].flatMap(([, text = '']) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  )
}

/** Arguments of the command line of ours that a line of a page runs, by whatever way; undefined where it runs none. */
export function ownArguments(line: string, services: readonly string[]): readonly string[] | undefined {
  const words = line.split(/\s+/)
  const direct = words.indexOf('hearthbook')
  if (direct >= 0) return words.slice(direct + 1)
  if (!/^docker compose run\b/.test(line)) return undefined
  const service = words.findIndex((word, index) => index > 2 && services.includes(word))
  return service < 0 ? undefined : words.slice(service + 1)
}

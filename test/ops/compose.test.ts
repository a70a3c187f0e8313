import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/cli/config/load.ts'
import { OTHER_VARIABLES, SETTING_NAMES, settingsSchema, variableOf } from '../../src/cli/config/settings.ts'
import { buildProgram } from '../../src/cli/program.ts'
import { discover } from '../../src/composition/discover.ts'
import { builtInFolders } from '../../src/composition/wiring.ts'
import { COMMON_REFUSALS } from '../../src/kernel/refusal.ts'
import { vaultValues } from '../cli/vault-values.ts'
import { TestServer } from '../support/http.ts'
import { servingVault } from '../vault-service/serving-vault.ts'
import { linesOf, loose, ownArguments, PAGES, RUNBOOKS, readCompose, root, textOf } from './files.ts'

const FILES = ['docker-compose.yml', 'ops/Dockerfile', 'ops/compose/Caddyfile', ...PAGES]
const compose = readCompose()
const { services, volumes } = compose
const docker = spawnSync('docker', ['compose', 'version']).status === 0
const port = (name: 'port' | 'metricsPort' | 'vaultPort') => settingsSchema.shape[name].parse(undefined)

let program: Command
beforeAll(async () => {
  program = buildProgram(await discover(builtInFolders()))
})

/** What of a command line does not exist, in words. */
function strangeIn(args: readonly string[]): readonly string[] {
  let verb: Command = program
  const rest = [...args]
  for (let next = rest[0]; next !== undefined; next = rest[0]) {
    const found = verb.commands.find((each) => each.name() === next)
    if (!found) break
    verb = found
    rest.shift()
  }
  if (verb === program) return [`there is no verb "${args[0]}"`]
  const flags = new Set(verb.options.flatMap(({ long, short }) => [long, short]))
  return rest
    .filter((word) => word.startsWith('-') && word !== '--help' && !flags.has(word))
    .map((flag) => `${verb.name()} has no ${flag}`)
}

describe('the compose file', () => {
  it(`is valid (${docker ? 'docker compose config' : 'read as YAML: there is no "docker compose" here'})`, () => {
    if (docker)
      for (const profile of [[], ['--profile', 'embedded']]) {
        const checked = spawnSync('docker', ['compose', ...profile, 'config', '--quiet'], {
          cwd: root,
          encoding: 'utf8',
        })
        expect(checked.stderr + checked.stdout).toBe('')
      }
    expect(loose(compose)).toEqual([])
    // The check itself can fail.
    expect(loose(readCompose(textOf('docker-compose.yml').replace('  vault-access:\n', '')))).not.toEqual([])
    expect(() => readCompose(textOf('docker-compose.yml').replace('read_only:', 'readonly:'))).toThrow('readonly')
  })

  it('starts two nodes, a store, a vault and a proxy, and the embedded store alone where it is named', () => {
    const plain = Object.entries(services).filter(([, { profiles }]) => profiles === undefined)
    expect(plain.map(([name]) => name).sort()).toEqual(['node-a', 'node-b', 'proxy', 'store', 'vault'])
    expect(services.embedded?.profiles).toEqual(['embedded'])
    expect(services.embedded?.depends_on).toBeUndefined()
  })

  it('gives our own processes no right they do not need, and nobody else a way to the books or the keys', () => {
    const ours = Object.entries(services).filter(([, { build }]) => build)
    expect(ours.map(([name]) => name).sort()).toEqual(['embedded', 'node-a', 'node-b', 'vault'])
    for (const [, service] of ours)
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] })
    const on = (network: string) =>
      Object.entries(services).flatMap(([name, { networks = [] }]) => (networks.includes(network) ? [name] : []))
    expect(on('books')).toEqual(['node-a', 'node-b', 'store'])
    expect(on('keys')).toEqual(['node-a', 'node-b', 'vault'])
    expect([compose.networks.books, compose.networks.keys]).toEqual([{ internal: true }, { internal: true }])
    const published = Object.values(services).flatMap(({ ports = [] }) => ports)
    expect(published.filter((each) => !each.startsWith('127.0.0.1:'))).toEqual([])
  })

  it.each(['node-a', 'node-b', 'vault', 'embedded'])('runs %s with settings that hold', (name) => {
    const { environment = {}, command = [] } = services[name] ?? {}
    const folder = mkdtempSync(join(tmpdir(), 'hearthbook-compose-'))
    const { vaultTokenFile, vaultCa } = vaultValues(folder)
    const env = { ...environment, HEARTHBOOK_DATA: join(folder, 'data') }
    if (name.startsWith('node'))
      Object.assign(env, { HEARTHBOOK_VAULT_TOKEN_FILE: vaultTokenFile, HEARTHBOOK_VAULT_CA: vaultCa })
    try {
      const { settings, warnings } = loadConfig({}, env)
      expect(warnings).toEqual([])
      expect(name === 'vault' ? settings.vaultHost : settings.host).toBe('0.0.0.0')
      expect(settings.store === undefined).toBe(!name.startsWith('node'))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    expect(strangeIn(command)).toEqual([])
  })

  it('has the vault under the name, on the port and with the files that nodes are told', () => {
    const node = services['node-a']?.environment ?? {}
    const vault = services.vault
    expect(node.HEARTHBOOK_VAULT).toBe(`https://${vault?.hostname}:${port('vaultPort')}`)
    expect(node.HEARTHBOOK_VAULT_TOKEN_FILE).toBe(vault?.environment?.HEARTHBOOK_VAULT_TOKEN_FILE)
    expect(node.HEARTHBOOK_VAULT_CA).toBe(vault?.environment?.HEARTHBOOK_VAULT_CERT)
    expect(node.HEARTHBOOK_STORE).toMatch(/^esdb:\/\/store:2113\?/)
  })
})

describe('images', () => {
  const images = FILES.flatMap((file) =>
    [...textOf(file).matchAll(/(?:image: |FROM |(?<= ))([\w./-]+:[\w.-]*\d[\w.-]*)(?= |$)/gm)]
      .map(([, image = '']) => image)
      .filter((image) => !((image.split(':')[0] as string) in services))
      .filter((image) => !/^(\w+:\/|\/|[\w.]+:\d+$|https?:)/.test(image) && !image.includes(':/')),
  )

  it('are pinned to a version', () => {
    for (const { image } of Object.values(services)) expect(images).toContain(image)
    expect(images).toContain('busybox:1.37.0')
    expect(images.filter((image) => !/:\d+\.\d+\.\d+(-[\w.-]+)?$/.test(image))).toEqual([])
    for (const file of FILES) expect(textOf(file)).not.toMatch(/:latest\b/)
  })

  it('are of this version, of the Node that the lock file names, and of the store that is tested', () => {
    const { version } = JSON.parse(textOf('package.json')) as { version: string }
    const lock = JSON.parse(textOf('package-lock.json')) as { packages: Record<string, { version: string }> }
    const node = lock.packages['node_modules/node']?.version
    expect(images.filter((image) => image.startsWith('hearthbook:'))).toEqual([`hearthbook:${version}`])
    expect(new Set(images.filter((image) => image.startsWith('node:')))).toEqual(
      new Set([`node:${node}-bookworm-slim`]),
    )
    expect(textOf('test/support/eventstore-server.ts')).toContain(`'${services.store?.image}'`)
  })
})

describe('the Dockerfile', () => {
  const text = textOf('ops/Dockerfile')
  const last = text.slice(text.lastIndexOf('\nFROM '))

  it('builds in a stage of its own, and runs as nobody in particular', () => {
    expect(text.match(/^FROM /gm)).toHaveLength(2)
    expect(last).toMatch(/^USER node$/m)
    expect(last.indexOf('USER node')).toBeGreaterThan(last.lastIndexOf('RUN '))
    expect(last).toMatch(/^HEALTHCHECK /m)
    expect(last).not.toMatch(/npm|^ADD/m)
  })

  it('copies what is there, and names the ports there are', () => {
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, from = '']) => from.split(' '))
    expect(copied.filter((path) => globSync(path, { cwd: root }).length === 0)).toEqual([])
    expect(text).toContain(`EXPOSE ${port('port')} ${port('metricsPort')} ${port('vaultPort')}`)
  })
})

describe('what the compose file and the runbooks name', () => {
  const known = new Set([...SETTING_NAMES.map(variableOf), ...Object.keys(OTHER_VARIABLES)])

  it.each(FILES)('is there: %s', (file) => {
    const text = textOf(file)
    expect([...text.matchAll(/HEARTHBOOK_\w+/g)].map(([name]) => name).filter((name) => !known.has(name))).toEqual([])
    const codes = [...text.matchAll(/(\d{3}) `([A-Z_]+)`|\n`([A-Z_]{8,})`/g)]
    for (const [, status, code = '', broken = ''] of codes) {
      const name = code || broken
      if (name.startsWith('HEARTHBOOK')) continue
      expect([name, COMMON_REFUSALS[name]?.status]).toEqual([name, status ? Number(status) : expect.any(Number)])
    }
  })

  it.each(PAGES)('is there: the verbs, flags, services and volumes of %s', (page) => {
    const names = Object.keys(services)
    const strange = linesOf(page).flatMap((line) => {
      const args = ownArguments(line, names)
      const spoken = /^docker compose (?:exec|logs|up|stop|start|ps|cp|run)\b(.*)$/.exec(line)?.[1] ?? ''
      // Before our own arguments, words that are no flags or their values are services.
      const before = args ? spoken.slice(0, spoken.lastIndexOf(args.join(' '))) : spoken
      const words = before
        .trim()
        .split(/\s+/)
        .filter((word) => /^[a-z][a-z-]+$/.test(word) && word !== 'hearthbook')
      const mounted = [...line.matchAll(/hearthbook_([\w-]+):/g)].map(([, volume = '']) => volume)
      return [
        ...(args ? strangeIn(args) : []),
        ...words.filter((word) => !names.includes(word)).map((word) => `there is no service ${word}`),
        ...mounted.filter((volume) => !(volume in volumes)).map((volume) => `there is no volume ${volume}`),
      ]
    })
    expect(strange).toEqual([])
    const mounts = Object.values(services).flatMap(({ volumes: all = [] }) =>
      all.map((each) => each.split(':')[1] ?? ''),
    )
    const paths = [...textOf(page).matchAll(/(?<=[\s:])\/(?:data|vault|backup)\/[\w./-]+/g)].map(([path]) => path)
    const places = page.startsWith('ops/') ? paths : []
    expect(places.filter((path) => !mounts.some((mount) => path.startsWith(`${mount}/`)))).toEqual([])
    const inWords = [...textOf(page).matchAll(/`hearthbook ([^`]+)`/g)].map(([, words = '']) => words.split(' '))
    expect(inWords.flatMap(strangeIn)).toEqual([])
  })

  it('is there: every page that another leads to', () => {
    const broken = RUNBOOKS.flatMap((page) =>
      [...textOf(page).matchAll(/\]\((?!https?:)([^)#]+)/g)]
        .map(([, target = '']) => join(page, '..', target))
        .filter((target) => globSync(target, { cwd: root }).length === 0),
    )
    expect(broken).toEqual([])
    const index = textOf('ops/runbooks/README.md')
    for (const page of RUNBOOKS.filter((each) => !each.endsWith('README.md')))
      expect(index).toContain(`(${page.replace('ops/runbooks/', '')})`)
  })

  it('would be found where it is not', () => {
    expect(strangeIn(['verifye'])).not.toEqual([])
    expect(strangeIn(['verify', '--chekpoint', 'x'])).not.toEqual([])
    expect(ownArguments('docker compose run --rm node-a migrate --to x', ['node-a'])).toEqual(['migrate', '--to', 'x'])
  })

  describe('health endpoints', () => {
    let server: TestServer
    beforeAll(async () => {
      server = await TestServer.start('2026-03-10T12:00:00Z')
    })
    afterAll(() => server.close())

    it('answer', async () => {
      const asked = FILES.flatMap((file) => [
        ...textOf(file).matchAll(/(?::(\d+)|health_uri |`)(\/(?:healthz|readyz))/g),
      ])
      expect(asked.length).toBeGreaterThan(3)
      const { access } = await servingVault()
      for (const [, at, path = ''] of asked) {
        if (at === String(port('vaultPort'))) expect((await fetch(`${access.url}${path}`)).status).toBe(200)
        else
          expect([path, (await server.get(path, null)).status, at ?? '7400']).toEqual([path, 200, String(port('port'))])
      }
    })
  })
})

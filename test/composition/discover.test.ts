import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { discover } from '../../src/composition/discover.ts'
import { builtInFolders, openHearthbook } from '../../src/composition/wiring.ts'
import { personNamed } from '../support/scenario.ts'

const TRIAL = `${import.meta.dirname}/trial-folder`

describe('discovering definitions', () => {
  it('finds the built-in commands, questions and events', async () => {
    const registry = await discover(builtInFolders())
    expect([...registry.commands.keys()]).toEqual(expect.arrayContaining(['FormCircle', 'ImportHoldings']))
    expect([...registry.questions.keys()]).toEqual(expect.arrayContaining(['holders', 'audit']))
    expect(registry.events.has('HoldingImported')).toBe(true)
  })

  it('comes to the same order every time', async () => {
    // The same folders by another name are looked through anew.
    const again = builtInFolders().map((folder) => `${folder}/`)
    const [one, two] = await Promise.all([discover(builtInFolders()), discover(again)])
    expect(one).not.toBe(two)
    expect([...one.commands.keys()]).toEqual([...two.commands.keys()])
    expect(one.projections.map(({ name }) => name)).toEqual(two.projections.map(({ name }) => name))
  })

  it('has a command in every file of a command folder that is named for one', async () => {
    const registry = await discover(builtInFolders())
    const files = builtInFolders().flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    const kebab = [...registry.commands.keys()].map((name) => name.replace(/\B[A-Z]/g, (c) => `-${c}`).toLowerCase())
    for (const name of kebab)
      expect(
        files.some((file) => file.endsWith(`/${name}.ts`)),
        name,
      ).toBe(true)
  })

  it('adds the definitions of a folder of a test', async () => {
    const hearthbook = await openHearthbook({ store: 'memory', extraFolders: [TRIAL] })
    expect(hearthbook.registry.commands.has('RingBell')).toBe(true)
    expect(hearthbook.registry.events.has('BellRung')).toBe(true)
    await hearthbook.close()
  })

  it('refuses a folder whose command has a name that is taken', async () => {
    await expect(discover([...builtInFolders(), `${TRIAL}-taken`])).rejects.toThrow(
      'two commands are called "FormCircle"',
    )
  })
})

describe('a closed server', () => {
  it('takes no more commands', async () => {
    const hearthbook = await openHearthbook({ store: 'memory' })
    const community = await hearthbook.engine.community('hearth')
    await hearthbook.close()
    const command = hearthbook.registry.commands.get('FoundCommunity')
    if (!command) throw new Error('no such command')
    const act = { commandId: 'c', requestHash: 'h', correlationId: 'x', via: 'token' } as const
    const actor = { kind: 'person', personId: personNamed('ada') } as const
    const input = { name: 'x', scale: 'crew', preset: 'crew', publicRoster: false }
    await expect(community.submit({ ...act, actor, command, input })).rejects.toThrow('closed')
  })
})

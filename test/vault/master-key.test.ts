import { createSecretKey, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadMasterKey, MasterKeyRefused, type MasterKeySource, masterKeyCheck } from '../../src/vault/master-key.ts'
import { scratchDirectory } from './support/scratch.ts'

const BYTES = randomBytes(32)
const TEXT = BYTES.toString('base64url')

function load(source: Partial<MasterKeySource> & { readonly file: string }): string {
  return loadMasterKey({ env: undefined, ...source })
    .export()
    .toString('base64url')
}

function keyFile(text: string, mode = 0o600): string {
  const file = join(scratchDirectory(), 'master.key')
  writeFileSync(file, text, { mode })
  chmodSync(file, mode)
  return file
}

describe('the master key', () => {
  it.each([
    ['base64url', TEXT],
    ['base64url with padding', `${TEXT}=`],
    ['hex', BYTES.toString('hex')],
    ['upper-case hex', BYTES.toString('hex').toUpperCase()],
    ['blanks around it', `  ${TEXT}\n`],
  ])('is read as %s, from the environment and from the file', (_form, text) => {
    expect(load({ file: keyFile('not read'), env: text })).toBe(TEXT)
    expect(load({ file: keyFile(text) })).toBe(TEXT)
    expect(load({ file: keyFile(text), env: ' ' })).toBe(TEXT)
  })

  it.each([
    ['too short', TEXT.slice(1)],
    ['too long', `${TEXT}AA`],
    ['not base64url', `${TEXT.slice(0, 42)}!`],
    ['a passphrase', 'correct horse battery staple, or so it is said'],
    ['short hex', BYTES.toString('hex').slice(2)],
    ['spare bits set', `${'A'.repeat(42)}B`],
    ['empty', ''],
  ])('is refused when it is %s, without repeating it', (_form, text) => {
    const file = keyFile(text)
    expect(() => load({ file })).toThrow(MasterKeyRefused)
    expect(() => load({ file })).toThrow(`the key file ${file} must hold 32 bytes`)
    if (text === '') return
    expect(() => load({ file, env: text })).toThrow('HEARTHBOOK_MASTER_KEY must hold 32 bytes')
    expect(() => load({ file, env: text })).not.toThrow(text)
  })

  it('is missed in clear words', () => {
    const file = join(scratchDirectory(), 'master.key')
    expect(() => load({ file })).toThrow(
      `no master key: HEARTHBOOK_MASTER_KEY is not set and there is no key file ${file}`,
    )
    expect(existsSync(file)).toBe(false)
  })

  it.each([0o640, 0o604, 0o660, 0o610, 0o644])('is refused in a file of mode %o', (mode) => {
    const file = keyFile(TEXT, mode)
    expect(() => load({ file })).toThrow(MasterKeyRefused)
    expect(() => load({ file })).toThrow(/open to group or others \(mode 06\d\d\).*chmod 600/)
  })

  it('may lie behind a link, and the mode that counts is the key file’s', () => {
    const directory = scratchDirectory()
    for (const [name, mode] of Object.entries({ own: 0o400, open: 0o444 })) {
      writeFileSync(join(directory, name), TEXT, { mode })
      symlinkSync(join(directory, name), join(directory, `link-${name}`))
    }
    expect(load({ file: join(directory, 'link-own') })).toBe(TEXT)
    expect(() => load({ file: join(directory, 'link-open') })).toThrow('open to group or others')
  })

  it('is not read from a directory', () => {
    const file = join(scratchDirectory(), 'master.key')
    mkdirSync(file, { mode: 0o700 })
    expect(() => load({ file, createIfMissing: true })).toThrow(MasterKeyRefused)
  })

  it('is made once, for the owner only, where that is asked for', () => {
    const file = join(scratchDirectory(), 'master.key')
    const made = load({ file, createIfMissing: true })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toBe(`${made}\n`)
    expect(load({ file, createIfMissing: true })).toBe(made)
    expect(load({ file: join(scratchDirectory(), 'master.key'), createIfMissing: true })).not.toBe(made)
  })

  it('is not made where the environment has one, nor over a file that is there', () => {
    const file = join(scratchDirectory(), 'master.key')
    expect(load({ file, env: TEXT, createIfMissing: true })).toBe(TEXT)
    expect(existsSync(file)).toBe(false)
    const broken = keyFile('broken')
    expect(() => load({ file: broken, createIfMissing: true })).toThrow(MasterKeyRefused)
    expect(readFileSync(broken, 'utf8')).toBe('broken')
  })

  it('cannot be made where there is no directory', () => {
    const file = join(scratchDirectory(), 'missing', 'master.key')
    expect(() => load({ file, createIfMissing: true })).toThrow(`the key file ${file} cannot be made`)
  })

  it('has a check value that tells keys apart and does not hold the key', () => {
    const check = masterKeyCheck(createSecretKey(BYTES))
    expect(masterKeyCheck(createSecretKey(BYTES))).toEqual(check)
    expect(masterKeyCheck(createSecretKey(randomBytes(32)))).not.toEqual(check)
    expect(check).not.toEqual(BYTES)
  })
})

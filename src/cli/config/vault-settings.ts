import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readVaultToken } from '../../vault/remote/access-token.ts'
import type { VaultAccess } from '../../vault/remote/channel.ts'
import type { TlsFiles } from '../../vault-service/tls-files.ts'
import { type SettingProblem, showable } from './problems.ts'

const LAST_PORT = 65_535
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/
const CA_RULE = 'the path of a file with certificates as PEM'

/** The settings of the vault process, and of nodes that have their keys and credentials from it. */
export const vaultShape = {
  vault: z.string().refine(isVaultUrl).optional().meta({
    description: 'of a node: the vault process that has the keys and credentials, if not the data directory',
    rule: 'an https address without path, user, query or fragment, such as https://vault:7402; http on loopback alone',
  }),
  vaultTokenFile: z.string().min(1).optional().meta({
    description:
      'file with the token that vault and nodes share; vault.token in the data directory of the vault process unless given',
    rule: 'the path of a file as the vault process makes it, readable by its owner only',
  }),
  vaultCa: z.string().min(1).optional().meta({
    description: "of a node: file with the vault's certificate, or with that of the authority that signed it",
    rule: CA_RULE,
  }),
  vaultFingerprint: z
    .string()
    .regex(/^[0-9a-f]{2}(:?[0-9a-f]{2}){31}$/i)
    .optional()
    .meta({
      description: "of a node: SHA-256 of the vault's certificate, as the vault prints it; no other is accepted then",
      rule: '64 hex digits, with or without colons',
    }),
  vaultHost: z
    .string()
    .regex(/^[\w.:%-]+$/)
    .default('127.0.0.1')
    .meta({ description: 'of the vault process: address to listen on', rule: 'a host name or an IP address' }),
  vaultPort: z
    .int()
    .min(0)
    .max(LAST_PORT)
    .default(7402)
    .meta({
      description: 'of the vault process: port to listen on; 0 for any',
      rule: `a whole number from 0 to ${LAST_PORT}`,
    }),
  vaultPlain: z.boolean().default(false).meta({
    description: 'of the vault process: http instead of https, which is for loopback alone',
    rule: 'true or false',
  }),
  vaultCert: z.string().min(1).optional().meta({
    description:
      'of the vault process: file with its certificate; vault.crt in its data directory unless given, made with the key where neither is there',
    rule: CA_RULE,
  }),
  vaultKey: z.string().min(1).optional().meta({
    description:
      'of the vault process: file with the key to its certificate; vault.key in its data directory unless given',
    rule: 'the path of a file with a private key as PEM, readable by its owner only',
  }),
} as const

const shape = z.object(vaultShape).extend({ data: z.string() })
type VaultSettings = z.output<typeof shape>
type From = Readonly<Record<keyof VaultSettings, string>>

/** What of these settings does not go together or cannot be used, each with the reason. */
export function vaultProblems(settings: VaultSettings, from: From): readonly SettingProblem[] {
  const { vault, vaultTokenFile, vaultCa, vaultFingerprint, vaultCert, vaultKey, vaultPlain, vaultHost } = settings
  const problems: SettingProblem[] = []
  const wrong = (setting: keyof VaultSettings, rule: string) => {
    const value = settings[setting] === undefined ? undefined : showable(settings[setting])
    problems.push({ setting, from: from[setting], rule, ...(value === undefined ? {} : { value }) })
  }
  const encrypted = vault?.startsWith('https:') ?? false
  if (vault !== undefined && vaultTokenFile === undefined)
    wrong('vaultTokenFile', `must be given with vault (from ${from.vault}), or the vault lets nobody in`)
  if (vault !== undefined && vaultTokenFile !== undefined)
    tried(
      () => readVaultToken(vaultTokenFile),
      (reason) => wrong('vaultTokenFile', reason),
    )
  if (vaultCa !== undefined && vaultFingerprint !== undefined)
    wrong('vaultFingerprint', `only one of it and vaultCa (from ${from.vaultCa}) may be given`)
  for (const name of ['vaultCa', 'vaultFingerprint'] as const)
    if (settings[name] !== undefined && !encrypted) wrong(name, 'says something of an https vault, and there is none')
  if (vaultCa !== undefined)
    tried(
      () => readCertificates(vaultCa),
      (reason) => wrong('vaultCa', reason),
    )
  if (vaultPlain && !LOOPBACK.test(vaultHost))
    wrong('vaultPlain', `may be true where vaultHost (from ${from.vaultHost}) is loopback alone`)
  if ((vaultCert === undefined) !== (vaultKey === undefined))
    wrong(vaultCert === undefined ? 'vaultCert' : 'vaultKey', 'must be given with the other of vaultCert and vaultKey')
  return problems
}

/** How to reach the vault process; undefined where keys and credentials are in the data directory. */
export function vaultAccess(settings: Partial<VaultSettings>): VaultAccess | undefined {
  const { vault, vaultTokenFile, vaultCa, vaultFingerprint } = settings
  if (vault === undefined || vaultTokenFile === undefined) return undefined
  return {
    url: vault,
    token: readVaultToken(vaultTokenFile),
    ...(vaultCa === undefined ? {} : { ca: readCertificates(vaultCa) }),
    ...(vaultFingerprint === undefined ? {} : { fingerprint: vaultFingerprint }),
  }
}

/** The files of the vault process: the token it shares with nodes, and its certificate unless it speaks http. */
export function vaultFiles(settings: VaultSettings): { readonly token: string; readonly tls: TlsFiles | undefined } {
  const { data, vaultTokenFile, vaultCert, vaultKey, vaultPlain } = settings
  return {
    token: vaultTokenFile ?? join(data, 'vault.token'),
    tls: vaultPlain
      ? undefined
      : { cert: vaultCert ?? join(data, 'vault.crt'), key: vaultKey ?? join(data, 'vault.key') },
  }
}

function readCertificates(file: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Error(`cannot be read (${(error as NodeJS.ErrnoException).code})`, { cause: error })
  }
  try {
    new X509Certificate(text)
  } catch (error) {
    throw new Error(`must be ${CA_RULE}`, { cause: error })
  }
  return text
}

function tried(does: () => unknown, failed: (reason: string) => void): void {
  try {
    does()
  } catch (error) {
    failed(error instanceof Error ? error.message : String(error))
  }
}

function isVaultUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password, pathname } = new URL(text)
  const clear = username === '' && password === '' && pathname === '/' && !/[?#]/.test(text)
  return clear && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname)))
}

import { z } from 'zod'
import { type Identity, type LinkRequest, SCOPES, type TokenRequest } from '../identity/port.ts'
import type { PersonKey, Vault } from '../vault/port.ts'
import type { KeyOnTheWay } from '../vault/remote/remote-vault.ts'

const text = z.string().max(1000)
const community = text
const personId = text
const of = z.strictObject({ community, personId })
const token = z.string().max(2000)
const link = z.strictObject({ link: token })
const scopes = z.array(z.enum(SCOPES)).max(SCOPES.length)
const tokenRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), community, personId, scopes, expiresAt: text }),
  z.object({ kind: z.literal('service'), community, label: text, scopes, expiresAt: text }),
  z.object({ kind: z.literal('operator'), expiresAt: text }),
])
const linkRequest = z.strictObject({ community, personId, expiresAt: text, madeBy: text })

/** One thing that nodes may ask of the vault process: the form of the request, and what is done for it. */
export interface Answering {
  readonly form: z.ZodType
  answer(body: never): Promise<object>
}

function answering<Form extends z.ZodType>(form: Form, answer: (body: z.output<Form>) => Promise<object>): Answering {
  return { form, answer }
}

/** All that may be asked of keys, by name. */
export function vaultRequests(vault: Vault): Readonly<Record<string, Answering>> {
  return {
    keysFor: answering(z.strictObject({ community, personIds: z.array(personId).max(10_000) }), async (asked) => ({
      keys: [...(await vault.keysFor(asked.community, asked.personIds)).values()].map(sent),
    })),
    keysOf: answering(z.strictObject({ community }), async (asked) => ({
      keys: [...(await vault.keysOf(asked.community)).values()].map(sent),
    })),
    communitySecret: answering(z.strictObject({ community }), async (asked) => ({
      secret: (await vault.communitySecret(asked.community)).export().toString('base64url'),
    })),
    signingKey: answering(z.strictObject({}), async () => ({
      pkcs8: (await vault.signingKey()).export({ type: 'pkcs8', format: 'der' }).toString('base64url'),
    })),
    erase: answering(of.extend({ at: text }), async (asked) => {
      await vault.erase(asked.community, asked.personId, asked.at)
      return {}
    }),
    erasures: answering(z.strictObject({ community: community.optional() }), async (asked) => ({
      erasures: await vault.erasures(asked.community),
    })),
  }
}

/** All that may be asked of credentials, by name. */
export function identityRequests(identity: Identity): Readonly<Record<string, Answering>> {
  return {
    issue: answering(tokenRequest, (asked) => identity.issue(asked as TokenRequest)),
    authenticate: answering(z.strictObject({ token }), async (asked) => {
      const principal = await identity.authenticate(asked.token)
      const expiresAt = principal && (await identity.about(principal.tokenId))?.expiresAt
      return expiresAt === undefined ? {} : { found: { principal, expiresAt } }
    }),
    makeLink: answering(linkRequest, (asked) => identity.makeLink(asked as LinkRequest)),
    linkFor: answering(link, async (asked) => ({ found: await identity.linkFor(asked.link) })),
    signIn: answering(link, async (asked) => ({ found: await identity.signIn(asked.link) })),
    useLink: answering(link, async (asked) => ({ done: await identity.useLink(asked.link) })),
    hasSignedIn: answering(of, async (asked) => ({
      done: await identity.hasSignedIn(asked.community, asked.personId),
    })),
    revoke: answering(z.strictObject({ id: text }), async (asked) => ({ done: await identity.revoke(asked.id) })),
    revokeAllOf: answering(of.extend({ until: text.optional() }), async (asked) => ({
      count: await identity.revokeAllOf(asked.community, asked.personId, asked.until),
    })),
    about: answering(z.strictObject({ id: text }), async (asked) => ({ found: await identity.about(asked.id) })),
    list: answering(z.strictObject({}), async () => ({ tokens: await identity.list() })),
  }
}

function sent({ kid, personId: whose, key, nonceSecret }: PersonKey): KeyOnTheWay {
  const material = Buffer.concat([key.export(), nonceSecret.export()])
  const text = material.toString('base64url')
  material.fill(0)
  return { kid, personId: whose, material: text }
}

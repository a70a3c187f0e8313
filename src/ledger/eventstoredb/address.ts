/** Where an EventStoreDB or KurrentDB is, as its connection string says. */
export interface StoreAddress {
  /** The connection string in the form that the client understands. Holds the password: never to be printed. */
  readonly connectionString: string
  /** Who to be there. Always given with an append, also where the connection is not encrypted and nobody asks. */
  readonly credentials: { readonly username: string; readonly password: string }
  /** The hosts alone, for messages and logs. */
  readonly shown: string
  /** Whether what travels is encrypted; where it is not, the client does not send the credentials. */
  readonly encrypted: boolean
}

/** What a connection string has to look like, in words. */
export const ADDRESS_RULE =
  'the address of an EventStoreDB or KurrentDB, such as esdb://name:password@host:2113 or esdb://127.0.0.1:2113?tls=false'

// The client parses the first two only; the others are the newer names of the same.
const SCHEME = /^(?:esdb|kurrentdb|kurrent|kdb)(\+discover)?:\/\//
const PARTS = /^(?:([^:@/?]+):([^@/?]+)@)?([^@/?]+)\/*(?:\?(.*))?$/
const HOST = /^[\w.-]+(?::\d{1,5})?$/
const OPTIONS = new Set(
  [
    ...['tls', 'tlsCAFile', 'tlsVerifyCert', 'userCertFile', 'userKeyFile', 'connectionName', 'nodePreference'],
    ...['maxDiscoverAttempts', 'discoveryInterval', 'gossipTimeout', 'keepAliveInterval', 'keepAliveTimeout'],
    ...['defaultDeadline', 'throwOnAppendFailure'],
  ].map((name) => name.toLowerCase()),
)
const NOBODY = { username: 'hearthbook', password: 'unused' }

/**
 * Reads a connection string.
 * @throws Error saying what is wrong with it, without quoting it: it may hold a password.
 */
export function storeAddress(text: string): StoreAddress {
  const scheme = SCHEME.exec(text.trim())
  const [, user, password, hosts = '', query = ''] = PARTS.exec(text.trim().slice(scheme?.[0].length)) ?? []
  if (!scheme || !hosts.split(',').every((host) => HOST.test(host))) throw new Error(`must be ${ADDRESS_RULE}`)
  const options = new Map(query.split('&').map((pair) => [nameOf(pair), pair.slice(pair.indexOf('=') + 1).trim()]))
  // Of what it does not know, the client prints the whole address, password and all.
  const strange = [...options.keys()].find((name) => name !== '' && !OPTIONS.has(name))
  if (strange !== undefined) throw new Error(`has an option that the client does not know: ${strange}`)
  const encrypted = options.get('tls') !== 'false'
  if (encrypted && user === undefined)
    throw new Error('must name a user and a password, or say tls=false: over TLS the store asks who one is')
  if (options.has('tlsverifycert'))
    throw new Error('must not set tlsVerifyCert, which the client does not heed; name the authority with tlsCAFile')
  // With it, the client answers a lost race with a revision that the stream is not at.
  if (options.get('throwonappendfailure') === 'false') throw new Error('must not set throwOnAppendFailure to false')
  const discover = scheme[1] ?? ''
  return {
    connectionString: text.trim().replace(SCHEME, `esdb${discover}://`),
    credentials:
      user === undefined || password === undefined
        ? NOBODY
        : { username: decodeURIComponent(user), password: decodeURIComponent(password) },
    shown: `esdb${discover}://${hosts}`,
    encrypted,
  }
}

function nameOf(pair: string): string {
  return (pair.split('=')[0] ?? '').replace(/[_-]/g, '').toLowerCase()
}

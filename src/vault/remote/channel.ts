import http from 'node:http'
import https from 'node:https'
import { json } from 'node:stream/consumers'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { VaultUnavailable } from '../vault-unavailable.ts'

const PATIENCE_MS = 5000
const MOST_SOCKETS = 32

/** How a node reaches the vault process. */
export interface VaultAccess {
  /** `https://host:port`, or `http://` on loopback. */
  readonly url: string
  /** The secret both sides know. */
  readonly token: string
  /** PEM certificates, one of which must have signed the vault's; those of the machine unless given. */
  readonly ca?: string | undefined
  /** SHA-256 of the vault's very certificate, 64 hex digits: no other is accepted, whoever signed it. */
  readonly fingerprint?: string | undefined
}

/** What the vault process answers to a request that it does not carry out. */
export interface VaultProblem {
  readonly error: string
  readonly message: string
}

/** The vault process does not let this node in, or is not the one that was meant: only whoever runs both can mend it. */
export class VaultRefused extends VaultUnavailable {
  override readonly name = 'VaultRefused'
}

/** A request that the vault process understood and refuses for what is in it. */
export class VaultSaysNo extends Error {
  override readonly name = 'VaultSaysNo'
  readonly problem: VaultProblem
  constructor(problem: VaultProblem) {
    super(problem.message)
    this.problem = problem
  }
}

/** Calls to the vault process, over connections that are kept. */
export class VaultChannel {
  readonly #access: VaultAccess
  readonly #agent: http.Agent | https.Agent

  constructor(access: VaultAccess) {
    this.#access = access
    const options = { keepAlive: true, maxSockets: MOST_SOCKETS }
    if (access.url.startsWith('http:')) this.#agent = new http.Agent(options)
    else if (access.fingerprint !== undefined) this.#agent = new PinnedAgent(access.fingerprint, options)
    else this.#agent = new https.Agent({ ...options, ...(access.ca === undefined ? {} : { ca: access.ca }) })
  }

  /**
   * Asks for something. All that may be asked may be asked twice.
   * @throws VaultUnavailable where there is no answer, VaultRefused where there will be none, VaultSaysNo.
   */
  async call<Answer>(path: string, body: object): Promise<Answer> {
    try {
      return await this.#send<Answer>(path, body)
    } catch (error) {
      // The vault closed a kept connection at the moment it was used again.
      if (!(error instanceof StaleSocket)) throw error
      return this.#send<Answer>(path, body)
    }
  }

  close(): void {
    this.#agent.destroy()
  }

  #send<Answer>(path: string, body: object): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    const { url, token } = this.#access
    const text = JSON.stringify(body)
    const request = (url.startsWith('http:') ? http : https).request(new URL(path, url), {
      method: 'POST',
      agent: this.#agent,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      },
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    request.on('error', (error) => reject(asVaultError(error, request.reusedSocket)))
    request.on('response', (response) => {
      json(response).then(
        (answer) => {
          const { statusCode: status = 0 } = response
          if (status === 200) resolve(answer as Answer)
          else reject(refusalOf(status, answer as VaultProblem))
        },
        (error) => reject(asVaultError(error, false)),
      )
    })
    request.end(text)
    return promise
  }
}

class StaleSocket extends VaultUnavailable {}

function asVaultError(error: unknown, reused: boolean): Error {
  if (error instanceof VaultRefused) return error
  const { code: given, message } = error as NodeJS.ErrnoException
  const code = typeof given === 'string' ? given : ''
  const options = { cause: error }
  if (reused && code === 'ECONNRESET') return new StaleSocket('the vault closed the connection', options)
  // A certificate does not become another one by waiting.
  if (/CERT|SELF_SIGNED|ISSUER|ALTNAME|ERR_TLS/.test(code))
    return new VaultRefused(`the certificate of the vault is not accepted: ${message}`, options)
  return new VaultUnavailable(`the vault does not answer${code === '' ? '' : ` (${code})`}`, options)
}

function refusalOf(status: number, problem: VaultProblem): Error {
  if (status === 401) return new VaultRefused('the vault does not know the token of this node')
  if (status === 422) return new VaultSaysNo(problem)
  if (status === 404) return new VaultRefused('the vault is of another version: it does not know what was asked of it')
  return new VaultUnavailable(`the vault answered ${status}`)
}

/** Speaks to one certificate alone. It is looked at before the first byte of a request leaves. */
class PinnedAgent extends https.Agent {
  readonly #fingerprint: string

  constructor(fingerprint: string, options: https.AgentOptions) {
    super(options)
    this.#fingerprint = fingerprint.replaceAll(':', '').toLowerCase()
  }

  override createConnection(
    options: https.RequestOptions,
    callback?: (error: Error | null, socket: TLSSocket) => void,
  ): undefined {
    const { host, port, servername } = options as { host?: string; port?: number; servername?: string }
    // The fingerprint says all that a chain of signatures could.
    const socket = connectTls({
      host: host ?? 'localhost',
      port: Number(port),
      rejectUnauthorized: false,
      minVersion: 'TLSv1.3',
      ...(servername ? { servername } : {}),
    })
    const failed = (error: Error) => callback?.(error, socket)
    socket.once('error', failed)
    socket.once('secureConnect', () => {
      socket.off('error', failed)
      const found = socket.getPeerX509Certificate()?.fingerprint256.replaceAll(':', '').toLowerCase()
      if (found === this.#fingerprint) return callback?.(null, socket)
      socket.destroy()
      callback?.(new VaultRefused(`the vault shows another certificate than the one meant: ${found}`), socket)
    })
    return undefined
  }
}

import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'
import { bits, der, identifier, integer, moment, octets, sequence, set, TRUE, text } from './der.ts'

const DAY_MS = 86_400_000
const DAYS = 3650
const ECDSA_WITH_SHA256 = sequence(identifier('1.2.840.10045.4.3.2'))
const COMMON_NAME = '2.5.4.3'
const BASIC_CONSTRAINTS = '2.5.29.19'
const SUBJECT_ALT_NAME = '2.5.29.17'

/** A key and a certificate that it has signed itself, both as PEM. */
export interface SelfSigned {
  readonly key: string
  readonly cert: string
}

/**
 * Makes a P-256 key and a certificate (X.509 v3, RFC 5280) for these host names and addresses, good for ten years: for
 * whoever is given the certificate or its fingerprint by another way.
 */
export function makeSelfSigned(names: readonly string[], now: Date): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(set(sequence(identifier(COMMON_NAME), text('hearthbook vault'))))
  const serial = randomBytes(16)
  serial.writeUInt8(serial.readUInt8(0) & 0x7f || 1, 0)
  const certified = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    ECDSA_WITH_SHA256,
    name,
    sequence(moment(new Date(now.getTime() - DAY_MS)), moment(new Date(now.getTime() + DAYS * DAY_MS))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        // It vouches for itself, so to whoever is given it, it is an authority.
        sequence(identifier(BASIC_CONSTRAINTS), TRUE, octets(sequence(TRUE))),
        sequence(identifier(SUBJECT_ALT_NAME), octets(sequence(...names.map(generalName)))),
      ),
    ),
  )
  const cert = sequence(certified, ECDSA_WITH_SHA256, bits(sign('sha256', certified, privateKey)))
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, cert: pem('CERTIFICATE', cert) }
}

function generalName(name: string): Buffer {
  if (isIP(name) === 4) return der(0x87, Buffer.from(name.split('.').map(Number)))
  if (isIP(name) === 6) return der(0x87, addressBytes(name))
  return der(0x82, Buffer.from(name, 'ascii'))
}

/** The 16 bytes of an IPv6 address without an embedded IPv4 one. */
function addressBytes(address: string): Buffer {
  const [left = '', right] = address.split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)))
  const [head, tail] = [groups(left), groups(right ?? '')]
  const all = [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail]
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]))
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

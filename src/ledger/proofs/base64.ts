/**
 * The bytes of a standard Base64 text (RFC 4648 section 4, with padding), or `undefined` where it is not exactly that:
 * Node's own decoder lets other alphabets, missing padding and spare bits pass, so two texts could mean the same bytes.
 */
export function bytesOfBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

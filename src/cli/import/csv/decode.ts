import { isUtf8 } from 'node:buffer'

/** A text file as people get it out of a spreadsheet, and how it was encoded. */
export interface Decoded {
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
}

const SNIFFED = 4096

/**
 * Reads bytes by their byte order mark; without one as UTF-16 where every other byte is zero, as UTF-8 where they are
 * that, else as Windows-1252, in which older spreadsheets write and every byte is some letter.
 */
export function decode(bytes: Uint8Array): Decoded {
  const encoding = encodingOf(bytes)
  return { text: new TextDecoder(encoding).decode(bytes), encoding }
}

function encodingOf(bytes: Uint8Array): Decoded['encoding'] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const [even, odd] = zeros(bytes.subarray(0, SNIFFED))
  const half = Math.min(bytes.length, SNIFFED) / 2
  if (odd > half * 0.4 && even === 0) return 'utf-16le'
  if (even > half * 0.4 && odd === 0) return 'utf-16be'
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252'
}

/** How many bytes at even and at odd places are zero: in UTF-16 most texts have one such half. */
function zeros(bytes: Uint8Array): readonly [number, number] {
  let even = 0
  let odd = 0
  for (const [index, byte] of bytes.entries()) {
    if (byte !== 0) continue
    if (index % 2 === 0) even += 1
    else odd += 1
  }
  return [even, odd]
}

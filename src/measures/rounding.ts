/**
 * The number to 6 decimals, for the edge where numbers leave the engine; inside nothing is rounded. Rounds the number
 * as it is stored, halves away from zero, and never gives −0. `null` stays `null`.
 */
export function round6(x: number | null): number | null {
  // Number.toFixed works on the exact binary value; multiplying by a million first would not.
  return x === null ? null : Number(x.toFixed(6)) + 0
}

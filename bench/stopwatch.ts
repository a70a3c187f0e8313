/** Milliseconds something takes. Garbage of what ran before is not charged to it where Node runs with --expose-gc. */
export async function timed<T>(run: () => T | Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  globalThis.gc?.()
  const start = performance.now()
  const value = await run()
  return { ms: performance.now() - start, value }
}

/** Milliseconds one call takes, as the mean of so many that their sum can be told from the clock's grain. */
export function timedMany(run: () => unknown, forMs: number): number {
  globalThis.gc?.()
  const start = performance.now()
  let calls = 0
  let elapsed = 0
  while (elapsed < forMs) {
    run()
    calls += 1
    elapsed = performance.now() - start
  }
  return elapsed / calls
}

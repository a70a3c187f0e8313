/** The store took longer than it may. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow'
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`)
  }
}

/**
 * Waits for a promise no longer than this.
 * @throws TooSlow, or the signal's reason where it aborts first. What the promise comes to afterwards is nobody's concern.
 */
export async function patiently<T>(promise: Promise<T>, milliseconds: number, signal?: AbortSignal): Promise<T> {
  const ended = Promise.withResolvers<never>()
  const timer = setTimeout(() => ended.reject(new TooSlow(milliseconds)), milliseconds)
  const abort = () => ended.reject(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  if (signal?.aborted) abort()
  promise.catch(() => undefined)
  try {
    return await Promise.race([promise, ended.promise])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

/** The server that is started where a Docker engine is there. */
export const IMAGE = 'kurrentplatform/kurrentdb:25.1.0'

export interface RealServer {
  readonly url: string
  /** Ends it without warning and starts it anew with what it had, where that is ours to do. @returns its address then. */
  readonly restart?: () => Promise<string>
  stop(): Promise<void>
}

/**
 * A real server to run a suite on: that of HEARTHBOOK_TEST_EVENTSTORE, which may hold anything already, else one in a
 * container. @returns why there is none, where there is none.
 */
export async function realServer(): Promise<RealServer | { readonly missing: string }> {
  const given = process.env.HEARTHBOOK_TEST_EVENTSTORE
  if (given) return { url: given, stop: async () => undefined }
  // Late: loading it takes seconds, and most machines have no use for it.
  const { getContainerRuntimeClient } = await import('testcontainers')
  const hasDocker = await getContainerRuntimeClient().then(
    () => true,
    () => false,
  )
  if (!hasDocker) return { missing: 'no Docker engine, and HEARTHBOOK_TEST_EVENTSTORE is not set' }
  const { KurrentDbContainer } = await import('@testcontainers/kurrentdb')
  const container = await new KurrentDbContainer(IMAGE).start()
  return {
    url: container.getConnectionString(),
    restart: async () => {
      await container.restart({ timeout: 0 })
      return container.getConnectionString()
    },
    stop: async () => void (await container.stop()),
  }
}

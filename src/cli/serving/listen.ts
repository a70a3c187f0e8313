import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { CliError, EXIT } from '../exits.ts'

/** Begins to listen. @returns the address to reach it at. @throws CliError where the port is taken. */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    const { code } = error as { readonly code?: string }
    if (code === 'EADDRINUSE')
      throw new CliError(`Port ${port} of ${host} is taken. Choose another with --port, or 0 for any.`, EXIT.store, {
        cause: error,
      })
    throw error
  }
  const address = app.server.address() as AddressInfo
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `http://${name === '0.0.0.0' || name === '[::]' ? 'localhost' : name}:${address.port}`
}

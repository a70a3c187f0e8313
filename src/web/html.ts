import type { FastifyReply } from 'fastify'

/** Sends a page. */
export function html(reply: FastifyReply, text: string): FastifyReply {
  // A form sent with no referrer at all says that it comes from nowhere, and is then taken for another site's.
  return reply.header('referrer-policy', 'same-origin').type('text/html; charset=utf-8').send(text)
}

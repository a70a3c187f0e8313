import type { FastifyReply } from 'fastify'

/** Sends a page. It is kept by the browser of whoever asked at most, and asked for anew; one with a form of one's own not even so. */
export function html(
  reply: FastifyReply,
  text: string,
  keep: 'private, no-cache' | 'no-store' = 'no-store',
): FastifyReply {
  return (
    reply
      .header('cache-control', keep)
      .header('vary', 'Cookie, Authorization')
      // A form sent with no referrer at all says that it comes from nowhere, and is then taken for another site's.
      .header('referrer-policy', 'same-origin')
      .type('text/html; charset=utf-8')
      .send(text)
  )
}

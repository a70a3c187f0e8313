import { expect, it, onTestFinished } from 'vitest'
import { TestServer } from '../support/http.ts'
import { HttpCommunity } from '../support/http-community.ts'

it('no community can be called like the private book of another, nor be asked for by that name', async () => {
  const server = await TestServer.start('2026-03-10T12:00:00Z')
  onTestFinished(() => server.close())
  const here = await HttpCommunity.found(server, 'hearth', ['person_aaaaaaaaaaaaaaaaaaaaaa'])
  const { ledgers } = server.hearthbook
  // A private book, which has its stream.
  const text = '{"private":true}'
  await ledgers.append({ community: 'hearth', book: 'private' }, 'empty', [
    { revision: 0, id: crypto.randomUUID(), hash: 'x'.repeat(43), text },
  ])
  const founding = { community: 'hearth-private', name: 'Another' }
  const refused = await server.post('/v1/communities', founding)
  expect([refused.status, refused.body.code]).toEqual([400, 'VALIDATION_FAILED'])
  const asked = await server.get('/v1/communities/hearth-private')
  const nothing = await server.get('/v1/communities/nothing-of-the-kind')
  expect(asked.status).toBe(nothing.status)
  expect(asked.body.code).toBe(nothing.body.code)
  expect((await server.get(`/v1/communities/${here.id}`)).status).toBe(200)
})

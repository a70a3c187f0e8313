import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookLines } from '../../src/cli/books/book-file.ts'
import { signerKeyOf } from '../../src/cli/books/signer-key.ts'
import { parsePacket } from '../../src/cli/packet/packet-file.ts'
import { leafHash } from '../../src/ledger/proofs/leaf.ts'
import { TestServer } from '../support/http.ts'
import { checked, packetOf } from '../support/packets.ts'
import { readAll } from '../support/records.ts'

const at = '/v1/communities/tidepool'
const WINDOW = { from: '2026-03-01', through: '2026-05-15' }
const DATES = ['2026-03-10', '2026-03-20', '2026-04-05']
const row = (memberId: string, from: string, to: string | null) => ({
  memberId,
  memberName: memberId === 'dee' ? 'Dee Aurelia' : 'Eli Fairwater',
  role: 'kitty_keeper',
  circle: 'house',
  from,
  to,
  source: 'minutes of the house meeting',
})

describe('a record packet of a conflict about who held the kitty', () => {
  let server: TestServer
  let folder: string
  let book: Awaited<ReturnType<typeof readAll>>
  let packet = ''
  let receipt: unknown

  const here = () => server.hearthbook.registry
  const cli = (...args: readonly string[]) => {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HEARTHBOOK_')))
    const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
    return spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env })
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hearthbook-packet-'))
    server = await TestServer.start('2026-01-01T09:00:00Z')
    await server.post('/v1/communities', { community: 'tidepool', name: 'Tidepool' })
    await server.post(`${at}/imports/rolls/circles`, {
      rows: [
        { circle: 'house', name: 'House', from: '2025-01-01' },
        { circle: 'garden', name: 'Garden', from: '2025-01-01' },
      ],
    })
    const elsewhere = { ...row('gus', '2026-01-01', null), role: 'digger', circle: 'garden' }
    await server.post(`${at}/imports/rolls/holdings`, { rows: [row('dee', '2026-01-01', null), elsewhere] })
    await server.at('2026-04-02T09:00:00Z')
    await server.post(`${at}/imports/rolls-2/holdings`, {
      rows: [row('dee', '2026-01-01', '2026-04-01'), row('eli', '2026-04-01', null)],
    })
    const [dee, eli] = [await joined('dee'), await joined('eli')]
    await server.at('2026-05-10T09:00:00Z')
    const reason = 'Eli was doing it from the middle of March already.'
    const own = await eventOf('dee', 'HoldingReimported')
    const corrected = { replacement: { ...own.data, to: '2026-03-15' }, reason }
    await server.post(`${at}/events/${own.id}/corrections`, corrected, dee)
    const elis = await eventOf('eli', 'HoldingImported')
    const proposal = await server.post(`${at}/events/${elis.id}/corrections`, {
      replacement: { ...elis.data, from: '2026-03-15' },
      reason,
    })
    const { correctionEventId } = proposal.body.result
    receipt = (await server.post(`${at}/events/${correctionEventId}/attestations`, {}, eli)).body.receipt
    await server.post(`${at}/events/${elis.id}/disputes`, { text: 'Not the whole of it.' }, eli)
    await server.at('2026-05-15T09:00:00Z')
    book = await readAll(server.hearthbook.ledgers, { community: 'tidepool', book: 'open' })
    const roles = ['kitty_keeper']
    packet = await packetOf({ community: 'tidepool', ...WINDOW, roles, dates: DATES }, book, here())
  })
  afterAll(async () => {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function joined(handle: string): Promise<string> {
    const { body } = await server.get(`${at}/people?handle=${handle}`)
    const token = await server.tokenFor('tidepool', body.people[0].id)
    await server.post(`${at}/members`, { displayName: handle }, token)
    return token
  }

  async function eventOf(handle: string, type: string): Promise<{ id: string; data: Record<string, unknown> }> {
    return (await server.get(`${at}/audit?person=${handle}&type=${type}`)).body.entries.at(-1)
  }

  it('tells both answers of each date and what lies between them', () => {
    const short = packet.slice(packet.indexOf('## In short'), packet.indexOf('## Who held what'))
    expect(short).toMatch(/On 2026-03-10: (P\d) \(kitty_keeper\)\. The record of that day says the same\./)
    expect(short).toMatch(
      /On 2026-03-20: (P\d) \(kitty_keeper\), by all that is known\. The record of that day said: (?!\1)P\d \(kitty_keeper\)\. Because of .*RecordCorrected/,
    )
    expect(packet).toMatch(/RecordDisputed by P\d .*Their words are sealed/)
  })

  it('carries what bears on it with proofs, and no name and nothing of anything else', () => {
    const { records } = parsePacket(packet, 'it')
    expect(records.length).toBeLessThan(book.length)
    for (const absent of ['Dee', 'Eli', 'Fairwater', 'Aurelia', 'digger', 'middle of March', 'whole of it'])
      expect(packet).not.toContain(absent)
  })

  it('is sound, also against a receipt of the attestation', async () => {
    expect(await checked(packet, here())).toEqual([])
    expect(await checked(packet, here(), { receipts: [receipt as never] })).toEqual([])
  })

  it('made in another data directory from the exported book, it is the same bytes', async () => {
    const [file, other] = [join(folder, 'book.jsonl'), join(folder, 'other')]
    const hot = await server.hearthbook.engine.community('tidepool')
    const checkpoint = hot.checkpointAt(book.length) ?? ''
    const verifierKey = await signerKeyOf(server.hearthbook)
    const header = { community: 'tidepool', records: book.length, checkpoint, verifierKey }
    writeFileSync(file, [...bookLines(header, book)].map((line) => `${line}\n`).join(''))
    expect(cli('import-book', file, '--data', other, '--verifier-key', verifierKey).status).toBe(0)
    const out = join(folder, 'packet.md')
    const asked = ['--role', 'kitty_keeper', '--from', WINDOW.from, '--through', WINDOW.through]
    const made = cli(
      'packet',
      'make',
      ...asked,
      ...DATES.flatMap((date) => ['--on', date]),
      '--data',
      other,
      '--out',
      out,
    )
    expect(made.stderr).toContain(`of ${book.length} bear on this`)
    expect(parsePacket(readFileSync(out, 'utf8'), out).reproducible).toBe(packet)

    const mine = join(folder, 'mine.md')
    writeFileSync(mine, packet)
    const again = join(folder, 'again.md')
    expect(cli('packet', 'rebuild', mine, '--data', other, '--out', again).status).toBe(0)
    expect(readFileSync(again, 'utf8')).toBe(packet)

    writeFileSync(
      mine,
      packet
        .replace('"to":"2026-03-15"', '"to":"2026-03-25"')
        .replaceAll('\\"to\\":\\"2026-03-15\\"', '\\"to\\":\\"2026-03-25\\"'),
    )
    const verified = cli('packet', 'verify', mine)
    expect([verified.status, verified.stdout]).toEqual([
      1,
      expect.stringMatching(/edited: revision \d+ \(RecordCorrected, /),
    ])
  })

  it('with one event changed, whichever it is, names that event', async () => {
    const lines = packet.split('\n')
    const { records } = parsePacket(packet, 'it')
    for (const { record, proof } of records) {
      const i = lines.findIndex((line) => line.startsWith(`{"hash":"${record.hash}"`))
      const text = record.text.replace(/"recordedAt":"2026/, '"recordedAt":"2025')
      expect(text).not.toBe(record.text)
      // Once with the hash that was there, once with one that fits the changed text.
      for (const hash of [record.hash, leafHash(text)]) {
        const changed = lines.with(i, JSON.stringify({ hash, proof, text })).join('\n')
        const findings = await checked(changed, here())
        expect(findings).toHaveLength(1)
        expect(findings[0]).toMatch(new RegExp(`^edited: revision ${record.revision} \\(\\w+, ${record.id}\\)`))
      }
    }
  })

  it('with any line of its words changed, names the line', async () => {
    const words = packet.slice(0, packet.indexOf('-----BEGIN')).split('\n')
    for (const i of words.flatMap((line, n) => (line.startsWith('- ') ? [n] : []))) {
      const line = words[i] ?? ''
      const changed = packet.split('\n').with(i, line.replace(/\w/, 'Z')).join('\n')
      expect((await checked(changed, here()))[0]).toMatch(new RegExp(`^edited: line ${i + 1} reads`))
    }
  })

  it('with an event left out, or the root of another book, is not sound either', async () => {
    const lines = packet.split('\n')
    const first = lines.findIndex((line) => line.startsWith('{"hash"'))
    expect((await checked(lines.toSpliced(first + 1, 1).join('\n'), here()))[0]).toMatch(/^edited: line \d+/)
    const last = lines.findLastIndex((line) => line.startsWith('{"hash"'))
    expect(await checked(lines.toSpliced(last, 1).join('\n'), here())).toEqual([expect.stringContaining('cut off')])
    const { root } = parsePacket(packet, 'it').header
    const rooted = packet.replaceAll(root, leafHash('another book'))
    expect((await checked(rooted, here())).length).toBeGreaterThan(3)
  })

  it('of a book rewritten whole is sound by itself, and is found by a receipt that somebody kept', async () => {
    const other = await TestServer.start('2026-01-01T09:00:00Z')
    await other.post('/v1/communities', { community: 'tidepool', name: 'Another' })
    await other.post(`${at}/imports/rolls/circles`, { rows: [{ circle: 'house', name: 'House', from: '2025-01-01' }] })
    for (let day = 10; day < 28; day += 1)
      await other.post(`${at}/imports/rolls-${day}/holdings`, { rows: [row('dee', `2026-01-${day}`, null)] })
    const records = await readAll(other.hearthbook.ledgers, { community: 'tidepool', book: 'open' })
    await other.close()
    const forged = await packetOf({ community: 'tidepool', ...WINDOW }, records, here())
    expect(await checked(forged, here())).toEqual([])
    const findings = await checked(forged, here(), { receipts: [receipt as never] })
    expect(findings).toEqual([expect.stringMatching(/^rewritten: revision \d+/)])
  })
})

import { formedCircle, importedHolding } from '../support/book.ts'
import type { Scenario } from '../support/scenario.ts'
import { ada, ben, cyd, NOWHERE, type RefusalCase } from './refusal-case.ts'

const because = 'x'

/** Corrects the imported holding with these fields changed. */
async function correcting(book: Scenario, changes: Record<string, unknown>, by = 'operator') {
  const { event } = await importedHolding(book)
  const replacement = { ...event.data, ...changes }
  return book.when('CorrectRecord', { eventId: event.id, replacement, reason: because }, by)
}

/** A holding of somebody known from an import who then joined, and a correction that waits for their word. */
async function waitingCorrection(book: Scenario) {
  const { event, personId } = await importedHolding(book)
  await book.given('JoinCommunity', { displayName: 'Ada L.' }, personId)
  const replacement = { ...event.data, to: '2021-01-01' }
  const [proposal] = await book.given('CorrectRecord', { eventId: event.id, replacement, reason: because })
  return { eventId: proposal?.id, personId, holdingEventId: event.id, importId: event.data.importId }
}

export const RECORD_REFUSALS: readonly RefusalCase[] = [
  ...['CorrectRecord', 'AttestRecord', 'DisputeRecord', 'AnnotateRecord'].map((command) => ({
    command,
    code: 'NOT_FOUND',
    because: 'there is no such event',
    when: (book: Scenario) => {
      const words = command === 'AttestRecord' ? {} : { text: 'x' }
      const input = command === 'CorrectRecord' ? { replacement: null, reason: because } : words
      return book.when(command, { eventId: NOWHERE.event, ...input }, ada)
    },
  })),
  {
    command: 'CorrectRecord',
    code: 'CORRECTION_FORBIDDEN',
    because: 'joining is an act, not a claim',
    when: async (book) => {
      const joined = (await book.events()).find((event) => event.type === 'MemberJoined')
      return book.when('CorrectRecord', { eventId: joined?.id, replacement: null, reason: because }, ada)
    },
  },
  {
    command: 'CorrectRecord',
    code: 'CORRECTION_FORBIDDEN',
    because: 'a correction is superseded, not corrected',
    when: async (book) => {
      const { event } = await importedHolding(book)
      const [correction] = await book.given('CorrectRecord', { eventId: event.id, replacement: null, reason: because })
      return book.when('CorrectRecord', { eventId: correction?.id, replacement: null, reason: because })
    },
  },
  {
    command: 'CorrectRecord',
    code: 'CORRECTION_FORBIDDEN',
    because: 'the import that brought it was withdrawn',
    when: async (book) => {
      const { event } = await importedHolding(book)
      await book.given('WithdrawImport', { importId: 'minutes' })
      return book.when('CorrectRecord', { eventId: event.id, replacement: event.data, reason: because })
    },
  },
  {
    command: 'CorrectRecord',
    code: 'CORRECTION_BREAKS_INVARIANT',
    because: 'the end would come before the beginning',
    when: (book) => correcting(book, { to: '2019-12-31' }),
  },
  {
    command: 'CorrectRecord',
    code: 'CORRECTION_BREAKS_INVARIANT',
    because: 'it would be another holding',
    when: (book) => correcting(book, { holdingId: `holding_${'x'.repeat(22)}` }),
  },
  {
    command: 'CorrectRecord',
    code: 'NOT_YOURS_TO_CORRECT',
    because: 'the record does not name Ben',
    when: (book) => correcting(book, { to: '2021' }, ben),
  },
  {
    command: 'CorrectRecord',
    code: 'VALIDATION_FAILED',
    because: 'a replacement is the complete data',
    when: (book) => correcting(book, { from: undefined }),
  },
  ...(['person', 'role', 'circle'] as const).map((kind) => ({
    command: 'CorrectRecord',
    code: 'UNKNOWN_REFERENCE',
    because: `there is no such ${kind}`,
    when: (book: Scenario) => correcting(book, { [`${kind}Id`]: NOWHERE[kind] }),
  })),
  {
    command: 'AttestRecord',
    code: 'NOT_YOURS_TO_ATTEST',
    because: 'the holding is not about Ben',
    when: async (book) => book.when('AttestRecord', { eventId: (await importedHolding(book)).event.id }, ben),
  },
  {
    command: 'AttestRecord',
    code: 'MISSING_SCOPE',
    because: 'the operator is nobody who could attest',
    when: async (book) => book.when('AttestRecord', { eventId: (await importedHolding(book)).event.id }),
  },
  {
    command: 'AttestRecord',
    code: 'NOT_YOURS_TO_ATTEST',
    because: "the correction does not change Cyd's interval",
    when: async (book) => book.when('AttestRecord', { eventId: (await waitingCorrection(book)).eventId }, cyd),
  },
  {
    command: 'AttestRecord',
    code: 'SELF_ATTESTATION',
    because: 'the correction is their own',
    when: async (book) => {
      const { event, personId } = await importedHolding(book)
      await book.given('JoinCommunity', { displayName: 'Ada L.' }, personId)
      const replacement = { ...event.data, personId: ben }
      const input = { eventId: event.id, replacement, reason: because }
      const [proposal] = await book.given('CorrectRecord', input, personId)
      return book.when('AttestRecord', { eventId: proposal?.id }, personId)
    },
  },
  {
    command: 'AttestRecord',
    code: 'IMPORT_WITHDRAWN',
    because: 'the record the correction is about was taken back with its import',
    when: async (book) => {
      const { eventId, importId, personId } = await waitingCorrection(book)
      await book.given('WithdrawImport', { importId })
      return book.when('AttestRecord', { eventId }, personId)
    },
  },
  {
    command: 'AttestRecord',
    code: 'ALREADY_ATTESTED',
    because: 'they said so before',
    when: async (book) => {
      const { event, personId } = await importedHolding(book)
      await book.given('JoinCommunity', { displayName: 'Ada' }, personId)
      await book.given('AttestRecord', { eventId: event.id }, personId)
      return book.when('AttestRecord', { eventId: event.id }, personId)
    },
  },
  {
    command: 'AttestRecord',
    code: 'NOTHING_TO_ATTEST',
    because: 'forming a circle is an act, not a claim',
    when: async (book) => {
      await formedCircle(book, ada)
      const formed = (await book.events()).find((event) => event.type === 'CircleFormed')
      return book.when('AttestRecord', { eventId: formed?.id }, ada)
    },
  },
  {
    command: 'DisputeRecord',
    code: 'NOT_YOURS_TO_DISPUTE',
    because: 'the record does not name Ben',
    when: async (book) =>
      book.when('DisputeRecord', { eventId: (await importedHolding(book)).event.id, text: 'No.' }, ben),
  },
  {
    command: 'AnnotateRecord',
    code: 'NOT_CONCERNED',
    because: 'Ben is neither named nor holds a role there',
    when: async (book) =>
      book.when('AnnotateRecord', { eventId: (await importedHolding(book)).event.id, text: 'Hm.' }, ben),
  },
]

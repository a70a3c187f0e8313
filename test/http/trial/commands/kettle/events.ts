import { z } from 'zod'
import { defineEvent, plain } from '../../../../../src/kernel/define-event.ts'

export const KettleBoiled = defineEvent({
  type: 'KettleBoiled',
  version: 1,
  book: 'open',
  summary: 'The kettle was boiled.',
  fields: { cups: plain(1, z.int()) },
  touches: () => ['kettle'],
})

export const KettleScoured = defineEvent({
  type: 'KettleScoured',
  version: 1,
  book: 'open',
  summary: 'The kettle was scoured.',
  fields: {},
  touches: () => ['kettle'],
})

import { z } from 'zod'
import { defineCommand } from '../../src/kernel/define-command.ts'
import { refuse } from '../../src/kernel/refusal.ts'
import { communityName, line } from '../../src/kernel/text.ts'
import { CommunityFounded, PRESETS, SCALES } from './events.ts'
import { communitySlice } from './state.ts'

export const foundCommunity = defineCommand({
  name: 'FoundCommunity',
  summary: 'Opens the books of a new community.',
  book: 'open',
  who: 'founder',
  schema: z.strictObject({
    community: communityName(),
    name: line(),
    scale: z.enum(SCALES).default('congregation'),
    preset: z.enum(PRESETS).default('hospitality'),
    publicRoster: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether anybody may read who held which role when, names included' }),
  }),
  reads: { community: communitySlice },
  http: { method: 'POST', path: '/communities', root: true, location: '/v1/communities/{community}' },
  refusals: { COMMUNITY_EXISTS: 'A community of this name has its books here already.' },
  decide({ community }, { name, scale, preset, publicRoster, community: id }) {
    if (community.founded) {
      return refuse('COMMUNITY_EXISTS', {
        pointer: '/community',
        facts: { community: id },
        message: `There is a community "${id}" already.`,
      })
    }
    return [CommunityFounded.of({ name, scale, preset, publicRoster })]
  },
})

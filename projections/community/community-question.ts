import { z } from 'zod'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { peopleProjection } from '../people/projection.ts'
import { wasSomebody } from '../people/view.ts'
import { communityProjection } from './projection.ts'

export const communityQuestion = defineQuestion({
  name: 'community',
  summary: 'The community: its name, scale and preset, and how many are known and are members.',
  reads: { community: communityProjection, people: peopleProjection },
  params: z.strictObject({}),
  answer: classed(
    1,
    z.object({
      community: z.string(),
      name: z.string().nullable(),
      scale: z.string().nullable(),
      preset: z.string().nullable(),
      publicRoster: z.boolean(),
      foundedAt: z.string().nullable(),
      members: z.int(),
      knownPeople: z.int(),
      circles: z.int(),
    }),
  ),
  timed: false,
  public: true,
  http: { path: '' },
  cli: { verb: 'community' },
  ask({ community, people }, _, context) {
    const by = (revision: number) => revision <= context.revision
    const founding = community.founding && by(community.founding.revision) ? community.founding : undefined
    return {
      community: context.community,
      name: founding?.data.name ?? null,
      scale: founding?.data.scale ?? null,
      preset: founding?.data.preset ?? null,
      publicRoster: founding?.data.publicRoster ?? false,
      foundedAt: (founding && context.recordedAt(founding.revision)) ?? null,
      members: community.joinings.filter(by).length - community.leavings.filter(by).length,
      knownPeople: [...people.people.values()].filter((person) => wasSomebody(person, context.revision)).length,
      circles: [...community.circles.values()].filter(by).length,
    }
  },
})

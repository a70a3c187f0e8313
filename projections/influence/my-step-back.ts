import { z } from 'zod'
import { COMPONENTS } from '../../commands/influence/component-facts.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { concentration } from '../../src/measures/concentration.ts'
import { multiple } from '../../src/measures/influence.ts'
import { round6 } from '../../src/measures/rounding.ts'
import { NOT_SEEN } from '../roster/figures.ts'
import { BY_THE_RULES, influenceReads } from './asked-influence.ts'
import { piecesOf } from './carried-pieces.ts'
import { countedAt, voicesOf } from './counted.ts'

const figure = z.number().nullable()
const outlook = { lambda: figure, giniCorrected: figure, effectivePeople: figure, topShare: figure }
const piece = z.object({
  what: z.enum(COMPONENTS),
  about: z.object({ id: z.string(), name: z.string().nullable() }),
  level: z.number().meta({ description: 'The part of your influence it is' }),
  how: z.string().meta({ description: 'How it is offered to somebody: their yes is theirs' }),
  afterwards: z
    .object(outlook)
    .meta({ description: 'Once this and the pieces above it are with others and what is left of them has faded' }),
})

export const myStepBack = defineQuestion({
  name: 'my-step-back',
  summary:
    'All that you carry, piece by piece, how each is offered to others, and how influence would be spread as you let go.',
  reads: influenceReads,
  params: z.strictObject({}),
  answer: classed(1, z.object({ now: z.object(outlook), pieces: z.array(piece), count: z.int(), notSeen: z.string() })),
  timed: false,
  own: true,
  public: false,
  http: { path: '/mine/step-back' },
  cli: { verb: 'my-step-back' },
  rows: ({ pieces }) => pieces.map(({ about, afterwards, ...rest }) => ({ ...rest, about: about.name, ...afterwards })),
  ask(views, _, context) {
    const { viewer = '' } = context
    const counted = countedAt(views, { ...BY_THE_RULES, population: 'members' }, context)
    const voices = new Map(voicesOf(counted))
    const own = piecesOf(views, viewer, counted, context)
    const outlookOf = () => outlookFor(voices, viewer)
    const now = outlookOf()
    const pieces = own.map((each) => {
      voices.set(viewer, Math.max(0, (voices.get(viewer) ?? 0) - each.level))
      const taker = quietest(voices, viewer)
      if (taker !== undefined) voices.set(taker, (voices.get(taker) ?? 0) + each.level)
      return { ...each, level: round6(each.level) ?? 0, afterwards: outlookOf() }
    })
    return { now, pieces, count: pieces.length, notSeen: NOT_SEEN }
  },
})

function outlookFor(voices: ReadonlyMap<string, number>, personId: string) {
  const { total, giniCorrected, hill, topShare, n } = concentration([...voices.values()])
  return {
    lambda: round6(multiple(voices.get(personId) ?? 0, total, n)),
    giniCorrected: round6(giniCorrected),
    effectivePeople: round6(hill.n2),
    topShare: round6(topShare),
  }
}

/** Whoever has the least voice of all others: as if they took it. Who does is theirs to say. */
function quietest(voices: ReadonlyMap<string, number>, not: string): string | undefined {
  let least: string | undefined
  for (const [personId, voice] of voices)
    if (personId !== not && (least === undefined || voice < (voices.get(least) ?? 0))) least = personId
  return least
}

import { z } from 'zod'
import { askIn } from '../../commands/asks/ask.ts'
import { classed } from '../../src/kernel/data-class.ts'
import { defineQuestion } from '../../src/kernel/define-question.ts'
import { round6 } from '../../src/measures/rounding.ts'
import { uptake } from '../../src/measures/uptake.ts'
import { yesesProjection } from './yeses.ts'

export const myUptake = defineQuestion({
  name: 'my-uptake',
  summary:
    'How those whom you invited by name answered, for you alone: of those who did, how many said yes, and how sure that is. Silence stands beside.',
  reads: { yeses: yesesProjection },
  params: z.strictObject({}),
  answer: classed(
    2,
    z.object({
      accepted: z.int(),
      declined: z.int(),
      lapsed: z.int().meta({ description: 'Never answered: in none of the figures' }),
      waiting: z.int(),
      raw: z.number().nullable().meta({ description: 'accepted ÷ answered; null where nobody has answered' }),
      smoothed: z.number().meta({ description: '(accepted + 1) ÷ (answered + 2)' }),
      interval: z.array(z.number()).nullable().meta({ description: '95 % Wilson interval of the raw share' }),
    }),
  ),
  timed: false,
  own: true,
  public: false,
  http: { path: '/mine/uptake' },
  cli: { verb: 'my-uptake' },
  ask({ yeses }, _, context) {
    const asked = context.mine
      .all()
      .flatMap((matter) => askIn(matter, yeses, context.now) ?? [])
      .filter((ask) => ask.what === 'invitation' && ask.by === context.viewer)
    const count = (status: string) => asked.filter((ask) => ask.status === status).length
    const { raw, smoothed, interval, ...counts } = uptake(count('accepted'), count('declined'), count('lapsed'))
    return {
      ...counts,
      waiting: count('open'),
      raw: round6(raw),
      smoothed: round6(smoothed) ?? 0,
      interval: interval?.map((bound) => round6(bound) ?? 0) ?? null,
    }
  },
})

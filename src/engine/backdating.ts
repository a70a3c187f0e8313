import { DAY_MS, dateBounds } from '../kernel/dates.ts'
import type { AnyCommand } from '../kernel/define-command.ts'
import { type Refusal, refuse } from '../kernel/refusal.ts'

/** How far back a backdatable command may say something was so; the policy `maxBackdateDays` of the preset. */
const BACKDATE_DAYS = 30

/** Why a command may not be given with this effective time, or undefined. */
export function mayNotBackdate(
  { command, effectiveAt }: { command: AnyCommand; effectiveAt?: string },
  now: number,
): Refusal | undefined {
  if (effectiveAt === undefined) return undefined
  if (!command.backdatable) {
    return refuse('VALIDATION_FAILED', { pointer: '/effectiveAt', message: `${command.name} cannot be backdated.` })
  }
  const { earliest } = dateBounds(effectiveAt)
  if (earliest > now)
    return refuse('FUTURE_FACT', {
      pointer: '/effectiveAt',
      facts: { effectiveAt },
      message: 'What has happened cannot lie in the future.',
    })
  if (earliest >= now - BACKDATE_DAYS * DAY_MS) return undefined
  const facts = { effectiveAt, maxBackdateDays: BACKDATE_DAYS }
  return refuse('BACKDATE_LIMIT', {
    pointer: '/effectiveAt',
    facts,
    message: `At most ${BACKDATE_DAYS} days back; older facts come by import or correction.`,
  })
}

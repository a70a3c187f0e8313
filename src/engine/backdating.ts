import { DAY_MS, dateBounds } from '../kernel/dates.ts'
import type { AnyCommand } from '../kernel/define-command.ts'
import { type Refusal, refuse } from '../kernel/refusal.ts'

/** Why a command may not be given with this effective time, or undefined. */
export function mayNotBackdate(
  { command, effectiveAt }: { command: AnyCommand; effectiveAt?: string },
  now: number,
  maxBackdateDays: number,
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
  if (earliest >= now - maxBackdateDays * DAY_MS) return undefined
  const facts = { effectiveAt, maxBackdateDays }
  return refuse('BACKDATE_LIMIT', {
    pointer: '/effectiveAt',
    facts,
    message: `At most ${maxBackdateDays} days back; older facts come by import or correction.`,
  })
}

import type { Warning } from '../../src/kernel/define-command.ts'
import type { Refusal } from '../../src/kernel/refusal.ts'
import type { GuardMode } from './policy-forms.ts'

/** Runs guards in their modes, collecting what those that only warn have noticed. */
export class Guards {
  readonly warnings: Warning[] = []

  /** @returns the refusal of a guard in the mode `require`; a warning is kept, and `off` does not look. */
  check(mode: GuardMode, guard: () => Refusal | undefined): Refusal | undefined {
    if (mode === 'off') return undefined
    const refusal = guard()
    if (!refusal || mode === 'require') return refusal
    this.warnings.push({ code: refusal.code, message: refusal.message })
    return undefined
  }
}
